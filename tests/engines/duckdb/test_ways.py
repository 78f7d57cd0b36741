"""The way a stage takes, its reason, and the report of it."""

import sys
from collections import Counter

import pytest
from mrjob.protocol import JSONValueProtocol

import bigdata
from bigdata import MRStep
from bigdata.engines.duckdb import way_of

from .process import python
from .words import COUNTS, TEXT, Columnar, ColumnarMap, Folded, MapOnly, Sorted


class TwoSteps(Sorted):
    def steps(self):
        return [MRStep(mapper=self.mapper, reducer=self.reducer), MRStep(mapper=self.swap, reducer=self.reducer)]

    def swap(self, word, count):
        yield count, 1


WAYS = [
    (Columnar, "columnar", "the mapper has a columnar twin and Sum has a SQL form"),
    (ColumnarMap, "columnar", "the mapper has a columnar twin and it has no reducer"),
    (Folded, "folded", "its mapper has no columnar twin; Sum folds pairs as they are emitted"),
    (Sorted, "sorted", "its reducer is Python"),
    (MapOnly, "map-only", "its mapper has no columnar twin; it has no reducer"),
]


@pytest.mark.parametrize(("job", "way", "why"), WAYS)
def test_way_and_its_reason(job, way, why, text):
    (stage,) = job([]).plan().stages
    assert (way_of(stage).name, way_of(stage).why) == (way, why)
    with bigdata.run(job, text) as result:
        (report,) = result.stages
        assert (report.way, report.why) == (way, why)


class NoLines(Columnar):
    INPUT_PROTOCOL = JSONValueProtocol


class WithInit(Columnar):
    def mapper_init(self):
        pass


class WithFilter(Columnar):
    def mapper_pre_filter(self):
        return "cat"


class NoSQLForm(Columnar):
    class Longest(bigdata.Aggregator):
        def merge(self, a, b):
            return max(a, b)

    aggregator = Longest()


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (NoLines, "its input protocol gives no lines of text"),
        (WithInit, "its map is more than a mapper function"),
        (WithFilter, "its map is more than a mapper function"),
        (NoSQLForm, "Longest has no SQL form"),
    ],
)
def test_what_keeps_a_twin_from_being_used(job, why):
    (stage,) = job([]).plan().stages
    assert way_of(stage).name == "folded"
    assert way_of(stage).why.startswith(why)


def test_records_that_are_watched_go_through_the_mapper(text):
    with bigdata.run(Columnar, text, on_error="skip") as result:
        assert dict(result) == COUNTS
        assert (result.stages[0].way, result.stages[0].why[:21]) == ("folded", "--on-error skip watch")


@pytest.mark.parametrize(("job", "way", "why"), WAYS)
def test_explain_says_how_and_runs_nothing(job, way, why, text, tmp_path, own_tmp, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["job.py", "--no-conf", "-q", "--explain", "-o", str(tmp_path / "out"), text])
    job.run()
    out = capsys.readouterr().out
    assert f"{job.__name__} on duckdb: 1 input file, {len(TEXT)} bytes" in out
    assert f"stage 0: {way}\n  why: {why}\n" in out
    assert "workers: none" in out
    if way == "columnar":
        assert "  query: SELECT" in out
        assert "  types: key " in out
    else:
        assert "  mapper: mapper (" in out
        assert "words.py:" in out
    assert ("aggregator: Sum()" in out) is (way == "folded")
    assert not (tmp_path / "out").exists()
    assert list(own_tmp.iterdir()) == []


def test_report_of_each_stage(text):
    with bigdata.run(TwoSteps, text, workers=2) as result:
        assert dict(result) == Counter(COUNTS.values())
        first, second = result.stages
    assert (first.number, first.way, second.number, second.way) == (0, "sorted", 1, "sorted")
    assert first.tasks == {"map": 1, "reduce": 2}
    assert second.tasks["map"] == 2
    for stage in (first, second):
        assert stage.seconds.keys() == {"map", "reduce"}
        assert all(0 < seconds < 60 for seconds in stage.seconds.values())
    with bigdata.run(Columnar, text) as result:
        assert result.stages[0].seconds.keys() == {"query"}


LEAN = """\
import sys
import bigdata
from jobs.inverted_index import InvertedIndex
from jobs.url_frequency import URLFrequency
from jobs.wordcount import WordCount

for job, path in (WordCount, "text"), (InvertedIndex, "text"), (URLFrequency, "access.log"):
    with bigdata.run(job, path) as result:
        assert list(result)
        print(result.stages[0].way, "pandas" in sys.modules)
"""


def test_a_query_does_without_pandas(tmp_path):
    """Where it is installed, Arrow imports it for a look at what it converts; that takes longer than a small job."""
    pytest.importorskip("pandas")
    (tmp_path / "text").write_text("one two\ntwo\n")
    log = '::1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 9 "-" "Lynx"\n'
    (tmp_path / "access.log").write_text(log)
    (tmp_path / "lean.py").write_text(LEAN)
    assert python("lean.py", cwd=tmp_path).stdout == "columnar False\n" * 3
