"""bloom_filter against the definition of such a filter, and the sizes and error rates of the literature."""

import json

import pytest

import bigdata
from bigdata import DecodeError, UsageError, bloom_bits
from jobs.bloom_filter import BloomFilter
from tests.engines.conformance import Case

EDGES = {
    "a.csv": b'user,city\r\nann,Rome\n\n"bob, ""b""",\n,\nann,Oslo\n',
    "b.csv": b"caf\xe9,x\ncaf\xc3\xa9,x",
    "empty.csv": b"",
}
SMALL = '--columns "user, city" --key user --expected 5'
CASES = [
    Case("bloom_filter of edges", BloomFilter, EDGES, f"{SMALL} {{inputs}}"),
    Case("bloom_filter of few bits", BloomFilter, EDGES, f"{SMALL} --false-positives 0.5 {{inputs}}"),
    Case("bloom_filter of nothing", BloomFilter, {"empty.csv": b""}, f"{SMALL} {{inputs}}"),
]


def built(path, values, *args):
    """The filter of some values: its size, hashes and bits, the last as a set of places."""
    path.write_text("".join(f"{value}\n" for value in values))
    with bigdata.run(BloomFilter, path, args=["--columns=value", "--key=value", *args]) as result:
        [((size, hashes), text)] = result
    bits = bytes.fromhex(text)
    assert len(bits) == -(-size // 8)
    return size, hashes, {place for place in range(8 * len(bits)) if bits[place // 8] >> place % 8 & 1}


@pytest.mark.parametrize(
    "expected, share, size, hashes",
    # Broder and Mitzenmacher, section 2.1: with 8 bits a value and 5 or 6 hashes the share is just over 0.02; at best a
    # value takes 1.44 log2(1/p) bits
    [(1000, 0.0216, 7983, 6), (1_000_000, 0.01, 9_585_059, 7), (1000, 0.5, 1443, 1), (1, 0.5, 2, 1)],
)
def test_sizes_are_those_of_the_literature(tmp_path, expected, share, size, hashes):
    got = built(tmp_path / "values", [], f"--expected={expected}", f"--false-positives={share}")
    assert got == (size, hashes, set())


def test_bits_are_those_of_the_values(tmp_path):
    size, hashes, bits = built(tmp_path / "values", ["ann", "bob", "ann"], "--expected=100")
    assert bits == {*bloom_bits("ann", size, hashes), *bloom_bits("bob", size, hashes)}
    assert max(bits) < size


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_all_values_are_known_and_few_others(tmp_path, share):
    known, others = ([f"{kind}{number}" for number in range(5000)] for kind in ("known", "other"))
    size, hashes, bits = built(tmp_path / "values", known, "--expected=5000", f"--false-positives={share}")
    assert all(bits.issuperset(bloom_bits(value, size, hashes)) for value in known)
    mistakes = sum(bits.issuperset(bloom_bits(value, size, hashes)) for value in others)
    # within four standard deviations of the share
    assert abs(mistakes - 5000 * share) < 4 * (5000 * share * (1 - share)) ** 0.5


def test_the_output_is_a_line_of_json_on_each_side_of_a_tab(tmp_path):
    (tmp_path / "in").write_text("ann\n")
    with bigdata.run(BloomFilter, tmp_path / "in", args=["--columns=a", "--key=a"], output=tmp_path / "out"):
        [line] = (tmp_path / "out" / "part-00000").read_text().splitlines()
    parameters, bits = map(json.loads, line.split("\t"))
    assert (len(parameters), type(bits)) == (2, str)


@pytest.mark.parametrize(
    "args, said",
    [
        ([], "--key: expected one of --columns"),
        (["--columns=a:int, b", "--key=a"], "--key: expected one of --columns, where it has no type"),
        (["--columns=a", "--key=a", "--false-positives=0"], "--false-positives: expected a share above 0"),
        (["--columns=a", "--key=a", "--false-positives=0.6"], "--false-positives: expected a share above 0"),
        (["--columns=a", "--key=a", "--expected=0"], "at least 1"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, args, said):
    with pytest.raises(UsageError) as caught:
        bigdata.run(BloomFilter, tmp_path, args=args)
    assert said in str(caught.value)


def test_a_line_with_other_columns_is_refused(tmp_path):
    (tmp_path / "in").write_text("ann,Rome\n")
    with pytest.raises(DecodeError, match=r"expected 1 fields \(a\); got 2, in .*/in, line 1"):
        bigdata.run(BloomFilter, tmp_path / "in", args=["--columns=a", "--key=a"])
