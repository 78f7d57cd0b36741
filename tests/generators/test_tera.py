"""TeraGen's rows against published values, and the two ways of making them against each other."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import tera
from bigdata.generators.tera import limbs, states
from tests.generators.files import files

PURE = b"".join(tera.rows(0, 1000))


@pytest.mark.parametrize("rows", [PURE, files("tera", 1000)["tera.bin"]], ids=["one by one", "many at once"])
def test_the_first_thousand_rows_are_those_of_hadoop(rows):
    """The sums of what teragen, terasort and teravalidate of Hadoop's examples write for 1000 rows."""
    cut = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    assert hashlib.md5(rows).hexdigest() == "2490d5229a5743c62fd1b17075a6db1a"
    in_order = b"".join(sorted(cut, key=lambda row: row[: tera.KEY_BYTES]))
    assert hashlib.md5(in_order).hexdigest() == "7d0a004cba24a5664992d0c447601456"
    assert f"{tera.checksum(cut):x}" == "1f9ffe645ec"


@pytest.mark.parametrize(
    "steps, multiplier, increment",
    [
        (2, 0x17BCE35BDF69743C529ED9EB20E0AE99, 0x95E0E48262B3EDFE04479485C755B646),
        (2**20, 0x72D03B6F4681F2F9FE8E44D8FBC00001, 0x1B25CB9CFE5A0C963174F91A97F00000),
        (2**64, 0x5F0BA18C53CD8FBC0000000000000001, 0xF0B1944BFD71A97F0000000000000000),
    ],
)
def test_leaps_are_those_that_hadoop_has_in_a_table(steps, multiplier, increment):
    """genArray of org.apache.hadoop.examples.terasort.Random16"""
    assert tera.leap(steps) == (multiplier, increment)


@given(st.integers(0, 2**63 - 1000), st.integers(1, 50))
@settings(max_examples=50, deadline=None)
def test_states_made_at_once_are_those_made_one_by_one(start, count):
    assert states(start, count).T.tolist() == [
        limbs(tera.leap(number + 1)[1]) for number in range(start, start + count)
    ]


def test_rows_begin_anywhere():
    assert list(tera.rows(990, 10)) == [PURE[start : start + 100] for start in range(99_000, 100_000, 100)]
    assert tera.row(10**18)[12:44] == b"%032X" % 10**18
