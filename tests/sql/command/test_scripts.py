"""Scripts: where they come from, variables and settings, what runs before, and `source`."""

import io
from pathlib import Path

import pytest

from tests.sql.command.cases import script

# -- where statements come from -------------------------------------------------------------------------------------


def test_statements_of_several_options_share_a_session(rows):
    assert rows("-e", "SET hivevar:x=5", "-e", "SELECT ${x}") == ["5"]


def test_a_script_is_a_file_or_a_uri(rows):
    path = script("-- a comment; with a semicolon\nSELECT 'ä;';\n")
    assert rows("-f", path) == rows("-f", Path(path).absolute().as_uri()) == ["ä;"]


def test_a_script_comes_from_standard_input(rows, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1;\nSELECT 2"))
    assert rows() == ["1", "2"]


@pytest.mark.parametrize("option", ["-d", "--define", "-define", "--hivevar", "-hivevar"])
def test_variables_are_put_in(rows, option):
    assert rows(option, "x=a=b", "-e", "SELECT '${x}', '${hivevar:x}', '${y}'") == ["a=b\ta=b\t${y}"]


@pytest.mark.parametrize("option", ["--hiveconf", "-hiveconf"])
def test_settings_are_those_of_set(rows, option):
    assert rows(option, "some.thing=5", "-e", "SET some.thing; SELECT ${hiveconf:some.thing}") == ["some.thing=5", "5"]


def test_scripts_before_run_in_silence(hive):
    first, second = script("SET hivevar:x=5; CREATE DATABASE d", "a.q"), script("SELECT ${x}", "b.q")
    status, printed, errors = hive("-i", first, "-i", second, "-e", "SHOW DATABASES LIKE 'd'")
    assert (status, printed) == (0, ["5", "d"])
    assert len(errors) == 2


def test_the_home_folder_has_a_script_that_runs_first(rows, tmp_path):
    """LanguageManual Cli, the hiverc file: it runs where -i names no other."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".hiverc").write_text("SET hivevar:x=5;\nSET hive.cli.print.header=true;\n")
    assert rows("-e", "SELECT ${x} AS a") == ["a", "5"]
    assert rows("-i", script("SET hivevar:x=6", "init.q"), "-e", "SELECT ${x} AS a") == ["6"]


def test_a_session_begins_in_a_database(rows):
    rows("-e", "CREATE DATABASE d; CREATE TABLE d.t AS SELECT 3 AS a")
    assert rows("--database", "d", "-e", "SELECT a FROM t") == ["3"]
    assert rows("-database", "d", "-e", "SELECT a FROM t") == ["3"]


def test_tables_last_in_the_warehouse(rows):
    rows("--warehouse", "here", "-e", "CREATE TABLE t AS SELECT 3 AS a")
    assert rows("--warehouse", "here", "-e", "SHOW TABLES") == ["t"]
    assert rows("--warehouse", "there", "-e", "SHOW TABLES") == []


def test_quit_ends_all(rows):
    script("SELECT 2; QUIT; SELECT 3", "inner.q")
    assert rows("-e", "SELECT 1; SOURCE inner.q; SELECT 4", "-e", "SELECT 5") == ["1", "2"]
    assert rows("-i", script("exit", "init.q"), "-e", "SELECT 5") == []


def test_source_runs_a_file_in_its_place(hive):
    script("SELECT 2;\nSELECT 3", "inner.q")
    status, printed, errors = hive("-e", "SET hivevar:name=inner; SOURCE ${name}.q; SELECT 4")
    assert (status, printed) == (0, ["2", "3", "4"])
    assert errors[::2] == ["OK"] * 3
