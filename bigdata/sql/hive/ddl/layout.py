r"""How Hive lays out what it shows: fields padded to twenty characters between tabs, and escaped texts.

Source: Hive's MetaDataFormatUtils (formatOutput, indentMultilineValue) and HiveStringUtils.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bigdata.sql.hive.context import Answer

_WIDTH = 20
_CONTROLS = {"\b": "\\b", "\n": "\\n", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_JAVA = str.maketrans({'"': '\\"', "\\": "\\\\", **_CONTROLS})
_COMMAND = str.maketrans({"'": "\\'", ";": "\\;", "\\": "\\\\", **_CONTROLS})


def java(text: str) -> str:
    r"""A text with quotes, backslashes and line ends escaped.

    >>> print(java('say "yes"'))
    say \"yes\"
    """
    return text.translate(_JAVA)


def ascii_java(text: str) -> str:
    r"""The same, with all that isn't ASCII as ``\u`` and four digits.

    >>> print(ascii_java("a\x01"))
    a\u0001
    """
    return re.sub(r"[^\x20-\x7f]", lambda match: f"\\u{ord(match[0]):04X}", java(text))


def command(text: str) -> str:
    r"""A text as it stands between quotes in a statement.

    >>> print(command("it's\tone"))
    it\'s\tone
    """
    return text.translate(_COMMAND)


def properties(held: Mapping[str, str]) -> list[str]:
    """Properties as lines of a statement, sorted, with commas between them."""
    lines = [f"  '{key}'='{command(held[key])}'" for key in sorted(held)]
    return [line + ", " for line in lines[:-1]] + lines[-1:]


def row(*fields: str) -> list[str]:
    r"""Fields side by side; the last one, a comment, may go on over several lines.

    >>> row("id", "int", "")
    ['id                  \tint                 \t                    ']
    """
    *head, last = fields
    start = "".join(f"{field:<{_WIDTH}}\t" for field in head)
    indent = "".join(" " * max(_WIDTH, len(field)) + "\t" for field in head)
    return _several(start, indent, re.sub(r"\\n|\\r", "\n", last))


def pair(name: str, value: str) -> list[str]:
    """A name and its value, which may go on over several lines."""
    return _several(f"{name:<{_WIDTH}}\t", "\t" + " " * max(_WIDTH, len(name)) + "\t", value)


def parameters(title: str, held: Mapping[str, str]) -> list[str]:
    """A title and parameters, sorted and indented; nothing if there are none."""
    lines = [line for key in sorted(held) for line in pair(key, held[key])]
    return [title, *("\t" + line for line in lines)] if lines else []


def _several(start: str, indent: str, value: str) -> list[str]:
    first, *others = re.split("[\n\r]", value.rstrip("\r\n"))
    return [f"{start}{first:<{_WIDTH}}", *(f"{indent}{line:<{_WIDTH}}" for line in others)]


def answer(names: str, lines: Iterable[str]) -> Answer:
    """Lines as rows of text columns; what a line has no field for is a blank.

    Source: Hive's BaseSemanticAnalyzer.createFetchTask, whose SerDe has a blank for NULL.
    """
    columns = tuple(names.split())
    blanks = [" "] * len(columns)
    return Answer(columns, tuple(tuple([*line.split("\t"), *blanks][: len(columns)]) for line in lines))
