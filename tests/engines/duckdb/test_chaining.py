"""A stage chained to the one whose pairs native code counts gives the bytes that Python gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mrjob.protocol import PickleProtocol

import bigdata
from bigdata import Count, MRStep, Sum, columnar, kernels, words
from bigdata.engines.duckdb import chaining, counting, way_of
from jobs.relative_frequency import RelativeFrequency
from jobs.term_vector import TermVector
from jobs.tf_idf import TfIdf
from tests.test_twins import LINES

pytestmark = pytest.mark.skipif(kernels.native is None, reason=f"native kernels are {kernels.missing}")

NAMES = ["a.txt", "a!.txt", "é.txt"]
RUNS = [
    (RelativeFrequency, []),
    (TermVector, ["--cutoff", "1", "--top", "3"]),
    (TermVector, []),
    (TfIdf, ["--documents", "3"]),
    (TfIdf, ["--documents", "7", "--l2"]),
]


def output_of(job, path, args, monkeypatch, python=False):
    """The bytes of the output, and the report of the second stage."""
    with monkeypatch.context() as patch:
        if python:
            patch.setattr(chaining, "obstacle", lambda stage, on_error: "Python is asked for")
        with bigdata.run(job, path, args=args, output=str(path.parent / f"out-{python}")) as result:
            parts = sorted((path.parent / f"out-{python}").glob("part-*"))
            return b"".join(part.read_bytes() for part in parts), result.stages[1]


@pytest.mark.parametrize(("job", "args"), RUNS)
@settings(max_examples=20, deadline=None)
@given(texts=st.lists(LINES, min_size=1, max_size=3), rows=st.integers(1, 9))
def test_any_text_gives_the_bytes_of_python(tmp_path_factory, job, args, texts, rows):
    path = tmp_path_factory.mktemp("case") / "in"
    path.mkdir()
    for name, lines in zip(NAMES, texts):
        (path / name).write_bytes("\n".join(lines).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_BATCH", rows)
        got, stage = output_of(job, path, args, patch)
        assert stage.way == "columnar"
        wanted, stage = output_of(job, path, args, patch, python=True)
        assert stage.way in ("sorted", "map-only")
    assert got == wanted


def test_many_documents_have_the_weights_of_python(tmp_path, monkeypatch):
    """Logarithms are rounded as Python's are."""
    path = tmp_path / "in"
    path.mkdir()
    for number in range(300):
        (path / f"{number:03d}").write_text(" ".join(f"w{n}" for n in range(number, 300)))
    args = ["--documents", "300"]
    assert output_of(TfIdf, path, args, monkeypatch)[0] == output_of(TfIdf, path, args, monkeypatch, python=True)[0]


class Turned(RelativeFrequency):
    """Keys come in another order behind the mapper."""

    SORT_VALUES = False

    @columnar("SELECT key[2] AS key, key[1] AS value FROM input")
    def by_word(self, pair, count):
        yield pair[1], pair[0]

    @columnar("SELECT key, len(values) AS value FROM input")
    def divide(self, word, values):
        yield word, len(list(values))


class InPickles(RelativeFrequency):
    INTERNAL_PROTOCOL = PickleProtocol


class WithoutTwin(RelativeFrequency):
    def divide(self, word, counts):
        yield from super().divide(word, counts)


class WithInit(RelativeFrequency):
    def init(self):
        pass

    def steps(self):
        first, second = super().steps()
        return [first, MRStep(mapper=second["mapper"], reducer=second["reducer"], mapper_init=self.init)]


class Folded(RelativeFrequency):
    def steps(self):
        first, second = super().steps()
        return [first, MRStep(mapper=second["mapper"], aggregator=Count())]


class OfLengths(RelativeFrequency):
    @columnar(words.each("length(token)"))
    def lengths(self, _, line):
        for word in words(line):
            yield len(word), 1

    @columnar("SELECT value AS key, key AS value FROM input")
    def turn(self, length, count):
        yield count, length

    def steps(self):
        return [MRStep(mapper=self.lengths, aggregator=Sum()), MRStep(mapper=self.turn)]


class Dated(OfLengths):
    @columnar(words.each())
    def lengths(self, _, line):
        for word in words(line):
            yield word, 1

    @columnar("SELECT key, DATE '2020-01-01' AS value FROM input")
    def turn(self, word, count):
        yield word, count


@pytest.mark.parametrize(
    ("job", "args", "why"),
    [
        (InPickles, [], "its protocols are not standard JSON"),
        (WithoutTwin, [], "its reducer has no columnar twin"),
        (WithInit, [], "its map is more than a mapper function"),
        (Folded, [], "it has a combiner or an aggregator"),
        (OfLengths, [], "native code doesn't count the pairs that its columnar twin reads"),
        (RelativeFrequency, ["--jobconf", "mapreduce.job.reduces=2"], "it has 2 reducers"),
    ],
)
def test_what_keeps_a_stage_from_being_chained(job, args, why, tmp_path):
    (tmp_path / "in").write_text("a b a c\n")
    stage = job(args).plan().stages[1]
    assert way_of(stage).why.startswith(why)
    with bigdata.run(job, tmp_path / "in", args=args) as result:
        assert result.stages[1].why.startswith(why)


def test_watched_records_go_through_python():
    assert way_of(RelativeFrequency([]).plan().stages[1], "skip").why == "--on-error skip watches each record"


def test_without_kernels_python_takes_the_stage(monkeypatch):
    monkeypatch.setattr(kernels, "native", None)
    monkeypatch.setattr(kernels, "missing", "not built")
    why = "native kernels, which its columnar twin needs, are not built"
    assert way_of(RelativeFrequency([]).plan().stages[1]).why == why


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (Turned, "its mapper's pairs are not in order"),
        (Dated, "of what its columnar twin gives, a column of the Arrow type tdD has no JSON"),
    ],
)
def test_what_the_data_show_is_left_to_python(job, why, tmp_path, monkeypatch):
    path = tmp_path / "in"
    path.write_text("b a\nc a b\n")
    got, stage = output_of(job, path, [], monkeypatch)
    assert (stage.way, stage.why) == ("map-only" if job is Dated else "sorted", why)
    assert got == output_of(job, path, [], monkeypatch, python=True)[0]


@pytest.mark.parametrize(("job", "args"), RUNS)
def test_counts_that_do_not_fit_are_left_to_python(job, args, tmp_path, monkeypatch):
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.txt").write_text("the fox the den\n" * 100)
    wanted = output_of(job, path, args, monkeypatch, python=True)[0]
    monkeypatch.setattr(counting, "_MOST", 0)
    got, stage = output_of(job, path, args, monkeypatch)
    assert stage.why == "the pairs before it don't fit in memory"
    assert got == wanted


def test_a_group_that_does_not_fit_is_left_to_python(tmp_path, monkeypatch):
    path = tmp_path / "in"
    path.write_text("a b a c\n")
    groups = chaining._groups
    monkeypatch.setattr(chaining, "_groups", lambda tables, sort_values, most: groups(tables, sort_values, 0))
    _, stage = output_of(RelativeFrequency, path, [], monkeypatch)
    assert (stage.way, stage.why) == ("sorted", "the values of a key don't fit in memory")


def test_explain_shows_the_queries(capfd, tmp_path):
    (tmp_path / "in").write_text("a b\n")
    job = RelativeFrequency([str(tmp_path / "in"), "--no-conf", "--explain"])
    job.run_job()
    told = capfd.readouterr().out
    assert "mapper: SELECT key[1] AS key" in told and "reducer: SELECT [key, n['0']] AS key" in told
