"""The prompt of ``bigdata hive``: statements over several lines up to a semicolon, history, completion.

Ctrl-C gives up what is being written or what runs, Ctrl-D leaves.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output
from sqlglot.dialects.hive import Hive

from bigdata.errors import BigdataError
from bigdata.sql.hive.shell import Shell
from bigdata.sql.session import Session

HISTORY = "~/.bigdata_hive_history"
PROMPT, PRINT_DATABASE = "hive.cli.prompt", "hive.cli.print.current.db"
_WORD = re.compile(r"\w+")
_COMPLETE = re.compile(r"\s*|\s*(quit|exit)\s*|.*;\s*", re.IGNORECASE | re.DOTALL)
_KEYWORDS = sorted(word for word in Hive.Tokenizer.KEYWORDS if re.fullmatch("[A-Z ]+", word))


class Names(Completer):
    """What a word may become: a keyword, a function, a table, a column of a table that the text names."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, list[str]] = {}

    def forget(self) -> None:
        """Ask again for names, which a statement may have changed."""
        self._known.clear()

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        word = document.get_word_before_cursor(pattern=_WORD)
        if not word:
            return
        keywords = _KEYWORDS if word.isupper() else map(str.lower, _KEYWORDS)
        for name in dict.fromkeys([*self._of_catalog(document.text), *keywords]):
            if name.startswith(word if word.isupper() and name.isupper() else word.lower()):
                yield Completion(name, start_position=-len(word))

    def _of_catalog(self, text: str) -> Iterator[str]:
        tables = self._asked("SHOW TABLES")
        for name in sorted(set(_WORD.findall(text.lower())).intersection(tables)):
            yield from self._asked(f"SHOW COLUMNS IN `{name}`")
        yield from tables
        yield from self._asked("SHOW DATABASES")
        yield from self._asked("SHOW FUNCTIONS")

    def _asked(self, statement: str) -> list[str]:
        """The names that a statement lists."""
        if statement not in self._known:
            self._known[statement] = []
            with suppress(BigdataError):
                self._known[statement] = [line.strip() for line in self._session.sql(statement).lines()]
        return self._known[statement]


def is_complete(text: str) -> bool:
    """Whether Enter ends what is written, rather than a line of it.

    >>> is_complete("SELECT 1"), is_complete("SELECT 1;"), is_complete("quit")
    (False, True, True)
    """
    return _COMPLETE.fullmatch(text) is not None


def converse(
    shell: Shell, history: History | None = None, input: Input | None = None, output: Output | None = None
) -> None:
    """Run what is written at a prompt, until ``quit`` or Ctrl-D; an error is a line, and the prompt goes on.

    :param history: what was written before; by default in :data:`HISTORY`
    :param input: the keys, by default the terminal's
    :param output: where the prompt is shown, by default the terminal
    """
    names = Names(shell.session)
    prompt: PromptSession[str] = PromptSession(
        history=history or _history(),
        completer=names,
        complete_while_typing=False,
        multiline=True,
        key_bindings=_keys(),
        prompt_continuation=lambda width, line, wrapped: f"{'> ':>{width}}",
        input=input,
        output=output,
    )
    while True:
        try:
            text = prompt.prompt(_invitation(shell))
            names.forget()
            if shell.run(text):
                return
        except EOFError:
            return
        except KeyboardInterrupt:
            print("Interrupted.", file=sys.stderr)
        except BigdataError as error:
            shell.complain(error)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def _history() -> History:
    path = os.path.expanduser(HISTORY)
    writable = os.access(path if os.path.exists(path) else os.path.dirname(path), os.W_OK)
    return FileHistory(path) if writable else InMemoryHistory()


def _invitation(shell: Shell) -> str:
    prompt = shell.setting(PROMPT)
    if shell.is_set(PRINT_DATABASE):
        prompt += f" ({next(iter(shell.session.sql('SELECT current_database()').lines()))})"
    return f"{prompt}> "
