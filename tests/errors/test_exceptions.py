"""Exceptions in the job's own code."""

import bz2
import gzip
import re
import sys
from pathlib import Path

import pytest

import bigdata
from bigdata import Job, MRStep
from bigdata.errors import TaskFailed

from .faulty import SCRIPT, Faulty
from .shell import assert_refused


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
    assert {Path(path).name for path, _ in shown} == {"faulty.py"}
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
