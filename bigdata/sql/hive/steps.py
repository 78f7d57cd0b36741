"""A script as steps: its statements one after the other, with those of files that ``source`` names, up to ``quit``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bigdata.errors import BigdataError, UsageError
from bigdata.sql.hive import resources, script, settings
from bigdata.sql.hive.dfs import FileCommand
from bigdata.sql.results import Result
from bigdata.storage import cat, local

_OF_THE_SHELL = (
    settings.Set,
    settings.ShowSetting,
    settings.ShowSettings,
    settings.Reset,
    resources.FileList,
    resources.Source,
    resources.Quit,
    FileCommand,
)


@dataclass(frozen=True)
class Runner:
    """How a session runs statements.

    :param parsed: gives a statement, which begins on a line, as data
    :param run: runs that; gives its rows, or ``None`` where there are none
    """

    parsed: Callable[[str, int], Any]
    run: Callable[[Any], Result | None]


@dataclass
class Step:
    """A statement of a script, that runs when it is told to.

    :param text: as it is written
    :param line: on which it begins
    :param file: that it stands in, if that is known
    """

    runner: Runner
    text: str
    line: int
    file: str
    _statement: Any = None

    def run(self) -> Result | None:
        """Run it; gives its rows, or ``None`` where there are none.

        :raises BigdataError: with file and line
        """
        with located(self.file, self.line):
            self._statement = self.runner.parsed(self.text, self.line)
            if isinstance(self._statement, (resources.Quit, resources.Source)):
                return None
            return self.runner.run(self._statement)

    @property
    def is_sql(self) -> bool:
        """Whether what ran is SQL, rather than a setting, a command for files and the like."""
        return not isinstance(self._statement, _OF_THE_SHELL)

    @property
    def ends(self) -> bool:
        """Whether it was ``quit``."""
        return isinstance(self._statement, resources.Quit)

    @property
    def source(self) -> str | None:
        """The file whose statements stand in its place."""
        return self._statement.path if isinstance(self._statement, resources.Source) else None


def steps(text: str, runner: Runner, file: str = "") -> Generator[Step, None, bool]:
    """The statements of a script as steps; each is to run, or to be given up, before the next is asked for.

    :return: whether ``quit`` ended it
    """
    with located(file):
        statements = list(script.statements(text))
    for statement in statements:
        step = Step(runner, statement.text, statement.line, file)
        yield step
        if step.ends:
            return True
        if step.source is not None:
            with located(file, statement.line):
                inner = text_of(step.source)
            if (yield from steps(inner, runner, step.source)):
                return True
    return False


@contextmanager
def located(file: str, line: int = 1) -> Iterator[None]:
    """Errors with the place of the statement that they are about, which they may know better.

    >>> with located("report.q", 3):
    ...     raise UsageError("no such table")
    Traceback (most recent call last):
    bigdata.errors.UsageError: report.q: line 3: no such table
    """
    try:
        yield
    except BigdataError as error:
        place = "" if str(error).startswith("line ") else f"line {line}: "
        raise type(error)(f"{file}: {place}{error}" if file else f"{place}{error}") from None


def text_of(path: str) -> str:
    """The text of a script by its path or URI.

    :raises InputError: for a file that can't be read
    :raises UsageError: for one that isn't UTF-8
    """
    try:
        return b"".join(cat(local(path))).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: byte {error.start + 1} isn't UTF-8. Save the script as UTF-8.") from None
