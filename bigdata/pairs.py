"""Pairs kept as what they are, for one of our jobs to read after another: what rounds of an iteration hand on.

A file is a run of lists of pairs, each marshalled after its length. What a pair may hold, and how it comes back, is
JSON's affair: tuples come back as lists, keys of dicts as text. Such files are for the machine and the Python that
wrote them, and as trusted as the job: ``marshal`` is not for data from elsewhere.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from typing import IO, Any

from bigdata.errors import InputError
from bigdata.storage import open_input

SUFFIX = ".pairs"
_ROWS = 1 << 10
_PLAIN = (str, int, float, bool, type(None))


def normal(value: Any) -> Any:
    """A value as it comes back from JSON.

    :raises TypeError: for what JSON can't hold

    >>> normal({1: ("a", None)})
    {'1': ['a', None]}
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        return [item if type(item) in _PLAIN else normal(item) for item in value]
    if isinstance(value, dict):
        return {key if type(key) is str else _name(key): normal(item) for key, item in value.items()}
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    raise TypeError(f"expected what JSON can hold; got {type(value).__name__}")


def _name(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    names = {True: "true", False: "false", None: "null"}
    if key is None or isinstance(key, bool):
        return names[key]
    if isinstance(key, (int, float)):
        return repr(key)
    raise TypeError(f"expected a key that JSON can hold; got {type(key).__name__}")


class Writer:
    """Writes pairs to a binary file.

    :param file: is closed with the writer
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rows: list[tuple[Any, Any]] = []

    def add(self, key: Any, value: Any) -> None:
        """Write one pair.

        :raises TypeError: for one that JSON can't hold
        """
        self._rows.append((normal(key), normal(value)))
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        data = marshal.dumps(self._rows)
        self._file.write(len(data).to_bytes(8, "big") + data)
        self._rows = []

    def close(self) -> None:
        self._flush()
        self._file.close()


def read(path: str) -> Iterator[list[tuple[Any, Any]]]:
    """The pairs of a file, in lists.

    :raises InputError: for a file that is cut short
    """
    with open_input(path) as file:
        while head := file.read(8):
            data = file.read(int.from_bytes(head, "big"))
            try:
                yield marshal.loads(data)
            except (EOFError, ValueError, TypeError):
                raise InputError(f"{path}: not a whole file of pairs. Make it again.") from None


def flat(path: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a file, one by one."""
    for rows in read(path):
        yield from rows
