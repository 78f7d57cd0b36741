"""Disks that are full, and directories that may not be written."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bigdata import Job, Sum, columnar
from bigdata.errors import DiskFull, UsageError

from .faulty import SCRIPT, LineLengths
from .shell import ROOT, assert_refused


class Bulky(Job):
    """Writes out some thousand times what it reads."""

    def mapper(self, _, line):
        yield [line, "bulk" * 1000], 1


class BulkyReduce(Bulky):
    def reducer(self, key, ones):
        yield key, sum(ones)


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
