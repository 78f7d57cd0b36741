"""Lines that SQL or the kernel encodes are those that Python's JSON gives."""

import json
import math

import duckdb
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrjob.protocol import StandardJSONProtocol

from bigdata import kernels
from bigdata.engines.duckdb.encoding import Encoder, Query

TEXT = st.none() | st.sampled_from(["", "a b", 'say "x"', "back\\slash", "tab\t", "é", "\U0001f600", "\x7f", "null"])
NUMBER = st.none() | st.integers(-(2**63), 2**63 - 1)
FLOAT = st.none() | st.floats() | st.sampled_from([0.1, 1e16, 1e-5, -0.0, math.inf])
KINDS = {
    pyarrow.int64(): NUMBER,
    pyarrow.float64(): FLOAT,
    pyarrow.bool_(): st.none() | st.booleans(),
    pyarrow.string(): TEXT,
    pyarrow.list_(pyarrow.string()): st.none() | st.lists(TEXT, max_size=2),
}
RECORD = pyarrow.struct(
    [("text", pyarrow.string()), ("a number", pyarrow.int64()), ("it's", pyarrow.float64()), ("b", pyarrow.bool_())]
)
LIST = pyarrow.struct([("0", RECORD), ("1", pyarrow.string())])


def structs(kind, *values):
    names = [field.name for field in kind]
    return st.none() | st.tuples(*values).map(lambda items: dict(zip(names, items, strict=True)))


RECORDS = structs(RECORD, TEXT, NUMBER, FLOAT, st.booleans())
LISTS = structs(LIST, RECORDS, TEXT)
KINDS |= {RECORD: RECORDS, LIST: LISTS}


def shown(value):
    """A value as JSON, structs with the names 0 and 1 as lists."""
    if isinstance(value, dict):
        return [shown(item) for item in value.values()] if "0" in value else {n: shown(v) for n, v in value.items()}
    return value


def lines_of(pairs, key, value, natively):
    table = pyarrow.table({"key": pyarrow.array(pairs[0], key), "value": pyarrow.array(pairs[1], value)})
    with duckdb.connect() as connection:
        connection.register("pairs", table)
        types = [kind for _, kind, *_ in connection.execute("DESCRIBE SELECT * FROM pairs").fetchall()]
        encoder = Encoder(Query("SELECT * FROM pairs", *types), StandardJSONProtocol().write, "Job stage 0")
        assert encoder.natively == (kernels.native is not None)
        if natively:
            return b"".join(encoder.blocks(connection, "SELECT * FROM pairs", threads=2))
        return b"".join(map(bytes, encoder(connection, "SELECT * FROM pairs", ordered=True)))


@pytest.mark.parametrize("key", [kind for kind in KINDS if not pyarrow.types.is_floating(kind)], ids=str)
@pytest.mark.parametrize("value", KINDS, ids=str)
@given(st.data())
@settings(deadline=None, max_examples=5)
def test_lines_are_those_of_python(key, value, data):
    pairs = data.draw(st.lists(st.tuples(KINDS[key], KINDS[value]), min_size=1, max_size=5))
    wanted = [f"{json.dumps(shown(k))}\t{json.dumps(shown(v))}\n".encode() for k, v in pairs]
    columns = list(zip(*pairs, strict=True))
    if kernels.native is not None:
        assert lines_of(columns, key, value, natively=True) == b"".join(wanted)
    lines = lines_of(columns, key, value, natively=False).splitlines(keepends=True)
    assert sorted(lines) == sorted(wanted)
    assert [line.partition(b"\t")[0] for line in lines] == sorted(line.partition(b"\t")[0] for line in wanted)


@pytest.mark.skipif(kernels.native is None, reason=f"needs the native kernels: {kernels.missing}")
def test_whole_numbers_of_128_bits_are_encoded_natively():
    numbers = [None, 0, -7, 10**37, 2**127 - 1, -(2**127)]
    rows = ", ".join(f"('{n or 0}'::HUGEINT, {'NULL' if n is None else repr(str(n))}::HUGEINT)" for n in numbers)
    encoder = Encoder(Query("", "HUGEINT", "HUGEINT"), StandardJSONProtocol().write, "")
    assert encoder.natively
    with duckdb.connect() as connection:
        lines = b"".join(encoder.blocks(connection, f"FROM (VALUES {rows}) AS pairs (key, value)", threads=1))
    assert lines.decode() == "".join(f"{n or 0}\t{json.dumps(n)}\n" for n in numbers)


def test_records_are_encoded_in_sql():
    encoder = Encoder(
        Query("", "VARCHAR", "STRUCT(a VARCHAR, b STRUCT(c DOUBLE, d BIGINT))"), StandardJSONProtocol().write, ""
    )
    assert encoder.order == "line"
