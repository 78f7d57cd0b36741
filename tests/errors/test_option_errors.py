"""Engines and options that there are none of."""

import sys

import pytest

import bigdata
from bigdata.errors import EngineNotInstalled, MemoryLimit, UnknownEngine, UnsupportedOption, UsageError

from .faulty import LineLengths
from .shell import assert_refused


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
        ("duckdb", "--setup", "true"),
        ("duckdb", "--step-output-dir", "steps"),
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
