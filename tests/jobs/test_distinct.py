"""distinct against GNU sort -u."""

import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings

import bigdata
from jobs.distinct import DistinctRecords
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

CASES = [
    Case("distinct of a sample", DistinctRecords, sample("visits/visits.tsv", most=300)),
    Case("distinct of an awkward text twice", DistinctRecords, {**AWKWARD, "again.txt": AWKWARD["awkward.txt"]}),
]


def records(result):
    return sorted(line for _, line in result)


@pytest.mark.skipif(shutil.which("sort") is None, reason="the reference needs GNU sort")
def test_records_are_those_of_sort():
    path = SAMPLES / "visits" / "visits.tsv"
    environment = {**os.environ, "LC_ALL": "C"}
    listed = subprocess.run(["sort", "-u", path], env=environment, check=True, capture_output=True, text=True).stdout
    with bigdata.run(DistinctRecords, path) as result:
        assert result.stages[0].way == "columnar"
        assert records(result) == listed.splitlines()


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_the_twin_keeps_what_the_mapper_keeps(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("".join(f"{line}\n" for line in lines + lines[::2]).encode())
    with bigdata.run(DistinctRecords, path) as result:
        assert result.stages[0].way == "columnar"
        assert records(result) == sorted({line.rstrip("\r") for line in lines})
