"""secondary_sort against GNU sort, line for line."""

import os
import shutil
import subprocess
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import TaskFailed
from jobs.secondary_sort import SecondarySort
from tests.engines.conformance import Case
from tests.engines.test_conformance import DUCKDB_WORKERS, SPARK
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\t10\tlast\r\n\n  \na\t9\r\na\t10\na\t1e1\t\xe9\t,\n\t-0\n\t 0.0\n\t-inf\n\tinf\tx\na b\t9\na!\t1",
    "more.tsv": "Größe\t1_000\nGröße\t-1e-400\nGröße\t٣\na\t9007199254740993\na\t9007199254740992\na\t2e300".encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("secondary_sort of a sample", SecondarySort, sample("numbers/temperatures.tsv", most=400)),
    Case("secondary_sort of edges", SecondarySort, EDGES),
    Case("secondary_sort of edges, descending", SecondarySort, EDGES, "--descending {inputs}"),
]

needs_sort = pytest.mark.skipif(shutil.which("sort") is None, reason="needs sort")
orders = pytest.mark.parametrize("order, by_number", [([], "-k2,2g"), (["--descending"], "-k2,2gr")])


def by_sort(path, by_number):
    command = ["sort", "-t", "\t", "-k1,1", by_number, path]
    return subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=True).stdout.decode()


def by_job(path, switches, engine="duckdb"):
    with bigdata.run(SecondarySort, path, engine, args=switches) as result:
        return "".join(f"{line}\n" for _, line in result)


@needs_sort
@orders
def test_lines_are_those_of_sort(order, by_number):
    path = SAMPLES / "numbers" / "temperatures.tsv"
    assert by_job(path, order) == by_sort(path, by_number)


def by_group(text):
    groups = defaultdict(list)
    for line in text.splitlines():
        groups[line.split("\t")[0]].append(line)
    return groups


@needs_sort
@orders
@pytest.mark.parametrize("switches", [["-r", "inline"], DUCKDB_WORKERS, SPARK])
def test_lines_of_a_group_are_those_of_sort_on_several_reducers(switches, order, by_number):
    path = SAMPLES / "numbers" / "temperatures.tsv"
    _, engine, *more = switches
    assert by_group(by_job(path, [*order, *more], engine)) == by_group(by_sort(path, by_number))


NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.sampled_from(["1", "1.0", "01", "-0", "0"])


@needs_sort
@orders
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "a", "a ", "b", "é"]), NUMBERS, st.sampled_from(["", "\tx", "\t\t "]))))
def test_lines_are_those_of_sort_whatever_they_are(tmp_path_factory, order, by_number, rows):
    path = tmp_path_factory.mktemp("rows") / "rows.tsv"
    path.write_text("".join(f"{group}\t{number}{more}\n" for group, number, more in rows))
    assert by_job(path, order) == by_sort(path, by_number)


@pytest.mark.parametrize("line", ["a", "a\t", "a\tx\t1", "a\tnan", "a 1"])
def test_a_line_without_a_number_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a\t1\n{line}\n")
    with pytest.raises(TaskFailed, match=r"expected group<TAB>number; got 'a.*line 2"):
        bigdata.run(SecondarySort, tmp_path)
