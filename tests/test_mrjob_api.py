"""mrjob's programmatic API works on a Job as mrjob's documentation says, on our engine as on its own runner."""

import bz2
import json
import os
from io import BytesIO

import pytest
from mrjob.job import UsageError
from mrjob.parse import parse_mr_job_stderr
from mrjob.protocol import JSONProtocol

from bigdata import Job, MRStep
from bigdata.errors import OutputExists

COUNTS = {"a": 2, "b": 1, "c": 1}
TEXT = b"a b\nc a\n"

on_each_runner = pytest.mark.parametrize("runner_name", ["inline", "duckdb"])


class WordCount(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--prefix", default="")

    def mapper_init(self):
        self.increment_counter("tasks", "map")

    def mapper(self, _, line):
        for word in line.split():
            self.increment_counter("words", "mapped")
            yield self.options.prefix + word, 1

    def combiner(self, word, counts):
        yield word, sum(counts)

    def reducer(self, word, counts):
        self.increment_counter("words", "reduced")
        yield word, sum(counts)


class CommonCounts(WordCount):
    def steps(self):
        return [
            MRStep(mapper=self.mapper, reducer=self.reducer),
            MRStep(mapper=self.swap, reducer=self.collect),
        ]

    def swap(self, word, count):
        yield count, word

    def collect(self, count, words):
        self.increment_counter("counts", "distinct")
        yield count, sorted(words)


class Greeting(Job):
    def mapper(self, _, line):
        yield os.environ["GREETING"], 1


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT)
    return str(path)


def make_job(job_class, runner_name, *args):
    return job_class(["--no-conf", "-r", runner_name, *args])


@on_each_runner
def test_runner_gives_output_and_counters(runner_name, text):
    job = make_job(WordCount, runner_name, text)
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == COUNTS
        assert [step["words"] for step in runner.counters()] == [{"mapped": 4, "reduced": 3}]


@on_each_runner
def test_counters_are_a_list_of_steps(runner_name, text):
    job = make_job(CommonCounts, runner_name, text)
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == {1: ["b", "c"], 2: ["a"]}
        first, second = runner.counters()
    assert first["words"] == {"mapped": 4, "reduced": 3} and "counts" not in first
    assert second["counts"] == {"distinct": 2} and "words" not in second


@on_each_runner
def test_one_job_makes_several_runners(runner_name, text):
    job = make_job(WordCount, runner_name, text)
    for _ in range(2):
        with job.make_runner() as runner:
            runner.run()
            assert dict(job.parse_output(runner.cat_output())) == COUNTS
            assert runner.counters()[0]["words"]["mapped"] == 4


@on_each_runner
def test_output_dir_holds_part_files(runner_name, text, tmp_path):
    output = tmp_path / "counts"
    job = make_job(WordCount, runner_name, text, "--output-dir", str(output))
    with job.make_runner() as runner:
        runner.run()
        assert runner.get_output_dir() == str(output)
        assert dict(job.parse_output(runner.cat_output())) == COUNTS
    parts = sorted(output.glob("part-*"))
    assert [path.name for path in parts] == [f"part-{number:05}" for number in range(len(parts))]
    assert dict(job.parse_output(path.read_bytes() for path in parts)) == COUNTS


def test_duckdb_refuses_an_output_dir_that_holds_output(text, tmp_path):
    """Hadoop does so too, where mrjob's inline runner writes over it."""
    job = make_job(WordCount, "duckdb", text, "-o", str(tmp_path / "counts"))
    with job.make_runner() as runner:
        runner.run()
    with pytest.raises(OutputExists, match="counts"), job.make_runner() as runner:
        runner.run()


@on_each_runner
@pytest.mark.parametrize("paths", [[], ["-"]])
def test_standard_input(runner_name, paths):
    job = make_job(WordCount, runner_name, *paths).sandbox(stdin=BytesIO(TEXT))
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == COUNTS


@on_each_runner
def test_run_job_writes_to_the_sandbox(runner_name, text):
    job = make_job(WordCount, runner_name, "--quiet", text).sandbox()
    job.run_job()
    assert dict(job.parse_output([job.stdout.getvalue()])) == COUNTS


@on_each_runner
@pytest.mark.parametrize("switches, written", [(["--no-output"], False), (["--cat-output"], True), ([], False)])
def test_output_is_shown_or_not(runner_name, switches, written, text, tmp_path):
    output = str(tmp_path / "counts")
    job = make_job(WordCount, runner_name, "--quiet", *switches, "-o", output, text).sandbox()
    job.run_job()
    assert bool(job.stdout.getvalue()) is written


@on_each_runner
def test_command_line_of_a_script(runner_name, text, monkeypatch, capfdbinary):
    monkeypatch.setattr("sys.argv", ["job.py", "--no-conf", "-q", "-r", runner_name, "--prefix", "word ", text])
    WordCount.run()
    records = dict(map(JSONProtocol().read, capfdbinary.readouterr().out.splitlines()))
    assert records == {f"word {word}": count for word, count in COUNTS.items()}


@on_each_runner
def test_config_file(runner_name, text, tmp_path):
    conf = tmp_path / "mrjob.conf"
    conf.write_text(json.dumps({"runners": {runner_name: {"owner": "ada", "cmdenv": {"GREETING": "hello"}}}}))
    job = Greeting(["-c", str(conf), "-r", runner_name, text])
    with job.make_runner() as runner:
        assert runner.get_job_key().split(".")[1] == "ada"
        runner.run()
        assert list(job.parse_output(runner.cat_output())) == [("hello", 1)] * 2


@on_each_runner
def test_compressed_input_and_cat_of_the_runners_file_system(runner_name, tmp_path):
    path = tmp_path / "text.bz2"
    path.write_bytes(bz2.compress(TEXT))
    job = make_job(WordCount, runner_name, str(path))
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == COUNTS
        assert b"".join(runner.fs.cat(str(path))) == TEXT


def test_default_runner_is_duckdb(text):
    with WordCount(["--no-conf", text]).make_runner() as runner:
        assert runner.alias == "duckdb"


def test_mapper_is_a_plain_method():
    assert list(WordCount(["--prefix", "x"]).mapper(None, "a b")) == [("xa", 1), ("xb", 1)]


def test_reducer_is_a_plain_method():
    job = WordCount([]).sandbox()
    assert list(job.reducer("a", iter([1, 2]))) == [("a", 3)]
    assert parse_mr_job_stderr(job.stderr.getvalue())["counters"] == {"words": {"reduced": 1}}


def test_run_mapper_reads_and_writes_the_sandbox():
    job = WordCount(["--mapper", "--prefix", "x"]).sandbox(stdin=[b"a b\n", b"a\n"])
    assert job.is_task()
    job.run_mapper()
    assert job.stdout.getvalue() == b'"xa"\t1\n"xb"\t1\n"xa"\t1\n'
    assert parse_mr_job_stderr(job.stderr.getvalue())["counters"] == {"tasks": {"map": 1}, "words": {"mapped": 3}}


@pytest.mark.parametrize("phase", ["combiner", "reducer"])
def test_run_combiner_and_reducer_group_adjacent_keys(phase):
    job = WordCount([f"--{phase}"]).sandbox(stdin=BytesIO(b'"a"\t1\n"a"\t2\n"b"\t3\n'))
    job.execute()
    assert list(job.parse_output([job.stdout.getvalue()])) == [("a", 3), ("b", 3)]


def test_run_mapper_of_a_later_step():
    job = CommonCounts(["--mapper", "--step-num", "1"]).sandbox(stdin=BytesIO(b'"a"\t2\n'))
    job.execute()
    assert list(job.parse_output([job.stdout.getvalue()])) == [(2, "a")]


def test_pairs_without_protocols():
    job = WordCount([]).sandbox()
    mapped = list(job.map_pairs([(None, "b a"), (None, "a")]))
    assert mapped == [("b", 1), ("a", 1), ("a", 1)]
    assert list(job.combine_pairs(sorted(mapped))) == [("a", 2), ("b", 1)]
    assert list(job.reduce_pairs(sorted(mapped))) == [("a", 2), ("b", 1)]


def test_arguments_given_to_a_job_raise_instead_of_exiting():
    with pytest.raises(ValueError, match="no-such-option"):
        WordCount(["--no-such-option"])


def test_counters_take_integers_only():
    with pytest.raises(TypeError, match="integer"):
        WordCount([]).sandbox().increment_counter("group", "name", 1.5)


def test_make_runner_refuses_to_run_within_a_task(monkeypatch):
    monkeypatch.setattr("sys.argv", ["job.py", "--mapper"])
    with pytest.raises(UsageError, match="--mapper"):
        WordCount([]).make_runner()
