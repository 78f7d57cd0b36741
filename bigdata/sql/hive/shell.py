"""What Hive's command line does with a script: statement by statement, it prints rows and says how long they took."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass, replace

from bigdata.errors import BigdataError
from bigdata.sql import presentation
from bigdata.sql.hive.steps import Step
from bigdata.sql.results import Result
from bigdata.sql.session import Session

HEADER, IGNORE = "hive.cli.print.header", "hive.cli.errors.ignore"

_QUERY = re.compile(r"(SELECT|WITH|FROM|INSERT|MAP|REDUCE)\b|\(", re.IGNORECASE)
_OF_SESSION = re.compile(r"(SET|RESET|USE|ADD|SOURCE|QUIT|EXIT)\b", re.IGNORECASE)


@dataclass
class Shell:
    """Runs scripts in a session; rows go to stdout, all else to stderr.

    :param form: how rows are shown, one of :data:`bigdata.sql.presentation.FORMATS`
    :param silent: whether it keeps to itself that a statement is done, and how long it took
    :param verbose: whether statements are printed before their rows
    """

    session: Session
    form: str = "hive"
    silent: bool = False
    verbose: bool = False
    #: whether the last statement failed, and was passed over
    failed: bool = False

    def run(self, text: str, file: str = "") -> bool:
        """Run the statements of a script; gives whether ``quit`` ended it.

        :param file: the script's name, for errors
        :raises BigdataError: for the first statement that fails, unless ``hive.cli.errors.ignore`` is set
        """
        step = None
        for step in self.session.steps(text, file):
            if self.verbose:
                print(step.text, flush=True)
            try:
                self._step(step)
                self.failed = False
            except BigdataError as error:
                if not self.is_set(IGNORE):
                    raise
                self.complain(error)
                self.failed = True
        return step is not None and step.ends

    def explain(self, text: str, file: str = "") -> bool:
        """Print the SQL that the queries of a script become; gives whether ``quit`` ended it.

        Settings and the current database change as the script says; its other statements are named and don't run.
        """
        step = None
        for step in self.session.steps(text, file):
            if _QUERY.match(step.text):
                explained = replace(step, text=f"EXPLAIN {step.text}").run()
                assert explained is not None
                print(*explained.lines(), sep="\n", end=";\n")
            elif _OF_SESSION.match(step.text):
                step.run()
            else:
                print(f"-- not run: {step.text.splitlines()[0]}")
        return step is not None and step.ends

    def _step(self, step: Step) -> None:
        started = time.monotonic()
        result = step.run()
        if step.is_sql:
            self._say("OK")
        rows = 0 if result is None else self._print(result, header=step.is_sql and self.is_set(HEADER))
        if step.is_sql:
            fetched = f", Fetched: {rows} row(s)" if rows else ""
            self._say(f"Time taken: {time.monotonic() - started:.3f} seconds{fetched}")

    def _print(self, result: Result, header: bool) -> int:
        """Print rows; gives how many there are."""
        for line in presentation.lines(result, self.form, header):
            print(line)
        sys.stdout.flush()
        return int(result.table.num_rows)

    def _say(self, line: str) -> None:
        if not self.silent:
            print(line, file=sys.stderr, flush=True)

    def complain(self, error: BigdataError) -> None:
        """Print an error as a line."""
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)

    def is_set(self, setting: str) -> bool:
        """Whether a setting is true."""
        return self.setting(setting).lower() == "true"

    def setting(self, name: str) -> str:
        """The value of a setting; empty if it has none."""
        return next(iter(self.session.sql(f"SET {name}").lines())).partition("=")[2]
