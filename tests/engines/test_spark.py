"""The spark engine, where mrjob's Spark runner is wrong, over its twins, and on each kind of master."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from mrjob.protocol import RawProtocol, ReprProtocol

pytest.importorskip("pyspark", reason="the spark engine needs pyspark")
pytest.importorskip("sqlglot", reason="the spark engine needs sqlglot")

import bigdata
from bigdata import PLAIN_TEXT, Count, Job, Max, Mean, MRStep, Sum, TopK, Variance, columnar
from bigdata.engines import spark as engine
from bigdata.errors import BadPair, DecodeError, EncodeError, OutputExists, TaskFailed, TooManyErrors, UsageError
from bigdata.partitioners import java_hash
from jobs.wordcount import WordCount

from .conftest import NO_SPARK
from .spark_script import LengthsByLetter

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NO_SPARK, reason="the spark engine needs pyspark and Java"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

ROOT = Path(__file__).parent.parent.parent
IN_PLAIN_TEXT = re.compile(f"[{PLAIN_TEXT}]")
WORDS = ["the quick brown fox", "jumps over the lazy dog", "the dog sleeps"] * 20


@pytest.fixture
def run(spark, tmp_path):
    """Run a job on lines, or on the bytes of files; gives its Result."""
    numbers = iter(range(100))

    def run(job, lines=WORDS, **options):
        folder = tmp_path / f"input-{next(numbers)}"
        folder.mkdir()
        files = lines if isinstance(lines, dict) else {"lines.txt": "".join(f"{line}\n" for line in lines).encode()}
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return bigdata.run(job, folder, engine="spark", **options)

    return run


class WordsByHand(Job):
    """Word count with a combiner that counts in memory and emits all at its end, a mark of its own among it."""

    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

    def combiner_init(self):
        self.increment_counter("combiner", "began")
        self.counts = Counter()

    def combiner(self, word, counts):
        self.counts[word] += sum(counts)

    def combiner_final(self):
        yield from self.counts.items()
        yield "(combiners)", 1

    def reducer(self, word, counts):
        yield word, sum(counts)


def test_combiner_runs_once_a_task_and_its_final_may_emit_another_key(run):
    result = run(WordsByHand, {f"{number}.txt": "\n".join(WORDS).encode() for number in range(3)})
    once = Counter(word for line in WORDS for word in line.split())
    assert dict(result) == {"(combiners)": 3, **{word: 3 * count for word, count in once.items()}}
    assert result.counters == [{"combiner": {"began": 3}}]
    assert result.stages[0].tasks == {"map": 3, "reduce": 2}


def test_small_buffers_change_nothing_but_the_number_of_combiners(run, monkeypatch):
    monkeypatch.setattr(engine, "_BUDGET", 4000)
    counts = dict(run(WordsByHand, [f"{number % 97} {number}" for number in range(500)]))
    combiners = counts.pop("(combiners)")
    assert combiners > 3
    assert counts == Counter(word for number in range(500) for word in (str(number % 97), str(number)))


class SortedValues(Job):
    SORT_VALUES = True
    INTERNAL_PROTOCOL = RawProtocol
    JOBCONF = {"mapreduce.job.reduces": 3}

    def mapper(self, _, line):
        for number, word in enumerate(line.split()):
            yield word, f"{number:03d}" * (1 + number % 3)

    def reducer_init(self):
        self.keys = []

    def reducer(self, word, values):
        assert iter(values) is values, "values are streamed"
        self.keys.append(word)
        values = list(values)
        assert values == sorted(values)
        yield word, len(values)

    def reducer_final(self):
        yield "(keys)", self.keys


def test_keys_are_placed_as_hadoop_places_them_and_sorted_with_their_values(run, tmp_path):
    lines = ["b ab é Z 10 9 a\uffff 😀 a aa"] * 30
    run(SortedValues, lines, output=tmp_path / "out").close()
    parts = sorted((tmp_path / "out").glob("part-*"))
    assert [part.name for part in parts] == ["part-00000", "part-00001", "part-00002"]
    seen = 0
    for number, part in enumerate(parts):
        pairs = [[json.loads(field) for field in line.split("\t")] for line in part.read_text().splitlines()]
        *counts, (_, keys) = pairs
        assert all(count == 30 for _, count in counts)
        assert [key.encode() for key in keys] == sorted(key.encode() for key in keys)
        assert all((java_hash(key.encode(), 0) & 0x7FFFFFFF) % 3 == number for key in keys if key.isascii())
        seen += len(keys)
    assert seen == 10


class InputFiles(Job):
    def mapper(self, _, line):
        yield os.path.basename(os.environ["mapreduce_map_input_file"]), 1

    def reducer(self, path, ones):
        yield path, sum(ones)


def test_tasks_know_their_input_file(run):
    assert dict(run(InputFiles, {"a.txt": b"1\n2\n", "b.txt": b"3\n"})) == {"a.txt": 2, "b.txt": 1}


class OneOfThree(Job):
    aggregator = Count()

    def mapper(self, _, line):
        yield from ((1, 0), (1.0, 0), (True, 0))


def test_keys_are_told_apart_by_their_bytes(run):
    assert sorted(map(repr, run(OneOfThree, ["x", "y"]))) == ["(1, 2)", "(1.0, 2)", "(True, 2)"]


# --- twins


def words_and_lines(seed=1):
    """Lines of characters that engines are known to differ on, all of them in PLAIN_TEXT."""
    random = Random(seed)
    characters = "aAbB1 ,.\t'éß\u00a0\x0b\u2028\x85\r-_[&%"
    return ["".join(random.choices(characters, k=random.randrange(14))) for _ in range(3000)]


def test_wordcount_is_one_query_and_gives_what_its_mapper_gives(run):
    lines = [line.replace("\r", "") for line in words_and_lines()]
    result = run(WordCount, lines)
    assert result.stages[0].way == "sql", result.stages
    assert Counter(dict(result)) == Counter(word.lower() for line in lines for word in re.findall(r"[\w']+", line))


def test_foreign_lines_go_through_the_mapper_in_the_same_run(run):
    lines = ["ΟΔΟΣ İstanbul 𐐀 oDoς", *["plain words of the Road"] * 50]
    result = run(WordCount, lines)
    assert result.stages[0].way == "sql", result.stages
    assert "1 lines outside the twin's alphabet went through the mapper" in result.stages[0].why
    assert dict(result) == Counter(word.lower() for line in lines for word in re.findall(r"[\w']+", line))


def test_many_foreign_lines_send_all_through_the_mapper(run):
    lines = ["ΣΣ ss"] * 50
    result = run(WordCount, lines)
    assert (result.stages[0].way, "outside the alphabet" in result.stages[0].why) == ("rdd", True)
    assert dict(result) == {"σς": 50, "ss": 50}


LENGTH = "SELECT lower(substr(line, 1, 1)) AS key, length(line) AS value FROM input"


class Lengths(Job):
    @columnar(LENGTH)
    def mapper(self, _, line):
        yield line[:1].lower(), len(line)


def lengths(twin=LENGTH, **attributes):
    """The job :class:`Lengths` with another twin or an aggregator."""

    @columnar(twin)
    def mapper(self, _, line):
        yield line[:1].lower(), len(line)

    return type("Lengths", (Lengths,), {"mapper": mapper, **attributes})


class Overflowing(Job):
    aggregator = Sum()

    @columnar("SELECT 'a' AS key, 9223372036854775807 AS value FROM input")
    def mapper(self, _, line):
        yield "a", 2**63 - 1


SAMPLE = ["Aa", "a", "", "bbb", "BB b", "é", "Éé"] * 9


@pytest.mark.parametrize(
    "aggregator", [Sum(), Count(), Max(), Mean(), Variance(), Variance(1), {"n": Count(), "mean": Mean()}], ids=repr
)
def test_aggregates_in_sql_equal_those_in_python(run, aggregator):
    result = run(lengths(aggregator=aggregator), SAMPLE)
    assert result.stages[0].way == "sql", result.stages
    by_mapper = dict(run(lengths("no query", aggregator=aggregator), SAMPLE))
    got = dict(result)
    assert got.keys() == by_mapper.keys()
    for key, value in got.items():
        assert value == pytest.approx(by_mapper[key])
        assert type(value) is type(by_mapper[key])


def test_a_twin_without_a_reducer_is_a_query_too(run):
    result = run(Lengths, SAMPLE)
    assert result.stages[0].way == "sql", result.stages
    assert list(result) == [(line[:1].lower(), len(line)) for line in SAMPLE]


def test_part_files_of_a_query_are_placed_and_sorted(run, tmp_path):
    lines = [f"w{number}" for number in range(300)]
    run(WordCount, lines, args=["-D", "mapreduce.job.reduces=3"], output=tmp_path / "out").close()
    for number, part in enumerate(sorted((tmp_path / "out").glob("part-*"))):
        keys = [line.split(b"\t")[0] for line in part.read_bytes().splitlines()]
        assert keys
        assert keys == sorted(keys)
        assert all((java_hash(key) & 0x7FFFFFFF) % 3 == number for key in keys)


@pytest.mark.parametrize(
    "job, why",
    [
        (
            lengths("SELECT reverse(line) AS key, 1 AS value FROM input", aggregator=Sum()),
            "its twin uses REVERSE(line)",
        ),
        (lengths("SELECT regexp_extract(line, '\\bx') AS key, 1 AS value FROM input", aggregator=Sum()), r"\\b"),
        (lengths("SELECT length(string_split(line, ' ')) AS key, 1 AS value FROM input", aggregator=Sum()), "DATATYPE"),
        (lengths("SELECT length(line) / 2 AS key, 1 AS value FROM input", aggregator=Sum()), "floating-point"),
        (lengths(aggregator=TopK(2)), "can't be translated"),
        (Overflowing, "ARITHMETIC_OVERFLOW"),
    ],
)
def test_what_spark_cannot_say_goes_through_the_mapper_with_the_reason(run, job, why):
    result = run(job, SAMPLE)
    assert (result.stages[0].way, why in result.stages[0].why) == ("rdd", True), result.stages
    if job is Overflowing:
        assert dict(result) == {"a": (2**63 - 1) * len(SAMPLE)}


EXPRESSIONS = [
    "lower(line)", "length(line)", "substr(line, 2, 3)", "substr(line, 2)", "left(line, 2)", "right(line, 2)",
    "split_part(line, ',', 2)", "string_split(line, ' ')", "string_split(line, '.')", "line || 'x'",
    "replace(line, 'a', 'b')", "contains(line, 'a')", "starts_with(line, 'a')", "ends_with(line, 'a')",
    "strpos(line, 'b')", "line LIKE 'a%'", "line < 'b'", "line >= 'é'", "nullif(line, '')",
    "coalesce(nullif(line, ''), 'z')", "case when line = '' then 1 else 2 end", "length(line) // 2", "length(line) / 2",
    "(length(line) - 5) // 2", "(length(line) - 5) % 3", "length(line) * 1.5", "-length(line)",
    "length(line)::DOUBLE", "line IS NULL", "{'a': line, 'b': 1}", "[line, 'x']", "length(line) BETWEEN 2 AND 4",
    "line IN ('a', 'b') AND NOT line = 'a'", "regexp_matches(line, '^a.*b$')", "regexp_full_match(line, '[a-z]+|é')",
    r"regexp_extract(line, '(\w+) (\w+)', 2)", "regexp_extract(line, 'q')", r"regexp_extract(line, '^(\S+)', 1)",
    *(
        f"regexp_extract_all(line, '{pattern}')"
        for pattern in [
            r"\pL+", r"\pL", r"\PL", r"\p{Lu}", r"[\pL\pN_'']+", r"\s", r"\S+", ".", "[^a-z]", r"\w+", r"\W+", r"\d",
            r"\D", r"[\s]", r"[^\s]+", "a*", "a|ab", "a+?", "[a&&b]", "[a[b]", "[]a]", "(?:ab)+", "a$", r"\.",
        ]
    ),
]  # fmt: skip


def test_what_is_translated_is_the_same_for_each_character_of_plain_text(spark):
    import duckdb
    import pyarrow

    from bigdata.engines.columns import plain
    from bigdata.engines.spark.dialect import translated

    characters = [character for character in map(chr, range(0x110000)) if IN_PLAIN_TEXT.match(character)]
    random = Random(2)
    lines = [*characters, *words_and_lines(), *("".join(random.choices(characters, k=9)) for _ in range(2000))]
    lines = [line for line in lines if "\n" not in line]
    session = spark.newSession()
    session.createDataFrame([(line,) for line in lines], "line string").createOrReplaceTempView("input")
    duck = duckdb.connect(config={"threads": 1})
    duck.register("input", pyarrow.table({"line": lines}))
    columns = ", ".join(f"{expression} AS c{number}" for number, expression in enumerate(EXPRESSIONS))
    wanted = duck.sql(f"SELECT line, {columns} FROM input").fetchall()
    got = session.sql(translated(f"SELECT line, {columns} FROM input")).collect()
    for ours, law in zip(got, wanted, strict=True):
        values = [plain(value) for value in ours.asDict(recursive=True).values()]
        if repr(values) != repr([plain(value) for value in law]):
            pairs = zip(["line", *EXPRESSIONS], values, map(plain, law), strict=True)
            pytest.fail(f"{[pair for pair in pairs if repr(pair[1]) != repr(pair[2])]} on {law[0]!r}")


# --- errors


class Failing(Job):
    def mapper(self, _, line):
        self.increment_counter("lines", "seen")
        yield line, 1 / len(line)

    def reducer(self, line, values):
        yield line, sum(values)


class NoPairs(Job):
    def mapper(self, _, line):
        yield line


class Unencodable(Job):
    def mapper(self, _, line):
        yield line, object()


class Undecodable(Job):
    def steps(self):
        return [MRStep(mapper=self.mapper), MRStep(mapper=self.mapper)]

    INTERNAL_PROTOCOL = ReprProtocol

    def mapper(self, _, line):
        yield "(", sys  # its repr is none that can be read


@pytest.mark.parametrize(
    "job, error, message",
    [
        (Failing, TaskFailed, r"Failing stage 0: mapper \(.*test_spark.py:\d+\) raised ZeroDivisionError: .*, line 2"),
        (NoPairs, BadPair, "must yield"),
        (Unencodable, EncodeError, "can't write the pair"),
        (Undecodable, DecodeError, "Undecodable stage 1"),
    ],
)
def test_errors_of_tasks_are_bigdatas_and_leave_no_output(run, tmp_path, job, error, message):
    with pytest.raises(error, match=message) as caught:
        run(job, ["a", "", "b"], output=tmp_path / "out")
    assert "java" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input-0"]
    if error is TaskFailed:
        assert "yield line, 1 / len(line)" in str(caught.value)


def test_output_that_exists_is_refused(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-00000").touch()
    with pytest.raises(OutputExists):
        run(WordCount, output=tmp_path / "out")


def test_failing_records_are_skipped_counted_and_kept(run, tmp_path):
    result = run(Failing, ["a", "", "bb"], on_error=f"quarantine {tmp_path / 'bad'}")
    assert dict(result) == {"a": 1.0, "bb": 0.5}
    assert result.counters == [{"lines": {"seen": 3}, "bigdata": {"records quarantined": 1}}]
    (record,) = map(json.loads, (tmp_path / "bad" / "stage-0.json").read_text().splitlines())
    assert (record["line"], record["record"]) == (2, "")
    with pytest.raises(TooManyErrors, match="1 of 3 records failed"):
        run(Failing, ["a", "", "bb"], on_error="skip", max_errors=0)


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_output_formats(run, tmp_path, form):
    result = run(WordCount, output_format=form, output=tmp_path / "out")
    assert {key: int(value) for key, value in result} == Counter(word for line in WORDS for word in line.split())
    assert sorted(path.suffix for path in (tmp_path / "out").glob("part-*")) == [f".{form}"] * 2


def test_a_session_that_is_not_what_was_asked_for_is_refused(run):
    with pytest.raises(UsageError, match=r"wants spark\.master=local\[7\], and the Spark session .* has local\[2\]"):
        run(WordCount, spark_master="local[7]")
    with pytest.raises(UsageError, match=r"spark\.executor\.cores=7"):
        run(WordCount, args=["-D", "spark.executor.cores=7"])


def test_explain_needs_no_spark(tmp_path, capsys):
    (tmp_path / "in.txt").write_text("a\n")
    job = WordCount(["-r", "spark", "--explain", "--spark-master", "spark://nowhere:1", str(tmp_path / "in.txt")])
    with job.make_runner() as runner:
        runner.run()
    shown = capsys.readouterr().out
    assert shown.startswith("WordCount on spark: 1 input file, 2 bytes\nstage 0: sql\n  why: the mapper has a columnar")
    assert "query: SELECT key, SUM(value) AS value FROM (SELECT key" in shown


# --- steps of the job's own Spark code


class OwnSpark(Job):
    """Words by Spark, between two steps that are not."""

    def steps(self):
        from mrjob.step import SparkStep

        return [MRStep(mapper=self.words), SparkStep(spark=self.distinct), MRStep(mapper=self.letters)]

    def words(self, _, line):
        for word in line.split():
            yield word, None

    def distinct(self, inputs, output):
        from pyspark.sql import SparkSession

        session = SparkSession.builder.getOrCreate()
        session.sparkContext.textFile(inputs).distinct().saveAsTextFile(output)

    def letters(self, word, _):
        yield word[0], word


def test_a_spark_step_runs_between_others(run):
    result = run(OwnSpark)
    words = {word for line in WORDS for word in line.split()}
    assert sorted(result) == sorted((word[0], word) for word in words)
    assert [stage.way for stage in result.stages] == ["rdd", "spark", "rdd"]


SPARK_STEP_SCRIPT = """
from bigdata import Job

class Distinct(Job):
    def spark(self, inputs, output):
        from pyspark import SparkContext

        context = SparkContext(appName="its own")
        assert context.master == "local[1]", context.master
        context.textFile(inputs).distinct().saveAsTextFile(output)

if __name__ == "__main__":
    Distinct.run()
"""


# --- masters


def python(*arguments, cwd, **environment):
    """Run Python on a script, far from this repository, with bigdata on its path."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, **environment}
    if "JAVA_HOME" in os.environ and "PATH" not in environment:
        variables["JAVA_HOME"] = os.environ["JAVA_HOME"]
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=300, check=False)


def test_a_spark_step_makes_its_own_context_with_the_runs_settings(tmp_path):
    (tmp_path / "step.py").write_text(SPARK_STEP_SCRIPT)
    (tmp_path / "in.txt").write_text("a\nb\na\n")
    done = python("step.py", "-r", "spark", "--spark-master", "local[1]", "in.txt", cwd=tmp_path)
    assert (sorted(done.stdout.split()), done.returncode) == (["a", "b"], 0), done.stderr


SLEEP_SCRIPT = """
import time
from pathlib import Path
from bigdata import Job

class Sleep(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--mark")

    def mapper(self, _, line):
        Path(self.options.mark).touch()
        time.sleep(300)

if __name__ == "__main__":
    Sleep.run()
"""


def test_an_interrupted_run_ends_at_once_with_one_line_and_no_output(tmp_path):
    (tmp_path / "sleep.py").write_text(SLEEP_SCRIPT)
    mark = tmp_path / "began"
    command = [sys.executable, "sleep.py", "-r", "spark", "--spark-master", "local[1]", "--mark", mark, "-o", "out"]
    with open(tmp_path / "errors", "w") as errors:
        running = subprocess.Popen(
            [*map(str, command), "sleep.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=errors
        )
    wait_for(mark.exists)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130
    assert (tmp_path / "errors").read_text().splitlines()[-1].startswith("Interrupted:")
    assert "Traceback" not in (tmp_path / "errors").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["began", "errors", "sleep.py"]


def test_without_java_one_line_says_so(tmp_path):
    (tmp_path / "in.txt").write_text("a\n")
    done = python("-m", "jobs.wordcount", "-r", "spark", "in.txt", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("EngineNotInstalled: the spark engine needs Java")


def test_input_and_output_on_s3(tmp_path):
    moto = pytest.importorskip("moto.server")
    import boto3

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        login = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
        client = boto3.client(
            "s3",
            endpoint_url=f"http://{host}:{port}",
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        client.create_bucket(Bucket="texts")
        client.put_object(Bucket="texts", Key="in/a.txt", Body=b"a b\nb c\n")
        command = ["-m", "jobs.wordcount", "-r", "spark", "--spark-master", "local[2]", "s3://texts/in/", "-o"]
        environment = {**login, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        done = python(*command, "s3://texts/out", cwd=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        names = [found["Key"] for found in client.list_objects_v2(Bucket="texts", Prefix="out/part-")["Contents"]]
        output = b"".join(client.get_object(Bucket="texts", Key=name)["Body"].read() for name in names)
        assert dict(WordCount([]).parse_output([output])) == {"a": 1, "b": 2, "c": 1}
        names = [found["Key"] for found in client.list_objects_v2(Bucket="texts", Prefix="out")["Contents"]]
        assert {"out/_SUCCESS", "out/part-00000"} < set(names)
        assert not any("_temporary" in name for name in names)
    finally:
        server.stop()


@pytest.fixture(scope="module")
def standalone(tmp_path_factory) -> Iterator[str]:
    """The URL of a standalone master with two workers, which know nothing of this repository."""
    import pyspark

    folder = tmp_path_factory.mktemp("standalone")
    spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
    ports = [free_port() for _ in range(2)]
    url = f"spark://127.0.0.1:{ports[0]}"
    deploy = "org.apache.spark.deploy"
    master = [f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(ports[0]), "--webui-port", str(ports[1])]
    worker = [f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"]
    worker += ["--webui-port", "0", "--work-dir", str(folder), url]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SPARK_"))}
    processes = []
    try:
        for number, command in enumerate([master, worker, worker]):
            with open(folder / f"{number}.log", "wb") as log:
                processes.append(
                    subprocess.Popen([spark_class, *command], cwd=folder, env=environment, stdout=log, stderr=log)
                )
        wait_for(lambda: (folder / "0.log").read_text().count("Registering worker") == 2)
        yield url
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.parametrize("master", ["local[2,3]", "local-cluster[2,1,1024]", "standalone"])
def test_a_script_runs_on_each_master_and_counts_once_what_was_tried_twice(master, request, tmp_path):
    url = request.getfixturevalue("standalone") if master == "standalone" else master
    (tmp_path / "a.txt").write_text("the quick brown fox\nfour jumps over the lazy dog\n")
    (tmp_path / "b.txt").write_text("the dog sleeps and the fox jumps\n")
    (tmp_path / "stop.txt").write_text("the\n")
    (tmp_path / "more.txt").write_text("dog\n")
    with tarfile.open(tmp_path / "lists.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "more.txt", "more.txt")
    uploads = ["--files", "stop.txt", "--archives", "lists.tar.gz#lists"]
    script = (ROOT / "tests" / "engines" / "spark_script.py").read_text()
    (tmp_path / "script.py").write_text(script)
    done = python(
        "script.py", "counters.json", "-r", "spark", "--spark-master", url, *uploads, "-o", "out", "a.txt", "b.txt",
        cwd=tmp_path, SPARK_LOCAL_IP="127.0.0.1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    output = b"".join(part.read_bytes() for part in sorted((tmp_path / "out").glob("part-*")))
    assert sorted(LengthsByLetter([]).parse_output([output])) == [(0, [3, 6]), (1, [3, 4])]
    assert json.loads((tmp_path / "counters.json").read_text()) == [{"map": {"lines": 3}}, {"reduce": {"groups": 2}}]
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert "Exception" not in done.stderr


def test_a_module_of_a_package_runs_on_a_cluster(standalone, tmp_path):
    (tmp_path / "in.txt").write_text("A rose is a rose, İs it?\n" * 20 + "plain\n" * 400)
    done = python(
        "-m", "jobs.wordcount", "-r", "spark", "--spark-master", standalone, "-o", "out", "in.txt",
        cwd=tmp_path, SPARK_LOCAL_IP="127.0.0.1",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "stage 0: sql" in done.stderr
    output = b"".join(part.read_bytes() for part in (tmp_path / "out").glob("part-*"))
    expected = Counter(word.lower() for word in re.findall(r"[\w']+", (tmp_path / "in.txt").read_text()))
    assert dict(WordCount([]).parse_output([output])) == expected
