"""Each mistake ends as one line that says where, what was expected, what came and what to do, and leaves nothing."""

import bz2
import gzip
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mrjob.protocol import JSONValueProtocol
from mrjob.step import JarStep

import bigdata
from bigdata import Aggregator, Job, MRStep, Sum, columnar
from bigdata.errors import (
    BadPair,
    BigdataError,
    DecodeError,
    DiskFull,
    EncodeError,
    EngineNotInstalled,
    InputError,
    InputNotFound,
    MemoryLimit,
    OutputExists,
    TaskFailed,
    TooManyErrors,
    UnknownEngine,
    UnsupportedOption,
    UnsupportedPlan,
    UsageError,
    WorkerLost,
)

ROOT = Path(__file__).parent.parent
TEXT = b"the dog\nthe end\n"


class LineLengths(Job):
    def mapper(self, _, line):
        yield len(line), 1

    def reducer(self, length, ones):
        yield length, sum(ones)


class LengthsOfJson(LineLengths):
    INPUT_PROTOCOL = JSONValueProtocol

    def mapper(self, _, record):
        self.increment_counter("records", "mapped")
        yield len(record), 1


class Numbers(Job):
    """Raises on a line that is no number, for which it has counted and yielded something by then."""

    aggregator = Sum()

    def mapper(self, _, line):
        yield "sum", 0
        yield "sum", int(line)


def raises():
    raise LookupError("nobody home")


def raises_late():
    yield "a", 1
    raise LookupError("nobody home")


FAULTS = {
    "int": lambda: iter([5]),
    "word": lambda: iter(["the"]),
    "triple": lambda: iter([("a", 1, 2)]),
    "none": lambda: iter([None]),
    "returned int": lambda: 7,
    "unwritable value": lambda: iter([("a", {1})]),
    "unwritable key": lambda: iter([({1}, "a")]),
    "raises": raises,
    "raises late": raises_late,
}
NO_PAIR = {
    "int": "got 5",
    "word": "got 'the'",
    "triple": "got ('a', 1, 2)",
    "none": "got None",
    "returned int": "got 7",
}


class Faulty(Job):
    """Does what ``--fault`` names in the phase that ``--in`` names."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--fault", choices=FAULTS, default="raises")
        self.add_passthru_arg("--in", dest="phase", default="mapper")

    def act(self, phase, pairs):
        return FAULTS[self.options.fault]() if self.options.phase == phase else pairs

    def mapper_init(self):
        return self.act("mapper_init", None)

    def mapper(self, _, line):
        return self.act("mapper", [(line, 1)])

    def mapper_final(self):
        return self.act("mapper_final", None)

    def combiner_init(self):
        return self.act("combiner_init", None)

    def combiner(self, key, values):
        return self.act("combiner", [(key, sum(values))])

    def combiner_final(self):
        return self.act("combiner_final", None)

    def reducer_init(self):
        return self.act("reducer_init", None)

    def reducer(self, key, values):
        return self.act("reducer", [(key, sum(values))])

    def reducer_final(self):
        return self.act("reducer_final", None)


class FaultyMapOnly(Faulty):
    def steps(self):
        return [MRStep(mapper_init=self.mapper_init, mapper=self.mapper, mapper_final=self.mapper_final)]


class FaultyFold(Faulty):
    def steps(self):
        functions = {"mapper_init": self.mapper_init, "mapper": self.mapper, "mapper_final": self.mapper_final}
        return [MRStep(aggregator=Sum(), **functions)]


class UnwritableState(Job):
    class Together(Aggregator):
        def prepare(self, value):
            return {value}

        def merge(self, a, b):
            return a | b

    aggregator = Together()

    def mapper(self, _, line):
        yield "lines", line


class StumblesOn(Job):
    """Raises on the line ``--line``."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--line")

    def mapper(self, _, line):
        if line == self.options.line:
            raise LookupError("stumbled")
        yield len(line), 1

    def reducer(self, length, ones):
        yield length, sum(ones)


class FailsAtFirst(Job):
    """Its tasks raise, or kill their process, on the first ``--times`` attempts, after having counted."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--times", type=int, default=0)
        self.add_passthru_arg("--kill", action="store_true")

    def mapper_init(self):
        self.attempt = int(os.environ["mapreduce_task_attempt_id"].rpartition("_")[2])

    def mapper(self, _, line):
        self.increment_counter("lines", "mapped")
        yield line, 1

    def mapper_final(self):
        if self.attempt < self.options.times:
            if self.options.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError("not yet")

    def reducer(self, line, ones):
        yield line, sum(ones)


class Bulky(Job):
    """Writes out some thousand times what it reads."""

    def mapper(self, _, line):
        yield [line, "bulk" * 1000], 1


class BulkyReduce(Bulky):
    def reducer(self, key, ones):
        yield key, sum(ones)


class JarJob(Job):
    def steps(self):
        return [JarStep(jar="tool.jar")]


class AggregatorBesideReducer(LineLengths):
    aggregator = Sum()


class AggregatorIgnored(Job):
    aggregator = Sum()

    def steps(self):
        return [MRStep(mapper=self.mapper, reducer=self.reducer)]

    def mapper(self, _, line):
        yield line, 1

    def reducer(self, line, ones):
        yield line, sum(ones)


class BrokenTwin(Job):
    aggregator = Sum()

    @columnar("SELECT nonsense(line) AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        yield line, 1


class TwinWithoutValue(Job):
    aggregator = Sum()

    @columnar("SELECT line AS key FROM input")
    def mapper(self, _, line):
        yield line, 1


class TwinThatStumbles(Job):
    aggregator = Sum()

    @columnar("SELECT 'sum' AS key, line::BIGINT AS value FROM input")
    def mapper(self, _, line):
        yield "sum", int(line)


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Runs jobs as a user does, in ``here``, with temporary files in ``tmp``."""

    here: Path
    tmp: Path
    capture: pytest.CaptureFixture

    def write(self, name: str, data: bytes) -> str:
        (self.here / name).write_bytes(data)
        return name

    def command(self, job: type[Job], *words: str) -> Ended:
        """Run the job as ``python job.py words…`` does, in this process."""
        self.capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["job.py", "--no-conf", *words])
            patch.setattr(logging.getLogger("mrjob"), "handlers", [])
            try:
                job.run()
                code, last = 0, ""
            except SystemExit as end:
                code, last = (1, f"{end.code}\n") if isinstance(end.code, str) else (end.code or 0, "")
        out, err = self.capture.readouterr()
        return Ended(code, out, err + last)

    def process(self, *command: str, **keywords) -> subprocess.Popen:
        """Start Python in a process of its own."""
        environment = {**os.environ, "TMPDIR": str(self.tmp), "PYTHONPATH": str(ROOT)}
        environment.pop("MRJOB_CONF", None)
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.here,
            env=environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **keywords,
        )

    def python(self, *command: str) -> Ended:
        process = self.process(*command)
        out, err = process.communicate(timeout=60)
        return Ended(process.returncode, out, err)

    def files(self) -> set[Path]:
        return {path for directory in (self.here, self.tmp) for path in directory.rglob("*")}


@pytest.fixture
def shell(tmp_path, monkeypatch, capfd) -> Iterator[Shell]:
    here, tmp = tmp_path / "here", tmp_path / "tmp"
    here.mkdir()
    tmp.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp))
    shell = Shell(here, tmp, capfd)
    shell.write("in.txt", TEXT)
    yield shell
    assert Path.cwd() == here


def assert_refused(shell: Shell, job: type[Job], words: list[str], error: type[BigdataError], *named: str) -> str:
    """The job ends with this error, on the command line as one line, in a script as an exception; gives the message."""
    before = shell.files()
    ended = shell.command(job, *words)
    assert ended.code == 1
    assert ended.out == ""
    assert shell.files() == before
    message = ended.err.partition(f"{error.__name__}: ")[2].rstrip("\n")
    assert message, ended.err
    assert "Traceback (most recent call last)" not in ended.err
    if not issubclass(error, TaskFailed):
        assert "\n" not in message
        assert ended.err.count("\n") == 1, "nothing but the error"
    for word in named:
        assert word in message
    *options, path = words
    output = None
    if options[:1] == ["-o"]:
        output, *options = options[1:]
    with pytest.raises(error) as caught:
        bigdata.run(job, path, output=output, args=["--no-conf", *options])
    assert type(caught.value) is error
    assert shell.files() == before
    return message


# inputs and outputs


def test_missing_input(shell):
    assert_refused(shell, LineLengths, ["-o", "out", "nowhere.txt"], InputNotFound, "nowhere.txt", "Check the path")


def test_glob_without_a_match(shell):
    assert_refused(shell, LineLengths, ["-o", "out", "no*.txt"], InputNotFound, "no*.txt")


def test_empty_directory(shell):
    (shell.here / "empty").mkdir()
    assert_refused(shell, LineLengths, ["-o", "out", "empty"], InputNotFound, "empty", "holds no input")


def test_directory_of_hidden_files(shell):
    (shell.here / "hidden").mkdir()
    shell.write("hidden/_SUCCESS", b"")
    assert_refused(shell, LineLengths, ["-o", "out", "hidden"], InputNotFound, "hidden", "holds no input")


def test_one_missing_input_of_two(shell):
    before = shell.files()
    with pytest.raises(InputNotFound, match=r"nowhere\.txt"):
        bigdata.run(LineLengths, ["in.txt", "nowhere.txt"], output="out")
    assert shell.files() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_without_the_right_to_read_it(shell):
    (shell.here / shell.write("secret.txt", TEXT)).chmod(0)
    assert_refused(shell, LineLengths, ["secret.txt"], InputError, "secret.txt", "Permission denied")


def test_file_that_the_system_cannot_open(shell):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        assert_refused(shell, LineLengths, ["socket.txt"], InputError, "socket.txt", "can't be read", "No such device")


def test_link_to_nowhere_in_a_directory(shell):
    (shell.here / "books").mkdir()
    (shell.here / "books/lost.txt").symlink_to("nowhere.txt")
    assert_refused(shell, LineLengths, ["books"], InputError, "books/lost.txt", "can't be read", "No such file")


CORRUPT = {
    "text.gz": (b"not compressed at all\n", "gzip"),
    "cut.gz": (gzip.compress(os.urandom(1000))[:-100], "gzip"),
    "rotten.gz": (gzip.compress(TEXT)[:-8] + b"\0" * 8, "gzip"),
    "text.bz2": (b"not compressed at all\n", "bz2"),
    "cut.bz2": (bz2.compress(os.urandom(1000))[:-100], "bz2"),
    "text.zst": (b"not compressed at all\n", "zstd"),
}


@pytest.mark.parametrize("job", [LineLengths, TwinThatStumbles], ids=["sorted", "columnar"])
@pytest.mark.parametrize("name", CORRUPT)
def test_corrupt_compressed_file(shell, job, name):
    data, compression = CORRUPT[name]
    shell.write(name, data)
    assert_refused(shell, job, ["-o", "out", name], InputError, name, f"not a whole {compression} file", "again")


@pytest.mark.parametrize("what", ["directory", "file"])
def test_output_that_exists(shell, what):
    if what == "directory":
        (shell.here / "out").mkdir()
    shell.write("out/part-00000" if what == "directory" else "out", b"precious\n")
    assert_refused(shell, LineLengths, ["-o", "out", "in.txt"], OutputExists, "out already holds output", "Remove it")


def test_output_may_be_an_empty_directory(shell):
    (shell.here / "out").mkdir()
    assert shell.command(LineLengths, "-o", "out", "in.txt").code == 0
    assert (shell.here / "out/_SUCCESS").exists()


# what the job's code yields


@pytest.mark.parametrize("fault", NO_PAIR)
@pytest.mark.parametrize("phase", ["mapper", "combiner", "reducer"])
def test_phase_yields_no_pair(shell, phase, fault):
    words = ["-o", "out", "--in", phase, "--fault", fault, "in.txt"]
    line = Faulty.__dict__[phase].__code__.co_firstlineno
    place = f"Faulty stage 0: {phase} ("
    message = assert_refused(shell, Faulty, words, BadPair, place, "must yield (key, value)", NO_PAIR[fault])
    assert f"test_errors.py:{line})" in message
    assert ("in.txt, line 1." in message) is (phase == "mapper")


@pytest.mark.parametrize("edge", ["init", "final"])
@pytest.mark.parametrize("role", ["mapper", "combiner", "reducer"])
def test_init_or_final_yields_no_pair(shell, role, edge):
    phase = f"{role}_{edge}"
    words = ["-o", "out", "--in", phase, "--fault", "word", "in.txt"]
    line = Faulty.__dict__[phase].__code__.co_firstlineno
    message = assert_refused(shell, Faulty, words, BadPair, f"Faulty stage 0: {phase} (", "must yield", "got 'the'")
    assert f"test_errors.py:{line})" in message


@pytest.mark.parametrize("job", [FaultyMapOnly, FaultyFold], ids=["map-only", "folded"])
@pytest.mark.parametrize("fault", NO_PAIR)
def test_mapper_yields_no_pair_on_every_way(shell, job, fault):
    words = ["-o", "out", "--fault", fault, "in.txt"]
    assert_refused(shell, job, words, BadPair, f"{job.__name__} stage 0: mapper", NO_PAIR[fault], "in.txt, line 1")


@pytest.mark.parametrize("job", [Faulty, FaultyMapOnly], ids=["sorted", "map-only"])
def test_mapper_yields_what_its_protocol_cannot_write(shell, job):
    words = ["-o", "out", "--fault", "unwritable value", "in.txt"]
    assert_refused(shell, job, words, EncodeError, "stage 0", "'a', {1}", "set", "in.txt, line 1", "another protocol")


@pytest.mark.parametrize("job", [Faulty, FaultyMapOnly, FaultyFold], ids=["sorted", "map-only", "folded"])
def test_mapper_yields_a_key_that_its_protocol_cannot_write(shell, job):
    words = ["-o", "out", "--fault", "unwritable key", "in.txt"]
    assert_refused(shell, job, words, EncodeError, "stage 0", "{1}", "set", "in.txt, line 1")


@pytest.mark.parametrize("phase", ["combiner", "reducer", "mapper_final", "reducer_final"])
def test_other_phase_yields_what_its_protocol_cannot_write(shell, phase):
    words = ["-o", "out", "--in", phase, "--fault", "unwritable value", "in.txt"]
    assert_refused(shell, Faulty, words, EncodeError, "stage 0", "'a', {1}", "set")


def test_state_that_json_cannot_write(shell):
    words = ["-o", "out", "in.txt"]
    assert_refused(shell, UnwritableState, words, EncodeError, "UnwritableState stage 0", "'lines'", "{'the", "set")


@pytest.mark.parametrize("name", ["records.json", "records.json.gz"])
def test_record_that_the_input_protocol_cannot_read(shell, name):
    text = b'"fine"\r\n"fine too"\r\n{broken\r\n"fine"\r\n'
    shell.write(name, gzip.compress(text) if name.endswith(".gz") else text)
    words = ["-o", "out", name]
    assert_refused(shell, LengthsOfJson, words, DecodeError, "JSONValueProtocol", "{broken", f"{name}, line 3.")


def test_pair_that_the_next_step_cannot_read(shell):
    class Disagrees(LineLengths):
        def internal_protocol(self):
            protocol = super().internal_protocol()
            protocol.read = self.refuse
            return protocol

        def refuse(self, line):
            raise ValueError("illegible")

    assert_refused(shell, Disagrees, ["in.txt"], DecodeError, "Disagrees stage 0", "illegible")


# exceptions in the job's code


@pytest.mark.parametrize("fault", ["raises", "raises late"])
@pytest.mark.parametrize("phase", ["mapper", "combiner", "reducer"])
@pytest.mark.parametrize("edge", ["", "_init", "_final"])
def test_exception_shows_the_users_frames_alone(shell, phase, edge, fault):
    phase += edge
    words = ["-o", "out", "--in", phase, "--fault", fault, "in.txt"]
    message = assert_refused(shell, Faulty, words, TaskFailed, f"Faulty stage 0: {phase} (", "LookupError: nobody home")
    first, *frames = message.splitlines()
    assert ("in.txt, line 1." in first) is (phase == "mapper")
    shown = re.findall(r'File "(.*)", line \d+, in (\w+)', "\n".join(frames))
    assert {Path(path).name for path, _ in shown} == {"test_errors.py"}
    names = ["raises_late"] if fault == "raises late" else [phase, "act", "raises"]
    assert [name for _, name in shown] == names
    assert "raise LookupError" in frames[-2]
    assert frames[-1] == "LookupError: nobody home"


@pytest.mark.parametrize("name", ["in.txt", "crlf.txt", "in.gz", "in.bz2"])
def test_exception_names_file_and_line(shell, name):
    lines = [b"word"] * 2999 + [b"stone"] + [b"word"] * 10
    text = (b"\r\n" if name == "crlf.txt" else b"\n").join(lines)
    compress = {".gz": gzip.compress, ".bz2": bz2.compress}.get(Path(name).suffix, bytes)
    shell.write(name, compress(text))
    words = ["-o", "out", "--line", "stone", name]
    message = assert_refused(shell, StumblesOn, words, TaskFailed, "the record 'stone'", "LookupError: stumbled")
    assert message.splitlines()[0].endswith(f"{name}, line 3000.")


def test_exception_in_the_last_split_of_a_big_file(shell):
    lines = [b"word " * 40] * 12_000
    lines[11_990] = b"stone"
    shell.write("big.txt", b"\n".join(lines))
    before = shell.files()
    with pytest.raises(TaskFailed, match="LookupError: stumbled") as caught:
        bigdata.run(StumblesOn, "big.txt", output="out", args=["--line", "stone"], workers=2)
    first, *frames = str(caught.value).splitlines()
    assert first.endswith("big.txt, line 11991.")
    assert "in mapper" in frames[1]
    assert frames[-1] == "LookupError: stumbled"
    assert shell.files() == before


def test_second_step_is_named(shell):
    class Second(Faulty):
        def steps(self):
            return [MRStep(reducer=lambda _, lines: [("all", list(lines))]), MRStep(mapper=self.mapper)]

    assert_refused(shell, Second, ["in.txt"], TaskFailed, "Second stage 1: mapper", "nobody home")


def test_combiner_that_fails_at_a_spill_is_not_the_records_fault(shell):
    shell.write("many.txt", b"".join(b"%d\n" % number for number in range(150_000)))
    options = ["--memory-limit", "234MiB", "--on-error", "skip", "--in", "combiner", "many.txt"]
    message = assert_refused(shell, Faulty, options, TaskFailed, "Faulty stage 0: combiner (", "nobody home")
    assert "many.txt" not in message


def test_exit_in_a_mapper_is_no_success(shell):
    class Exits(Job):
        def mapper(self, _, line):
            sys.exit(0)

    assert_refused(shell, Exits, ["-o", "out", "in.txt"], TaskFailed, "SystemExit: 0", "in.txt, line 1")


SCRIPT = """\
from bigdata import Job


class Lengths(Job):
    def mapper(self, _, line):
        yield from self.measure(line)

    def measure(self, line):
        yield len(line), 1 / (line != "the end")

    def reducer(self, length, ones):
        yield length, sum(ones)


if __name__ == "__main__":
    Lengths.run()
"""


def test_exception_in_a_script(shell):
    shell.write("lengths.py", SCRIPT.encode())
    before = shell.files()
    ended = shell.python("lengths.py", "--no-conf", "-o", "out", "in.txt")
    assert ended.code == 1
    assert ended.out == ""
    first, heading, *frames = ended.err.splitlines()
    assert first.startswith("TaskFailed: Lengths stage 0: mapper (lengths.py:5) raised ZeroDivisionError")
    assert first.endswith("in.txt, line 2.")
    assert heading.startswith("Traceback")
    assert [re.sub('File ".*/', 'File "', line.strip()) for line in frames if "^" not in line] == [
        'File "lengths.py", line 6, in mapper',
        "yield from self.measure(line)",
        'File "lengths.py", line 9, in measure',
        'yield len(line), 1 / (line != "the end")',
        "ZeroDivisionError: division by zero",
    ]
    assert shell.files() == before


def test_mistake_in_a_script(shell):
    shell.write("lengths.py", SCRIPT.replace("yield from self.measure(line)", "yield line").encode())
    ended = shell.python("lengths.py", "--no-conf", "in.txt")
    assert ended.code == 1
    assert ended.out == ""
    (line,) = ended.err.splitlines()
    assert line.startswith("BadPair: Lengths stage 0: mapper (lengths.py:5) must yield (key, value); got 'the dog'")


# attempts, workers and signals


def test_task_that_fails_at_first_is_tried_again(shell):
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "3"]) as result:
        assert dict(result) == {"the dog": 1, "the end": 1}
        assert result.counters == [{"lines": {"mapped": 2}}]


def test_number_of_attempts_is_the_jobconfs(shell):
    jobconf = ["-D", "mapreduce.map.maxattempts=2"]
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "1", *jobconf]) as result:
        assert result.counters == [{"lines": {"mapped": 2}}]
    with pytest.raises(TaskFailed, match="not yet"):
        bigdata.run(FailsAtFirst, "in.txt", args=["--times", "2", *jobconf])


def test_killed_worker_is_replaced(shell):
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "1", "--kill"], workers=2) as result:
        assert dict(result) == {"the dog": 1, "the end": 1}
        assert result.counters == [{"lines": {"mapped": 2}}]


def test_worker_that_is_killed_over_and_over(shell):
    before = shell.files()
    with pytest.raises(WorkerLost, match=r"FailsAtFirst stage 0 map task 0.* killed by SIGKILL, 4 times") as caught:
        bigdata.run(FailsAtFirst, "in.txt", args=["--times", "9", "--kill"], output="out", workers=2)
    assert "\n" not in str(caught.value)
    assert shell.files() == before


def test_job_that_its_workers_cannot_import(shell):
    shell.write("torn.py", SCRIPT.replace("class", 'open("in.txt").close()\n\n\nclass', 1).encode())
    lines = ["import bigdata, os, torn", "os.remove('in.txt')", "bigdata.run(torn.Lengths, __file__, workers=2)"]
    shell.write("elsewhere.py", "\n".join(lines).encode())
    ended = shell.python("elsewhere.py")
    assert "TaskFailed: a worker can't import the job: FileNotFoundError" in ended.err
    assert "WorkerLost" not in ended.err


SLEEPER = """\
import os, time
from bigdata import Job


class Sleeper(Job):
    def mapper(self, _, line):
        with open(os.path.join(os.environ["MARKS"], str(os.getpid())), "w"):
            pass
        time.sleep(60)

    def reducer(self, key, values):
        yield key, None


Sleeper.run()
"""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_the_job(shell, tmp_path, monkeypatch, number, workers):
    marks = tmp_path / "marks"
    marks.mkdir()
    monkeypatch.setenv("MARKS", str(marks))
    shell.write("sleeper.py", SLEEPER.encode())
    shell.write("more.txt", TEXT)
    before = shell.files()
    words = ["--no-conf", "--workers", str(workers), "-o", "out", "in.txt", "more.txt"]
    process = shell.process("sleeper.py", *words, start_new_session=True)
    wait_for(lambda: len(list(marks.iterdir())) == workers)
    os.killpg(process.pid, number)
    out, err = process.communicate(timeout=20)
    assert err == "Interrupted: the job was stopped and left no output.\n"
    assert (process.returncode, out) == (128 + number, "")
    assert not [pid for pid in marks.iterdir() if Path("/proc", pid.name).exists()]
    assert shell.files() == before


QUERY = """\
from bigdata import Job, columnar


class Endless(Job):
    @columnar("SELECT line AS key, count(*) AS value FROM input, range(1000000000000) GROUP BY line")
    def mapper(self, _, line):
        yield line, 1000000000000


Endless.run()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_a_query(shell, number):
    shell.write("endless.py", QUERY.encode())
    before = shell.files()
    process = shell.process("endless.py", "--no-conf", "-o", "out", "in.txt")
    wait_for(lambda: list(shell.tmp.glob("*/stage-0/columnar-*")))
    time.sleep(1)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert err == "Interrupted: the job was stopped and left no output.\n"
    assert (process.returncode, out) == (128 + number, "")
    assert shell.files() == before


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


# the disk


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk takes the right to mount one")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


BULK = b"".join(b"%d\n" % number for number in range(1000))


@pytest.mark.parametrize("job", [Bulky, BulkyReduce], ids=["map-only", "sorted"])
def test_disk_of_the_output_is_full(shell, small_disk, job):
    shell.write("in.txt", BULK)
    output = str(small_disk / "out")
    assert_refused(shell, job, ["-o", output, "in.txt"], DiskFull, "no space left", str(small_disk), "Free some")
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize(("job", "workers"), [(Bulky, 1), (BulkyReduce, 1), (BulkyReduce, 2)])
def test_disk_of_the_temporary_files_is_full(shell, small_disk, job, workers):
    shell.write("in.txt", BULK)
    words = ["-o", "out", "--workers", str(workers), "--local-tmp-dir", str(small_disk), "in.txt"]
    assert_refused(shell, job, words, DiskFull, "no space left", str(small_disk), "--local-tmp-dir")
    assert list(small_disk.iterdir()) == []


def test_disk_is_full_of_standard_input(shell, small_disk):
    words = ["-o", "out", "--local-tmp-dir", str(small_disk), "-"]
    with open(shell.write("in.txt", BULK * 1000), "rb") as stdin, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        ended = shell.command(Bulky, *words)
    assert ended.code == 1
    note, line = ended.err.splitlines()
    assert note == "reading from STDIN"
    assert line.startswith("DiskFull: no space left")
    assert list(small_disk.iterdir()) == []


def test_disk_of_standard_output_is_full(shell):
    shell.write("lengths.py", SCRIPT.replace("/ (line", "* (line").encode())
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "lengths.py", "--no-conf", "in.txt"],
            env={**os.environ, "TMPDIR": str(shell.tmp), "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("DiskFull: no space left on the disk of standard output")
    assert "Traceback" not in done.stderr


def test_disk_of_a_spilling_query_is_full(shell, small_disk):
    class Distinct(Job):
        aggregator = Sum()

        @columnar("SELECT line || '-' || number AS key, 1 AS value FROM input, range(30) AS numbers(number)")
        def mapper(self, _, line):
            for number in range(30):
                yield f"{line}-{number}", 1

    shell.write("in.txt", b"".join(b"%060d\n" % number for number in range(60_000)))
    words = ["-o", "out", "--memory-limit", "234MiB", "--local-tmp-dir", str(small_disk), "in.txt"]
    assert_refused(shell, Distinct, words, DiskFull, "no space left", str(small_disk), "--local-tmp-dir")
    assert list(small_disk.iterdir()) == []


def test_directory_that_may_not_be_written(shell):
    shell.write("file", b"")
    assert_refused(shell, LineLengths, ["-o", "file/out", "in.txt"], UsageError, "file", "can't be written")
    words = ["--local-tmp-dir", "file/tmp", "in.txt"]
    assert_refused(shell, LineLengths, words, UsageError, "file/tmp", "can't be written")


# engines and options


def test_unknown_engine(shell):
    ended = shell.command(LineLengths, "-r", "nonsense", "in.txt")
    assert ended.code == 2
    assert "nonsense" in ended.err
    assert "duckdb" in ended.err
    with pytest.raises(UnknownEngine, match=r"'nonsense'.*duckdb, .*spark"):
        bigdata.run(LineLengths, "in.txt", engine="nonsense")


@pytest.mark.parametrize(
    ("engine", "library", "line"),
    [
        ("duckdb", "duckdb", "pip install 'bigdata'"),
        ("spark", "pyspark", "pip install 'bigdata[spark]'"),
        ("emr", "boto3", "pip install 'bigdata[emr]'"),
    ],
)
def test_engine_that_is_not_installed(shell, monkeypatch, engine, library, line):
    monkeypatch.setitem(sys.modules, library, None)
    assert_refused(shell, LineLengths, ["-r", engine, "in.txt"], EngineNotInstalled, engine, library, line)


@pytest.mark.parametrize(
    ("engine", "option", "value"),
    [
        ("inline", "--workers", "2"),
        ("local", "--memory-limit", "1GB"),
        ("inline", "--on-error", "skip"),
        ("inline", "--output-format", "json"),
        ("duckdb", "--spark-master", "local[2]"),
        ("duckdb", "--region", "eu-west-1"),
        ("duckdb", "--hadoop-bin", "hadoop"),
    ],
)
def test_option_that_the_engine_does_not_have(shell, engine, option, value):
    words = ["-r", engine, option, value, "in.txt"]
    assert_refused(shell, LineLengths, words, UnsupportedOption, f"-r {engine} has no option {option}")


def test_option_that_no_engine_has(shell):
    with pytest.raises(UnsupportedOption, match="'nonsense', which no engine has"):
        bigdata.run(LineLengths, "in.txt", nonsense=1)


def test_value_that_an_option_does_not_take(shell):
    ended = shell.command(LineLengths, "--workers", "two", "in.txt")
    assert ended.code == 2
    assert "--workers" in ended.err
    with pytest.raises(UsageError, match=r"--workers.*two"):
        bigdata.run(LineLengths, "in.txt", workers="two")


@pytest.mark.parametrize(
    ("words", "error", "named"),
    [
        (["--memory-limit", "lots"], UsageError, ["--memory-limit", "'lots'", "512MB"]),
        (["--memory-limit", "1MB"], MemoryLimit, ["--memory-limit", "at least 234 MiB"]),
        (["--memory-limit", "0"], MemoryLimit, ["--memory-limit", "at least 234 MiB"]),
        (["--workers", "0"], UsageError, ["--workers", "at least 1", "got 0"]),
        (["--workers", "-2"], UsageError, ["--workers", "at least 1", "got -2"]),
        (["--on-error", "nonsense"], UsageError, ["--on-error", "fail, skip or quarantine DIR", "'nonsense'"]),
        (["--on-error", "skip", "--max-errors", "few"], UsageError, ["--max-errors", "'few'", "1%"]),
        (["--max-errors", "3"], UsageError, ["--max-errors needs --on-error"]),
        (["-D", "mapreduce.job.reduces=0"], UsageError, ["mapreduce.job.reduces", "at least 1", "'0'"]),
        (["-D", "mapreduce.job.reduces=some"], UsageError, ["mapreduce.job.reduces", "'some'"]),
        (["-D", "mapreduce.map.maxattempts=0"], UsageError, ["mapreduce.map.maxattempts", "'0'"]),
        (["--output-format", "parquet"], UsageError, ["parquet is not for the terminal", "-o DIR"]),
    ],
)
def test_value_that_makes_no_sense(shell, words, error, named):
    before = shell.files()
    ended = shell.command(LineLengths, *words, "in.txt")
    assert ended.code == 1
    assert ended.err.startswith(f"{error.__name__}: ")
    assert ended.err.count("\n") == 1
    for word in named:
        assert word in ended.err
    assert shell.files() == before


# records that fail


def test_failed_records_are_skipped(shell):
    shell.write("in.txt", b"1\ntwo\n3\nfour\n")
    with bigdata.run(Numbers, "in.txt", on_error="skip") as result:
        assert dict(result) == {"sum": 4}
        assert result.counters == [{"bigdata": {"records skipped": 2}}]


def test_record_that_fails_counts_whole_or_not_at_all(shell):
    class Halves(Job):
        def mapper(self, _, line):
            yield "first halves", 1
            yield "second halves", {1} if line == "bad" else 1

        def reducer(self, key, ones):
            yield key, sum(ones)

    class FoldedHalves(Halves):
        def steps(self):
            return [MRStep(mapper=self.mapper, aggregator=Sum())]

    shell.write("in.txt", b"good\nbad\ngood\n")
    for job in (Halves, FoldedHalves):
        with bigdata.run(job, "in.txt", on_error="skip") as result:
            assert dict(result) == {"first halves": 2, "second halves": 2}


def test_good_records_leave_no_trace_of_on_error(shell):
    shell.write("in.txt", b"1\n2\n")
    with bigdata.run(Numbers, "in.txt", on_error="quarantine bad") as result:
        assert dict(result) == {"sum": 3}
        assert result.counters == [{}]
    assert os.listdir("bad") == ["_SUCCESS"]


@pytest.mark.parametrize(
    ("most", "is_enough"), [("2", True), ("1", False), ("0", False), ("50%", True), ("49%", False), (2, True)]
)
def test_threshold_of_failed_records(shell, most, is_enough):
    shell.write("in.txt", b"1\ntwo\n3\nfour\n")
    if is_enough:
        with bigdata.run(Numbers, "in.txt", on_error="skip", max_errors=most) as result:
            assert dict(result) == {"sum": 4}
    else:
        with pytest.raises(TooManyErrors, match=r"2 of 4 records failed.*in\.txt, line 2: ValueError"):
            bigdata.run(Numbers, "in.txt", on_error="skip", max_errors=most)


def test_threshold_leaves_nothing(shell):
    shell.write("in.txt", b"1\ntwo\n")
    words = ["-o", "out", "--on-error", "quarantine", "bad", "--max-errors", "0", "in.txt"]
    assert_refused(shell, Numbers, words, TooManyErrors, "Numbers stage 0", "1 of 2 records", "--max-errors", "line 2")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_quarantine_holds_the_failed_records(shell, workers):
    shell.write("a.txt", b'"fine"\r\n{broken\r\n7\r\n')
    shell.write("b.gz", gzip.compress(b'"fine"\n\xff\n'))
    words = ["--on-error", "quarantine", "bad", "--workers", workers, "-o", "out", "a.txt", "b.gz"]
    ended = shell.command(LengthsOfJson, *words)
    assert ended.code == 0
    assert "records quarantined=3" in ended.err
    assert sorted(os.listdir("bad")) == ["_SUCCESS", "stage-0.json"]
    first, second, third = map(json.loads, (shell.here / "bad/stage-0.json").read_text().splitlines())
    a, b = str(shell.here / "a.txt"), str(shell.here / "b.gz")
    assert (first["input"], first["line"], first["record"]) == (a, 2, "{broken")
    assert "DecodeError" in first["error"]
    assert (second["input"], second["line"], second["record"]) == (a, 3, "7")
    assert second["error"] == "TypeError: object of type 'int' has no len()"
    assert (third["input"], third["line"], third["record"]) == (b, 2, "\\xff")
    assert "".join(path.read_text() for path in (shell.here / "out").glob("part-*")) == "4\t2\n"


def test_quarantine_gives_the_lines_of_a_later_split(shell):
    lines = [b"%0200d" % 1] * 12_000
    lines[11_990] = b"one"
    shell.write("big.txt", b"\n".join(lines))
    with bigdata.run(Numbers, "big.txt", on_error="quarantine bad", workers=2) as result:
        assert result.stages[0].tasks["map"] > 1
        assert dict(result) == {"sum": 11_999}
    (record,) = map(json.loads, (shell.here / "bad/stage-0.json").read_text().splitlines())
    assert (record["line"], record["record"]) == (11_991, "one")


def test_quarantine_that_exists_is_refused(shell):
    (shell.here / "bad").mkdir()
    shell.write("bad/stage-0.json", b"precious\n")
    words = ["-o", "out", "--on-error", "quarantine", "bad", "in.txt"]
    assert_refused(shell, Numbers, words, OutputExists, "bad already holds output")


def test_only_records_are_skipped(shell):
    for phase in ("mapper_init", "mapper_final", "combiner", "reducer"):
        with pytest.raises(TaskFailed, match=rf"{phase} \(.*nobody home"):
            bigdata.run(Faulty, "in.txt", args=["--in", phase], on_error="skip")


# jobs that contradict themselves


def test_jar_step(shell):
    assert_refused(shell, JarJob, ["in.txt"], UnsupportedPlan, "JarJob stage 0", "jar step", "-r hadoop")


def test_aggregator_beside_a_reducer(shell):
    assert_refused(shell, AggregatorBesideReducer, ["in.txt"], UsageError, "aggregator", "reducer", "takes its place")
    with pytest.raises(UsageError, match="combiner"):
        MRStep(aggregator=Sum(), combiner=lambda key, values: None)


def test_steps_that_ignore_the_aggregator(shell):
    assert_refused(shell, AggregatorIgnored, ["in.txt"], UsageError, "AggregatorIgnored", "MRStep(aggregator=...)")


@pytest.mark.parametrize(("job", "named"), [(BrokenTwin, "nonsense"), (TwinWithoutValue, "value")])
@pytest.mark.parametrize("switch", [["--explain"], []])
def test_twin_that_is_no_query(shell, job, named, switch):
    words = [*switch, "in.txt"]
    assert_refused(shell, job, words, UsageError, f"{job.__name__} stage 0", "columnar twin", named)


def test_twin_that_stumbles_over_a_line(shell):
    words = ["-o", "out", "in.txt"]
    assert_refused(shell, TwinThatStumbles, words, TaskFailed, "TwinThatStumbles stage 0", "columnar twin", "the dog")
