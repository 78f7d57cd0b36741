"""top_k against heapq.nlargest."""

import heapq
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError, UsageError
from jobs.top_k import TopKByKey
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\t1\tlast\r\n\na\t1\r\na\t1\tlast\na\t1e2\t\xe9\t,\n\t-0\n\t+0.0\n\t0.1"
    b"\na\t0.30000000000000004\n\t-1e-9\tx",
    "more.tsv": 'Größe\t1000.\nGröße\t-1e-400\nGröße\t3\té \t"'.encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("top_k of a sample", TopKByKey, sample("numbers/temperatures.tsv", most=400), "--k 7 {inputs}"),
    Case("top_k of edges", TopKByKey, EDGES, "--k 3 {inputs}"),
]


def by_heapq(lines, k):
    groups = defaultdict(list)
    for line in lines:
        key, number, *payload = line.split("\t")
        groups[key].append([float(number), *payload])
    return {key: heapq.nlargest(k, values) for key, values in groups.items()}


@pytest.mark.parametrize("k", [1, 10, 1000])
def test_values_are_those_of_heapq(k):
    path = SAMPLES / "numbers" / "temperatures.tsv"
    wanted = by_heapq(path.read_text("utf-8").splitlines(), k)
    assert dict(bigdata.run(TopKByKey, path, args=["--k", str(k)])) == wanted


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False),
            st.sampled_from("xy"),
        )
    )
)
def test_values_are_those_of_heapq_whatever_their_order(tmp_path_factory, rows):
    directory = tmp_path_factory.mktemp("rows")
    lines = [f"{key}\t{number}\t{payload}" for key, number, payload in rows]
    for name, part in ("first", lines[::2]), ("second", lines[1::2]):
        (directory / name).write_text("\n".join(part))
    assert dict(bigdata.run(TopKByKey, directory, args=["--k", "2"])) == by_heapq(lines, 2)


def test_of_equal_numbers_the_larger_payload_comes_first(tmp_path):
    (tmp_path / "ties").write_text("a\t1\tx\na\t1.0\tz\na\t1\ty\na\t0\na\t-0")
    assert dict(bigdata.run(TopKByKey, tmp_path, args=["--k", "4"])) == {
        "a": [[1.0, "z"], [1.0, "y"], [1.0, "x"], [0.0, ""]]
    }


@pytest.mark.parametrize("line", ["a", "a\t", "a\tx\t1", "a\tnan"])
def test_a_line_without_a_number_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a\t1\n{line}\n")
    with pytest.raises(DecodeError, match=r"Tsv can't read b'a.*expected .*line 2"):
        bigdata.run(TopKByKey, tmp_path)


def test_k_is_at_least_one(tmp_path):
    (tmp_path / "one").write_text("a\t1")
    with pytest.raises(UsageError, match="k: expected a whole number of at least 1; got 0"):
        bigdata.run(TopKByKey, tmp_path, args=["--k", "0"])
