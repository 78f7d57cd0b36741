"""What goes wrong, and how it is said; what stops a query."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sql.command.cases import script

# -- errors ---------------------------------------------------------------------------------------------------------


def test_the_first_error_ends_the_script(hive):
    path = script("CREATE TABLE a AS SELECT 1 AS n;\n\nSELECT n\nFROM nosuch;\nCREATE TABLE b AS SELECT 1 AS n;")
    status, printed, errors = hive("-S", "-f", path)
    assert (status, printed, len(errors)) == (1, [], 1)
    assert errors[0].startswith("TableNotFound: script.q: line 3: ") and "nosuch" in errors[0]
    assert hive("-S", "-e", "SHOW TABLES")[1] == ["a"]


@pytest.mark.parametrize(
    "text, message",
    [
        ("SELECT 1;\nSELECT 'open", "SqlSyntaxError: script.q: line 2: the quote ' has no end."),
        ("SELECT 1;\nSELEC 2", "SqlSyntaxError: script.q: line 2, column 7: "),
        ("SOURCE inner.q", "TableNotFound: inner.q: line 2: "),
        ("SELECT 1;\nSOURCE nosuch.q", "InputError: script.q: line 2: nosuch.q: can't be read: No such file"),
        ("ADD FILE nosuch.py", "InputNotFound: script.q: line 1: ADD FILE nosuch.py: no such file."),
        ("\n!ls -l", "UnsupportedStatement: script.q: line 2: !ls -l: commands of the system don't run from scripts."),
        ("ADD JAR a.jar", "UnsupportedStatement: script.q: line 1: ADD JAR a.jar: Java can't run here."),
        ("ADD ARCHIVE a.zip", "UnsupportedStatement: script.q: line 1: ADD ARCHIVE a.zip: archives aren't unpacked."),
        ("dfs -chmod 700 a", "UnsupportedStatement: script.q: line 1: dfs -chmod: expected one of -ls, -cat"),
    ],
)
def test_an_error_names_file_and_line(hive, text, message):
    script("\nSELECT * FROM nosuch", "inner.q")
    status, _, errors = hive("-S", "-f", script(text))
    assert status == 1
    assert errors[0].startswith(message), errors[0]
    assert "Traceback" not in "".join(errors)


def test_errors_are_passed_over_if_that_is_set(hive):
    text = "SET hive.cli.errors.ignore=true; SELECT nosuch; SELECT 1"
    status, printed, errors = hive("-S", "-e", text)
    assert (status, printed, len(errors)) == (0, ["1"], 1)
    assert errors[0].startswith("NameNotFound: -e: line 1: ")
    assert hive("-S", "-e", f"{text}; !ls")[0] == 1


@pytest.mark.parametrize(
    "words, parts",
    [
        (["-d", "INPUT"], ["-d/--define", "expected NAME=VALUE; got 'INPUT'"]),
        (["--hiveconf", "=x"], ["--hiveconf", "expected NAME=VALUE; got '=x'"]),
        (["-e", "SELECT 1", "-f", "a.q"], ["-f", "not allowed with argument -e"]),
        (["--engine", "mr"], ["--engine", "'mr'", "duckdb", "spark"]),
        (["--output-format", "xml"], ["--output-format", "'xml'", "hive", "table", "csv", "json"]),
    ],
)
def test_wrong_options_are_refused(hive, words, parts):
    status, printed, errors = hive(*words)
    assert (status, printed) == (2, [])
    assert all(part in errors[-1] for part in parts), errors[-1]


@pytest.mark.parametrize(
    "words, part", [(["-f", "nosuch.q"], "nosuch.q"), (["--database", "d", "-e", "SELECT 1"], "d")]
)
def test_what_is_missing_is_named(hive, words, part):
    status, printed, errors = hive(*words)
    assert (status, printed, len(errors)) == (1, [], 1)
    assert part in errors[0]


def test_a_script_is_utf8(hive):
    Path("script.q").write_bytes(b"SELECT '\xe4'")
    assert hive("-f", "script.q")[2] == ["UsageError: script.q: byte 9 isn't UTF-8. Save the script as UTF-8."]


def test_who_reads_the_rows_may_stop(tmp_path):
    words = [
        sys.executable,
        "-m",
        "bigdata",
        "hive",
        "-S",
        "-e",
        "SELECT * FROM (SELECT explode(split(space(99999), ''))) t",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_ctrl_c_stops_a_query():
    many = "(SELECT explode(split(space(3000), '')) AS c)"
    query = f"SELECT count(*), max(concat(a.c, b.c, c.c)) FROM {many} a CROSS JOIN {many} b CROSS JOIN {many} c"
    words = [sys.executable, "-m", "bigdata", "hive", "-v", "-e", query]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == f"{query}\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
    assert errors == "Interrupted: the command was stopped and left no output.\n"
