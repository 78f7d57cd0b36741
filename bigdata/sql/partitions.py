"""The names of partitions, which are the folders that hold their rows: ``year=2024/month=01``.

Source: Hive's FileUtils.makePartName, escapePathName and unescapePathName.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bigdata.sql.tables import NULL_PARTITION

_ESCAPED = re.compile(r"""[\x01-\x1f\x7f"#%'*/:=?\\{\[\]^]""")


def escaped(text: str) -> str:
    """A text as part of a folder's name.

    >>> escaped("12:30")
    '12%3A30'
    """
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", text)


def unescaped(text: str) -> str:
    """The text of which :func:`escaped` made a part of a folder's name."""
    return re.sub("%([0-9A-Fa-f]{2})", lambda match: chr(int(match[1], 16)), text)


def partition_name(columns: Iterable[str], values: Iterable[str]) -> str:
    """The name of the partition with some values.

    >>> partition_name(["Year", "place"], ["2024", ""])
    'year=2024/place=__HIVE_DEFAULT_PARTITION__'
    """
    pairs = zip(columns, values)
    return "/".join(f"{escaped(name.lower())}={escaped(value or NULL_PARTITION)}" for name, value in pairs)


def partition_spec(name: str) -> Mapping[str, str]:
    """The columns and values of a partition's name; raises nothing, leaves out folders that are no partitions.

    >>> partition_spec("year=2024/time=12%3A30")
    {'year': '2024', 'time': '12:30'}
    """
    pieces = (piece.partition("=") for piece in name.split("/") if "=" in piece)
    return {unescaped(column).lower(): unescaped(value) for column, _, value in pieces}
