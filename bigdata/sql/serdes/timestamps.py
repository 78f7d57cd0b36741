"""The property ``timestamp.formats``: patterns of Joda-Time by which texts are read as timestamps, first to last.

A text that fits none is read as Hive reads timestamps. A fraction may have more digits than its pattern, and so may a
year of two.

Sources: Hive's TimestampParser and LazyTimestamp; Joda-Time's DateTimeFormat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bigdata.errors import UsageError
from bigdata.sql.types import literal

FORMATS = "timestamp.formats"
_PARTS = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+")
#: from a letter of Joda-Time to DuckDB's
_LETTERS = {
    "y": "%Y",
    "Y": "%Y",
    "M": "%m",
    "d": "%d",
    "H": "%H",
    "h": "%I",
    "m": "%M",
    "s": "%S",
    "S": "%f",
    "a": "%p",
}
_LONGER = {"MMM": "%b", "MMMM": "%B", "E": "%a", "EEE": "%a", "EEEE": "%A", "yy": "%y", "Z": "%z", "ZZ": "%z"}


def formats(text: str) -> list[str]:
    r"""The patterns of a property; a comma after a backslash is part of one.

    >>> formats(r"yyyy-MM-dd'T'HH:mm:ss,d MMM\, yyyy")
    ["yyyy-MM-dd'T'HH:mm:ss", 'd MMM, yyyy']
    """
    return [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"(?:[^,\\]|\\.)+", text)]


def parsed(sql: str, patterns: Sequence[str], otherwise: str) -> str:
    """The SQL of a timestamp in a text.

    :param otherwise: the SQL for texts that fit no pattern
    :raises UsageError: for a pattern with letters that can't be read
    """
    tried = "".join(f"{_by(sql, pattern)}, " for pattern in patterns)
    return f"CASE WHEN length({sql}) >= 8 THEN coalesce({tried}{otherwise}) END"


def _by(sql: str, pattern: str) -> str:
    if pattern == "millis":
        whole = f"CASE WHEN regexp_full_match({sql}, '[0-9]+') THEN TRY_CAST({sql} AS BIGINT) END"
        return f"make_timestamp({whole} * 1000)"
    shape = strptime(pattern)
    shapes = f"[{', '.join(literal(one) for one in dict.fromkeys([shape, shape.replace('%y', '%Y')]))}]"
    if "%z" not in shape:
        return f"try_strptime({sql}, {shapes})"
    zoned = f"regexp_replace({sql}, 'Z$', '+00:00')"
    return f"timezone('UTC', try_strptime({zoned}, {shapes}))"


def strptime(pattern: str) -> str:
    """A pattern as DuckDB has it.

    >>> strptime("yyyy-MM-dd'T'HH:mm:ss.SSS"), strptime("dd/MMM/yyyy:HH:mm:ss Z")
    ('%Y-%m-%dT%H:%M:%S.%f', '%d/%b/%Y:%H:%M:%S %z')
    """
    found = []
    for part in _PARTS.finditer(pattern):
        text, letter = part[0], part[1]
        if text.startswith("'"):
            found.append(text[1:-1].replace("''", "'").replace("%", "%%") or "'")
        elif letter is None:
            found.append(text.replace("%", "%%"))
        elif text in _LONGER:
            found.append(_LONGER[text])
        elif letter in _LETTERS:
            found.append(_LETTERS[letter])
        else:
            raise UsageError(
                f"{FORMATS} has {text} in {pattern!r}, which can't be read. Expected y, M, d, H, m, s, ..."
            )
    return "".join(found)
