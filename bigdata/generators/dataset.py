"""A data set as data: its name, its files, and the function that makes their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK_ROWS = 1 << 14

#: whole lines of the file of that name
Chunk = tuple[str, bytes]


@dataclass(frozen=True)
class DataSet:
    """A data set that can be generated.

    :param name: on the command line
    :param summary: one line
    :param files: each file's name, and what a line of it holds
    :param unit: what a row is, in the plural
    :param rows: how many by default
    :param chunks: from the number of rows and the seed to the files' chunks, in order
    :param least: the fewest rows
    :param seeded: whether the bytes depend on the seed
    """

    name: str
    summary: str
    files: dict[str, str]
    unit: str
    rows: int
    chunks: Callable[[int, int], Iterator[Chunk]]
    least: int = 1
    seeded: bool = True


def blocks(rows: int) -> Iterator[tuple[int, int]]:
    """Cut so many rows into blocks, each the number of its first row and how many it has.

    >>> list(blocks(20_000))
    [(0, 16384), (16384, 3616)]
    """
    for start in range(0, rows, CHUNK_ROWS):
        yield start, min(CHUNK_ROWS, rows - start)


def lines(template: str, *columns: NDArray[Any] | list[Any]) -> bytes:
    """Format one line a row from columns of equal length.

    >>> lines("{}:{:02};", np.array([1, 2]), [3, 4])
    b'1:03;2:04;'
    """
    values = (column.tolist() if isinstance(column, np.ndarray) else column for column in columns)
    return "".join(map(template.format, *values)).encode()
