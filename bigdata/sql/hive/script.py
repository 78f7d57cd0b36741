"""Scripts: their statements with line numbers, and variables put in for ``${...}``.

Source: LanguageManual VariableSubstitution; Hive's CliDriver (processLine, splitSemiColon), SystemVariables and
VariableSubstitution.
"""

from __future__ import annotations

import getpass
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from bigdata.errors import SqlSyntaxError, UsageError
from bigdata.sql.hive.context import Configuration

_PIECE = re.compile(
    r"""(?P<comment>--[^\n]*|/\*(?!\+).*?\*/)
    |(?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`)
    |(?P<escaped>\\;)
    |(?P<end>;)
    |(?P<open>['"`])
    |(?P<text>[^-/'"`\\;]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_VARIABLE = re.compile(r"\$\{([^}$ ]+)\}")


@dataclass(frozen=True)
class Source:
    """A statement's text, without comments around it, and the number of its first line in the script."""

    text: str
    line: int


def statements(script: str) -> Iterator[Source]:
    r"""The statements of a script, which semicolons end; one in quotes or in a comment ends none, nor does ``\;``.

    :raises SqlSyntaxError: for a quote without an end

    >>> list(statements("-- all\nSELECT ';';\nSELECT 2"))
    [Source(text="SELECT ';'", line=2), Source(text='SELECT 2', line=3)]
    """
    text, line, start = "", 1, 1
    for match in _PIECE.finditer(script + "\n;"):
        kind, piece = match.lastgroup, match[0]
        if kind == "open":
            raise SqlSyntaxError(f"line {line}: the quote {piece} has no end. Close it, or write \\{piece} for itself.")
        if kind == "end":
            if text.strip():
                yield Source(text.strip(), start)
            text = ""
        elif text.strip() or (kind != "comment" and piece.strip()):
            if not text.strip():
                blank = len(piece) - len(piece.lstrip())
                text, start = "", line + piece.count("\n", 0, blank)
            text += ";" if kind == "escaped" else piece
        line += piece.count("\n")


def substituted(text: str, context: Configuration) -> str:
    """A text with the values of its variables, which may name others; unknown ones stay as they are.

    :raises UsageError: if they name others, and these others, ever so on
    """
    if context.setting("hive.variable.substitute") != "true":
        return text
    depth = int(context.setting("hive.variable.substitute.depth"))
    for _ in range(depth + 1):
        put = _VARIABLE.sub(lambda match: match[0] if (held := value(match[1], context)) is None else held, text)
        if put == text:
            return text
        text = put
    raise UsageError(
        f"variables name one another more than {depth} times in {text!r}. Look for one that names itself,"
        " or set hive.variable.substitute.depth."
    )


def value(name: str, context: Configuration) -> str | None:
    """The value of a variable, with or without its namespace; ``None`` if it has none."""
    space, colon, rest = name.partition(":")
    held = {
        "hiveconf": context.settings,
        "hivevar": context.variables,
        "env": os.environ,
        "system": {**system(), **context.system},
    }
    return held[space].get(rest) if colon and space in held else context.variables.get(name)


def system() -> dict[str, str]:
    """What Java calls system properties, as far as scripts ask for them."""
    return {
        "user.name": getpass.getuser(),
        "user.home": os.path.expanduser("~"),
        "user.dir": os.getcwd(),
        "java.io.tmpdir": tempfile.gettempdir(),
        "file.separator": os.sep,
        "path.separator": os.pathsep,
        "line.separator": os.linesep,
    }
