"""Inputs that can't be read, and outputs that exist."""

import bz2
import gzip
import os
import socket

import pytest

import bigdata
from bigdata.errors import InputError, InputNotFound, OutputExists

from .faulty import LineLengths, TwinThatStumbles
from .shell import TEXT, assert_refused


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
