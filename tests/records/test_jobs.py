"""Jobs over records: the same on every engine, bad lines included."""

import json
import re

import pytest

import bigdata
from bigdata import Csv, Job, Sum, Tsv, columnar
from bigdata.engines import records as reading
from bigdata.errors import DecodeError, TooManyErrors
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

# on the engines


class Revenue(Job):
    RECORDS = Csv("day, shop, amount:float")
    aggregator = Sum()

    @columnar("SELECT shop AS key, amount AS value FROM input")
    def mapper(self, _, sale):
        yield sale["shop"], sale["amount"]


class RevenueInPython(Revenue):
    def mapper(self, _, sale):
        yield sale["shop"], sale["amount"]


SALES = b"day,shop,amount\n1 May,north,2.5\n1 May,south,1\n2 May,north,4\n"
NORTH_AND_SOUTH = {"north": 6.5, "south": 1.0}
TEXTS_OF_SALES = {
    "as it is": (SALES, NORTH_AND_SOUTH),
    "CRLF": (SALES.replace(b"\n", b"\r\n"), NORTH_AND_SOUTH),
    "no last newline": (SALES[:-1], NORTH_AND_SOUTH),
    "no header": (SALES.partition(b"\n")[2], NORTH_AND_SOUTH),
    "files joined": (SALES + b"\n\r\n" + SALES.replace(b"4", b"+5"), {"north": 14.0, "south": 2.0}),
    "quoted": (b'"1 May","north ""x"", y","1e1"\n1 May,,"2"\n', {'north "x", y': 10.0, "": 2.0}),
    "not UTF-8": (b"1,caf\xe9,1\n2,caf\xc3\xa9,2\n", {"café": 3.0}),
    "header only": (b"day,shop,amount", {}),
    "blank lines only": (b"\n\r\n\n", {}),
    "nothing": (b"", {}),
}


@pytest.mark.parametrize("job", [Revenue, RevenueInPython])
@pytest.mark.parametrize("switches", [pytest.param(["-r", "inline"], id="inline"), DUCKDB, SPARK])
@pytest.mark.parametrize("name", TEXTS_OF_SALES)
def test_every_engine_reads_a_text_alike(path, job, switches, name):
    text, wanted = TEXTS_OF_SALES[name]
    path.write_bytes(text)
    _, engine, *more = switches
    with bigdata.run(job, path, engine, args=more) as result:
        assert dict(result) == wanted
        if engine in ("duckdb", "spark"):
            is_query = result.stages[0].way in ("columnar", "sql")
            assert is_query == (job is Revenue)


class Points(Job):
    RECORDS = Tsv("name, x:floats?")

    @columnar("SELECT name AS key, x AS value FROM input")
    def mapper(self, _, record):
        yield record["name"], record["x"]


class PointsInPython(Points):
    def mapper(self, _, record):
        yield record["name"], record["x"]


@pytest.mark.parametrize("job", [Points, PointsInPython])
@pytest.mark.parametrize("switches", [pytest.param(["-r", "inline"], id="inline"), DUCKDB, DUCKDB_WORKERS, SPARK])
def test_every_engine_reads_lists_of_numbers(path, job, switches):
    path.write_text("name\tx\na\t0.1,-2,3e-7\nb\t\nc\t+4,1e15\n")
    _, engine, *more = switches
    with bigdata.run(job, path, engine, args=more) as result:
        wanted = [["a", [0.1, -2.0, 3e-07]], ["b", None], ["c", [4.0, 1e15]]]
        assert repr(sorted(map(list, result))) == repr(wanted)
        if engine in ("duckdb", "spark"):
            assert (result.stages[0].way in ("columnar", "sql")) == (job is Points)


BAD = SALES + b"3 May,north\n4 May,south,2\n5 May,east,two\n"


@pytest.mark.parametrize("job", [Revenue, RevenueInPython])
@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_a_line_that_is_no_record_fails_the_job_with_its_place(path, job, switches):
    path.write_bytes(BAD)
    with pytest.raises(DecodeError) as caught:
        bigdata.run(job, path, switches[1], args=switches[2:])
    assert str(caught.value) == (
        f"{job.__name__} stage 0: Csv can't read b'3 May,north':"
        f" expected 3 fields (day, shop, amount); got 2, in {path}, line 5."
    )


def test_mrjobs_inline_runner_raises_what_read_raises(path):
    path.write_bytes(BAD)
    with pytest.raises(ValueError, match=re.escape("expected 3 fields (day, shop, amount); got 2")):
        bigdata.run(Revenue, path, "inline")


def test_lines_are_counted_over_blocks_and_splits(path, monkeypatch):
    monkeypatch.setattr(reading, "_BLOCK", 1 << 12)
    lines = [b"1 May,north,1"] * 150_000
    lines[140_000] = b"oops"
    path.write_bytes(b"\n".join(lines))
    for job in (Revenue, RevenueInPython):
        with pytest.raises(DecodeError, match=r"line 140001\.$"):
            bigdata.run(job, path)


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
def test_bad_records_are_skipped_or_kept(path, tmp_path, switches):
    path.write_bytes(BAD)
    for on_error in ("skip", f"quarantine {tmp_path / 'bad'}"):
        with bigdata.run(Revenue, path, switches[1], args=[*switches[2:], "--on-error", on_error]) as result:
            assert dict(result) == {"north": 6.5, "south": 3.0}
            kept = "skipped" if on_error == "skip" else "quarantined"
            assert result.counters == [{"bigdata": {f"records {kept}": 2}}]
            assert result.stages[0].way in ("folded", "rdd")
    kept = list(map(json.loads, (tmp_path / "bad" / "stage-0.json").read_text().splitlines()))
    assert [(each["line"], each["record"]) for each in kept] == [(5, "3 May,north"), (7, "5 May,east,two")]
    with pytest.raises(TooManyErrors, match="2 of 7 records failed"):
        bigdata.run(Revenue, path, switches[1], args=[*switches[2:], "--on-error", "skip", "--max-errors", "1"])
