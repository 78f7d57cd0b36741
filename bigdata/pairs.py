"""Pairs kept as what they are, for one of our jobs to read after another: what rounds of an iteration hand on.

A file is a line that says what it is, then lists of pairs, each marshalled after its length, and a length of 0 at the
end. What a pair may hold, and how it comes back, is JSON's affair: tuples come back as lists, keys of dicts as text.
Such files are for the machine and the Python that wrote them, and as trusted as the job: ``marshal`` is not for data
from elsewhere.
"""

from __future__ import annotations

import json
import marshal
import sys
from collections.abc import Iterator
from typing import IO, Any

from bigdata.errors import InputError
from bigdata.storage import open_input

_MAGIC = f"pairs of Python {sys.version_info.major}.{sys.version_info.minor}\n".encode()
_LENGTH = 8
#: what a list of pairs is to have at most: pairs, and about so many bytes
_ROWS, _BYTES = 1 << 10, 1 << 20
_PLAIN = (str, int, float, bool, type(None))


def normal(value: Any) -> Any:
    """A value as it comes back from JSON.

    :raises TypeError: for what JSON can't hold

    >>> normal({1: ("a", None)})
    {'1': ['a', None]}
    """
    try:
        return _normal(value)
    except (ValueError, RecursionError) as error:  # what holds itself, or is nested too deep
        raise TypeError(str(error)) from None


def _normal(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple:
        return [item if type(item) in _PLAIN else _normal(item) for item in value]
    if kind is dict and all(type(key) is str for key in value):
        return {key: item if type(item) in _PLAIN else _normal(item) for key, item in value.items()}
    return json.loads(json.dumps(value))


class Writer:
    """Writes pairs to a binary file.

    :param file: is closed with the writer
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._file.write(_MAGIC)
        self._rows: list[tuple[Any, Any]] = []
        self._most = 1

    def add(self, key: Any, value: Any) -> None:
        """Write one pair.

        :raises TypeError: for one that JSON can't hold
        """
        self._rows.append((normal(key), normal(value)))
        if len(self._rows) >= self._most:
            self._flush()

    def _flush(self) -> None:
        data = marshal.dumps(self._rows)
        self._file.write(len(data).to_bytes(_LENGTH, "big") + data)
        self._most = min(_ROWS, 1 + len(self._rows) * _BYTES // len(data))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._file.write(bytes(_LENGTH))
        self._file.close()


def read(path: str) -> Iterator[list[tuple[Any, Any]]]:
    """The pairs of a file, in lists.

    :raises InputError: for a file that is cut short, or that another Python wrote
    """
    with open_input(path) as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise InputError(f"{path}: expected {_MAGIC.decode().strip()}; got something else. Make it again.")
        while (head := file.read(_LENGTH)) != bytes(_LENGTH):
            data = file.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
            try:
                yield marshal.loads(data)
            except (EOFError, ValueError, TypeError):
                raise InputError(f"{path}: not a whole file of pairs. Make it again.") from None


def flat(path: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a file, one by one."""
    for rows in read(path):
        yield from rows
