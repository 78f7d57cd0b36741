"""teragen against the published md5 of Hadoop's TeraGen."""

import hashlib

import pytest

import bigdata
from bigdata.errors import DecodeError
from jobs.teragen import TeraGen
from tests.engines.conformance import Case
from tests.jobs.samples import sample

CASES = [
    Case("teragen of a few rows", TeraGen, {"ranges.tsv": b"0\t3\n1000000000000\t2\n\n5\t0\n"}),
    Case("teragen of a sample", TeraGen, sample("rows/ranges.tsv")),
]


def test_a_thousand_rows_are_those_of_hadoop(tmp_path):
    (tmp_path / "ranges.tsv").write_text("0\t250\n250\t750")
    bigdata.run(TeraGen, tmp_path / "ranges.tsv", output=tmp_path / "out", output_format="binary")
    rows = (tmp_path / "out" / "part-00000.binary").read_bytes()
    assert hashlib.md5(rows).hexdigest() == "2490d5229a5743c62fd1b17075a6db1a"


@pytest.mark.parametrize("line", ["0", "0 10", "0\tten", "0\t1\t2"])
def test_a_line_that_is_no_range_is_named(tmp_path, line):
    (tmp_path / "ranges.tsv").write_text(f"0\t1\n{line}\n")
    with pytest.raises(DecodeError, match=r"start.*ranges\.tsv, line 2|count.*ranges\.tsv, line 2"):
        bigdata.run(TeraGen, tmp_path / "ranges.tsv")
