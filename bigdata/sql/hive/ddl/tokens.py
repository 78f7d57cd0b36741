"""The tokens of a DDL statement, and a cursor over them.

Source: Hive's HiveLexer and BaseSemanticAnalyzer (unescapeSQLString).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from bigdata.errors import SqlSyntaxError
from bigdata.sql.hive.context import Statement
from bigdata.sql.types import HiveType, parse_type

T = TypeVar("T")

_TOKEN = re.compile(
    r"""(?P<blank>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<quoted>`(?:[^`]|``)*`)
    |(?P<number>\d+\.\d*(?:[eE][+-]?\d+)?|\d+(?![\w.]))
    |(?P<word>[\w$]+)
    |(?P<mark><=>|<=|>=|<>|!=|==|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[01][0-7]{2}|.)", re.DOTALL)
_ESCAPED = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}


def unescaped(literal: str) -> str:
    r"""What a literal of Hive stands for.

    >>> unescaped(r"'a\tb\001'")
    'a\tb\x01'
    """

    def meaning(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) == 1:
            return _ESCAPED.get(code, code)
        return chr(int(code[1:], 16) if code[0] == "u" else int(code, 8))

    return _ESCAPE.sub(meaning, literal[1:-1])


@dataclass(frozen=True)
class Token:
    """A word, a literal or a mark.

    :param kind: ``text``, ``quoted``, ``number``, ``word``, ``mark``, or ``end``
    :param start: where it begins in the statement
    """

    kind: str
    text: str
    start: int

    @property
    def name(self) -> str:
        """The identifier that it is, in lower case."""
        return (self.text[1:-1].replace("``", "`") if self.kind == "quoted" else self.text).lower()


def first_word(text: str) -> str:
    """The word or mark with which a statement begins, in upper case.

    >>> first_word("/* of pages */ drop table pages")
    'DROP'
    """
    return next((match[0].upper() for match in _TOKEN.finditer(text) if match.lastgroup != "blank"), "")


class Tokens:
    """A cursor over a statement's tokens.

    :param line: the number, in its script, of the statement's first line

    >>> tokens = Tokens("DROP TABLE IF EXISTS `my table`", 1)
    >>> tokens.take("DROP TABLE"), tokens.take("IF EXISTS"), tokens.name()
    (True, True, 'my table')
    """

    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line
        found = [Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(text)]
        self._tokens = [token for token in found if token.kind != "blank"]
        self._tokens.append(Token("end", "", len(text)))
        self._place = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._place]

    def at(self, words: str) -> bool:
        """Whether these words, or marks, come next."""
        wanted = words.split()
        found = self._tokens[self._place : self._place + len(wanted)]
        return [token.text.upper() for token in found if token.kind in ("word", "mark")] == wanted

    def take(self, *choices: str) -> bool:
        """Pass the words of one of some choices, if they come next."""
        for words in choices:
            if self.at(words):
                self._place += len(words.split())
                return True
        return False

    def expect(self, words: str) -> None:
        """Pass words that must come next."""
        if not self.take(words):
            self.fail(words)

    def fail(self, expected: str) -> NoReturn:
        """:raises SqlSyntaxError: always, with the place of the next token"""
        start = self.next.start
        line = self.line + self.text.count("\n", 0, start)
        column = start - (self.text.rfind("\n", 0, start) + 1)
        # a quote that is never closed takes all that follows
        got = self.next.text.partition("\n")[0] if self.next.kind != "end" else "the end of the statement"
        raise SqlSyntaxError(f"line {line}:{column}: expected {expected}, got {got}.")

    def _pass(self, expected: str, *kinds: str) -> Token:
        token = self.next
        if token.kind not in kinds:
            self.fail(expected)
        self._place += 1
        return token

    def end(self) -> None:
        """Nothing more may come."""
        if self.next.kind != "end":
            self.fail("the end of the statement")

    def name(self) -> str:
        """An identifier, in lower case."""
        return self._pass("a name", "word", "quoted").name

    def written_name(self) -> str:
        """An identifier as it is written."""
        token = self._pass("a name", "word", "quoted")
        return token.text.strip("`")

    def string(self) -> str:
        """A literal of text; several in a row are one."""
        text = unescaped(self._pass("a text in quotes", "text").text)
        while self.next.kind == "text":
            text += unescaped(self._pass("", "text").text)
        return text

    def enclosed_string(self) -> str:
        """A literal of text in brackets."""
        (text,) = self.bracketed(self.string)
        return text

    def number(self) -> int:
        token = self._pass("a whole number", "number", "word")
        if not token.text.isdigit():
            self._place -= 1
            self.fail("a whole number")
        return int(token.text)

    def constant(self) -> str:
        """A literal as text: of a number, a text, a date, TRUE, NULL, ..."""
        self.take("DATE", "TIMESTAMP")
        if self.next.kind == "text":
            return self.string()
        sign = "-" if self.take("-") else ""
        return sign + self._pass("a constant", "number", "word").text

    def table(self) -> tuple[str | None, str]:
        """The name of a table, with its database if that is said; one pair of quotes may be around both."""
        name = self.name()
        if self.take("."):
            return name, self.name()
        database, _, table = name.rpartition(".")
        return database or None, table

    def bracketed(self, item: Callable[[], T]) -> tuple[T, ...]:
        """Items with commas between them, in brackets."""
        self.expect("(")
        items = self.listed(item)
        self.expect(")")
        return items

    def listed(self, item: Callable[[], T]) -> tuple[T, ...]:
        """Items with commas between them."""
        items = [item()]
        while self.take(","):
            items.append(item())
        return tuple(items)

    def properties(self) -> dict[str, str]:
        """``('key'='value', ...)``."""

        def pair() -> tuple[str, str]:
            key = self.string()
            self.expect("=")
            return key, self.string()

        return dict(self.bracketed(pair))

    def enclosed(self) -> str:
        """The text between brackets, of which it may hold more."""
        self.expect("(")
        text = self.expression()
        self.expect(")")
        return text

    def expression(self, *ends: str) -> str:
        """The text up to a comma, a closing bracket, or one of some words, outside of brackets."""
        start, depth = self.next.start, 0
        while depth or not (self.next.text in (",", ")") or any(map(self.at, ends))):
            depth += {"(": 1, ")": -1}.get(self.next.text, 0)
            if self.next.kind == "end":
                self.fail(")" if depth > 0 else "more of the expression")
            self._place += 1
        return self.text[start : self.next.start].strip()

    def rest(self) -> tuple[str, int]:
        """The text up to the statement's end, and the line on which it begins."""
        start = self.next.start
        self._place = len(self._tokens) - 1
        return self.text[start:].rstrip(), self.line + self.text.count("\n", 0, start)

    def type(self) -> HiveType:
        """A type of Hive; the comments on the fields of a struct are passed over."""
        pieces, depth = [self._pass("a type", "word").text], 0
        while depth or self.at("<") or self.at("(") or (pieces[-1].lower(), self.next.text.lower()) in _TWO_WORDS:
            if self.take("COMMENT"):
                self.string()
                continue
            token = self._pass("a type", "word", "quoted", "number", "mark")
            depth += {"<": 1, "(": 1, ">": -1, ")": -1}.get(token.text, 0)
            pieces.append(token.text)
        return parse_type(" ".join(pieces))


#: neighbours in the names of types
_TWO_WORDS = {
    ("double", "precision"),
    ("timestamp", "with"),
    ("timestamp", "without"),
    ("with", "local"),
    ("without", "time"),
    ("local", "time"),
    ("time", "zone"),
}

#: the parsers of a family of statements, by the words with which these begin; they get what follows
Parsers = Mapping[str, Callable[[Tokens], Statement]]
