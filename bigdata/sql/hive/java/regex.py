r"""Java's regular expressions: read into a tree, and written for RE2 (in DuckDB) and for Python's ``re``.

The tree has no flags and no names of classes: ``(?i)a`` is the set ``[Aa]``, ``\d`` is ``[0-9]``, ``[a-z&&[^aeiou]]``
its consonants. So both writers say the same with the little that all three languages understand alike.

RE2 has no lookaround, no references back, no possessive quantifiers; :meth:`Pattern.re2` is ``None`` for those, and
where its answer would be another than Java's. Python has them all, but looks behind by a fixed width only.

Sources: the documentation of java.util.regex.Pattern; RE2's syntax page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bigdata.errors import UsageError
from bigdata.sql.hive.java import charsets
from bigdata.sql.hive.java.charsets import Ranges
from bigdata.sql.hive.java.regex_parser import Parser
from bigdata.sql.hive.java.regex_tree import (
    Anchor,
    Back,
    Chars,
    Choice,
    Group,
    Node,
    Repeat,
    Sequence,
    always,
    may_be_empty,
    walk,
)

_MOST_REPEATS = 1000  # of RE2
_REFERENCE = re.compile(r"\$(\d+|\{(\w+)\})")


@dataclass(frozen=True)
class Pattern:
    """A pattern of Java that has been read."""

    text: str
    tree: Node
    names: tuple[tuple[str, int], ...]
    groups: int

    @cached_property
    def python(self) -> re.Pattern[str]:
        """The same for Python.

        :raises UsageError: for a look behind whose width isn't fixed
        """
        try:
            return re.compile(_written(self.tree, _PYTHON))
        except re.error as error:
            raise UsageError(f"The pattern {self.text!r} can't be run: {error.msg}. Write it otherwise.") from None

    @cached_property
    def re2(self) -> str | None:
        """The same for RE2; ``None`` if it has no such thing."""
        return _written(self.tree, _RE2) if _suits_re2(self.tree) else None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """What the pattern finds one after the other; after an empty match Java goes on a character further.

        >>> [found.span() for found in compiled("|a").matches("a")]
        [(0, 0), (1, 1)]
        """
        place = 0
        while place <= len(text) and (found := self.python.search(text, place)):
            yield found
            place = found.end() + (found.end() == found.start())

    @cached_property
    def literal(self) -> str | None:
        """The text that is all that it matches; ``None`` if it isn't one."""
        items = self.tree.items if isinstance(self.tree, Sequence) else (self.tree,)
        codes = [item.set[0] for item in items if isinstance(item, Chars) and len(item.set) == 1]
        plain = len(codes) == len(items) and all(low == high for low, high in codes)
        return "".join(chr(low) for low, _ in codes) if plain else None

    @property
    def may_be_empty(self) -> bool:
        """Whether it may match no character."""
        return may_be_empty(self.tree)

    @property
    def depends_on_ascii(self) -> bool:
        """Whether RE2 answers as Java does only for ASCII text: borders of words are Unicode's in Java."""
        return any(isinstance(node, Anchor) and node.kind in "bB" for node in walk(self.tree))

    @property
    def takes_line_end(self) -> bool:
        """Whether RE2's match may hold the end of the last line, which Java's ``$`` only looks at."""
        return any(isinstance(node, Anchor) and node.kind == "Z" for node in walk(self.tree))

    def always_has(self, group: int) -> bool:
        """Whether every match has the group."""
        return group == 0 or group in always(self.tree, iter(range(1, self.groups + 1)))


@lru_cache(maxsize=1024)
def compiled(text: str) -> Pattern:
    r"""Read a pattern.

    :raises UsageError: for what is no pattern of Java, or has no counterpart in Python

    >>> compiled(r"\p{Alpha}+(?i)x").re2
    '[A-Za-z]+[Xx]'
    >>> compiled(r"a++b").re2, compiled(r"a++b").python.pattern
    (None, 'a++b')
    """
    parser = Parser(text)
    return Pattern(text, parser.tree(), tuple(parser.names.items()), parser.groups)


@lru_cache(maxsize=1024)
def replacement(text: str, pattern: str) -> tuple[str | int, ...]:
    r"""The texts and the groups that a replacement is made of.

    :raises UsageError: for a group that the pattern doesn't have

    >>> replacement(r"<$1\$>", "(a)")
    ('<', 1, '$>')
    """
    parts: list[str | int] = []
    place, groups, names = 0, compiled(pattern).groups, dict(compiled(pattern).names)
    while place < len(text):
        char = text[place]
        if char == "$":
            found = _REFERENCE.match(text, place)
            if found is None:
                raise UsageError(f"{text!r} is no replacement: $ needs a group's number. Write \\$ for a dollar sign.")
            number = found[1] if found[2] is None else str(names.get(found[2], -1))
            while len(number) > 1 and int(number) > groups:
                number = number[:-1]
            if not 0 <= int(number) <= groups:
                raise UsageError(f"{text!r} names the group {found[1]}; {pattern!r} has {groups}.")
            parts.append(int(number))
            place += 1 + (len(number) if found[2] is None else len(found[1]))
            continue
        if char == "\\":
            place += 1
            if place == len(text):
                raise UsageError(f"{text!r} is no replacement: a character must follow the last backslash.")
            char = text[place]
        if parts and isinstance(parts[-1], str):
            parts[-1] += char
        else:
            parts.append(char)
        place += 1
    return tuple(parts)


def _suits_re2(tree: Node) -> bool:
    """Whether RE2 can match the tree, and does it as Java does."""
    last = tree.items[-1:] if isinstance(tree, Sequence) else (tree,)
    for node in walk(tree):
        if isinstance(node, Back) or (isinstance(node, Group) and node.opening not in ("(", "(?:")):
            return False
        if isinstance(node, Anchor) and (node.kind in "^$" or (node.kind == "Z" and node not in last)):
            return False
        if isinstance(node, Repeat) and (
            node.mode == "+" or max(node.least, node.most or 0) > _MOST_REPEATS or may_be_empty(node.body)
        ):
            return False
    return sum(isinstance(node, Anchor) and node.kind == "Z" for node in walk(tree)) <= 1


@dataclass(frozen=True)
class _Language:
    """How a language writes what Java's patterns are made of."""

    code: Callable[[int], str]
    anchors: dict[str, str]


def _word_anchors() -> dict[str, str]:
    word = _class(charsets.letters_and_digits(), _python_code)
    return {
        "b": f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))",
        "B": f"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))",
    }


def _python_code(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_TERMINATOR = r"[\r\x85\u2028\u2029]"
_PYTHON = _Language(
    _python_code,
    {
        "A": r"\A",
        "z": r"\Z",
        "Z": rf"(?:(?=(?:\r\n|{_TERMINATOR})?\Z)|(?<!\r)(?=\n\Z))",
        "^": r"(?!\Z)(?:\A|(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n))",
        "$": rf"(?:(?=\Z|{_TERMINATOR})|(?<!\r)(?=\n))",
    },
)
_RE2 = _Language(
    lambda code: f"\\x{{{code:x}}}",
    {"A": r"\A", "z": r"\z", "Z": r"(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z", "b": r"\b", "B": r"\B"},
)


def _written(node: Node, language: _Language) -> str:
    if isinstance(node, Chars):
        return _class(node.set, language.code)
    if isinstance(node, Anchor):
        return language.anchors.get(node.kind) or _word_anchors()[node.kind]
    if isinstance(node, Back):
        return f"(?:\\{node.number})"
    if isinstance(node, Sequence):
        return "".join(
            f"(?:{_written(item, language)})" if isinstance(item, Choice) else _written(item, language)
            for item in node.items
        )
    if isinstance(node, Choice):
        return "|".join(_written(branch, language) for branch in node.branches)
    if isinstance(node, Group):
        return _group(node, language)
    body = _written(node.body, language)
    if not isinstance(node.body, Chars | Group):
        body = f"(?:{body})"
    return body + _quantifier(node) + node.mode


def _quantifier(node: Repeat) -> str:
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((node.least, node.most))
    if short:
        return short
    if node.least == node.most:
        return f"{{{node.least}}}"
    return f"{{{node.least},{'' if node.most is None else node.most}}}"


def _group(node: Group, language: _Language) -> str:
    """A group; one that looks behind for one of several looks for each, as Python wants all to be of one width."""
    branches = node.body.branches if isinstance(node.body, Choice) else (node.body,)
    if node.opening not in ("(?<=", "(?<!") or len(branches) == 1:
        return f"{node.opening}{_written(node.body, language)})"
    looks = [f"{node.opening}{_written(branch, language)})" for branch in branches]
    return f"(?:{'|'.join(looks)})" if node.opening == "(?<=" else "".join(looks)


def _class(chars: Ranges, code: Callable[[int], str]) -> str:
    if chars == charsets.ALL:
        return "(?s:.)"
    if not chars:
        return "[^" + code(0) + "-" + code(0x10FFFF) + "]"
    if len(chars) == 1 and chars[0][0] == chars[0][1]:
        return _char(chars[0][0], code)
    rest = charsets.negate(chars)
    sign, shown = ("^", rest) if len(rest) < len(chars) else ("", chars)
    parts = (
        _char(low, code) if low == high else f"{_char(low, code)}{'-' if high > low + 1 else ''}{_char(high, code)}"
        for low, high in shown
    )
    return f"[{sign}{''.join(parts)}]"


def _char(code: int, escape: Callable[[int], str]) -> str:
    char = chr(code)
    if char.isascii() and (char.isalnum() or char == "_"):
        return char
    return "\\" + char if 0x20 < code < 0x7F else escape(code)
