"""teravalidate against the published checksum of Hadoop's TeraValidate, and on output that is out of order."""

import bigdata
from bigdata import tera
from jobs.terasort import TeraSort
from jobs.teravalidate import TeraValidate
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

ORDERED = sorted(tera.rows(0, 30))
PARTS = {f"part-0000{part}": b"".join(ORDERED[10 * part : 10 * part + 10]) for part in range(3)}
SWAPPED = {**PARTS, "part-00000": PARTS["part-00001"], "part-00001": PARTS["part-00000"]}

CASES = [
    Case("teravalidate of unsorted rows", TeraValidate, sample("tera/tera.bin")),
    Case("teravalidate of sorted parts", TeraValidate, {**PARTS, "part-00003": b""}),
    Case("teravalidate of parts in the wrong order", TeraValidate, SWAPPED),
]


def validated(directory, files):
    for name, rows in files.items():
        (directory / name).write_bytes(rows)
    return list(bigdata.run(TeraValidate, directory))


def test_the_checksum_is_that_of_hadoop_before_and_after_the_sort(tmp_path):
    rows = SAMPLES / "tera" / "tera.bin"
    early = next(n for n, (a, b) in enumerate(zip(tera.rows(0, 1000), tera.rows(1, 999)), 1) if b[:10] < a[:10])
    assert list(bigdata.run(TeraValidate, rows)) == [("misorder", ["tera.bin", early]), ("checksum", "1f9ffe645ec")]
    bigdata.run(TeraSort, rows, output=tmp_path / "out", args=["--jobconf", "mapreduce.job.reduces=3"])
    assert list(bigdata.run(TeraValidate, tmp_path / "out")) == [("checksum", "1f9ffe645ec")]


def test_files_that_begin_too_early_are_named(tmp_path):
    errors = [value for key, value in validated(tmp_path, SWAPPED) if key == "misorder"]
    assert errors == [["part-00000", "part-00001"]]


def test_a_key_may_end_one_file_and_begin_the_next(tmp_path):
    files = {"part-00000": ORDERED[0], "part-00001": ORDERED[0] + ORDERED[1]}
    assert [key for key, _ in validated(tmp_path, files)] == ["checksum"]
