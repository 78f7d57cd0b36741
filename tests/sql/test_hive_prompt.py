"""The prompt of `bigdata hive`: keys that are typed, and what is printed."""

import sys

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bigdata import Session
from bigdata.cli import main
from bigdata.sql.hive import prompt
from bigdata.sql.hive.shell import Shell

ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"


@pytest.fixture
def session(tmp_path):
    with Session("hive", warehouse=tmp_path / "warehouse") as session:
        yield session


@pytest.fixture
def typed(session, capsys):
    """What typing prints, and the history after it."""

    def run(keys):
        history = InMemoryHistory()
        with create_pipe_input() as keyboard:
            keyboard.send_text(keys)
            prompt.converse(Shell(session, silent=True), history, keyboard, DummyOutput())
        printed = capsys.readouterr()
        return printed.out.splitlines(), printed.err.splitlines(), history.get_strings()

    return run


def test_a_statement_ends_with_a_semicolon(typed):
    statement = "SELECT 1,\n  2;"
    assert typed(f"SELECT 1,{ENTER}  2;{ENTER}{CTRL_D}") == (["1\t2"], [], [statement])


@pytest.mark.parametrize("end", ["quit;", "EXIT;", "quit", "exit"])
def test_quit_leaves(typed, end):
    assert typed(f"SELECT 1;{ENTER}{end}{ENTER}")[0] == ["1"]


def test_ctrl_c_gives_up_what_is_written(typed):
    printed, errors, _ = typed(f"SELECT nosuch{ENTER}{CTRL_C}SELECT 2;{ENTER}{CTRL_D}")
    assert (printed, errors) == (["2"], ["Interrupted."])


def test_an_error_is_a_line_and_the_prompt_goes_on(typed):
    printed, errors, _ = typed(f"SELECT nosuch;{ENTER}SELECT 3;{ENTER}{CTRL_D}")
    assert printed == ["3"]
    assert len(errors) == 1 and errors[0].startswith("NameNotFound: line 1: ")


@pytest.mark.parametrize(
    "text, found, missing",
    [
        ("SEL", "SELECT", "select"),
        ("sel", "select", "SELECT"),
        ("SELECT regexp_e", "regexp_extract", "regexp_replace"),
        ("SELECT * FROM vi", "visits", "page_address"),
        ("SELECT page FROM visits WHERE visits.page_", "page_address", "visits"),
        ("USE sal", "sales", "visits"),
    ],
)
def test_a_word_becomes_a_name(session, text, found, missing):
    session.sql("CREATE DATABASE sales; CREATE TABLE visits (page_address string)")
    offered = [each.text for each in prompt.Names(session).get_completions(Document(text), CompleteEvent())]
    assert found in offered
    assert missing not in offered


def test_names_are_asked_for_anew_after_a_statement(session):
    names = prompt.Names(session)

    def offered():
        return [each.text for each in names.get_completions(Document("SELECT * FROM visi"), CompleteEvent())]

    assert "visits" not in offered()
    session.sql("CREATE TABLE visits (a int)")
    names.forget()
    assert "visits" in offered()


def test_the_prompt_shows_the_database_if_asked(session):
    shell = Shell(session)
    assert prompt._invitation(shell) == "hive> "
    session.sql("SET hive.cli.print.current.db=true; CREATE DATABASE sales; USE sales")
    assert prompt._invitation(shell) == "hive (sales)> "
    session.sql("SET hive.cli.prompt=shop")
    assert prompt._invitation(shell) == "shop (sales)> "


def test_history_is_kept_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    prompt._history().append_string("SELECT 1;")
    assert (tmp_path / ".bigdata_hive_history").exists()
    assert list(prompt._history().load_history_strings()) == ["SELECT 1;"]


class Terminal:
    def isatty(self):
        return True


def test_the_prompt_needs_its_library(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("bigdata.sql.hive.command.find_spec", lambda name: None)
    with pytest.raises(
        SystemExit, match=r"EngineNotInstalled: the prompt needs prompt_toolkit: pip install 'bigdata\[sql\]'"
    ):
        main(["hive"])


@pytest.mark.parametrize("option", ["--check", "--explain"])
def test_there_is_nothing_to_read_at_a_prompt(monkeypatch, tmp_path, option):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal())
    with pytest.raises(SystemExit, match="UsageError: --check and --explain are about a script"):
        main(["hive", option])
