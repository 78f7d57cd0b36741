"""Random draws that depend on the seed and a row's number only.

Row n takes the draws n * width up to (n + 1) * width of numpy's PCG64, whose state can be advanced to any draw at once.
So the size of a chunk doesn't show in the bytes, and rows of one table can be drawn again while another is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
Numbers = NDArray[np.int64]

GOLDEN_SECTION = (5**0.5 - 1) / 2


def uniforms(seed: int, start: int, rows: int, width: int, table: int = 0) -> Draws:
    """Draw from [0, 1) for rows from number `start` on; an array of `width` columns.

    :param table: tables of one data set have streams of their own

    >>> bool((uniforms(seed=1, start=5, rows=2, width=3) == uniforms(seed=1, start=0, rows=7, width=3)[:, 5:]).all())
    True
    """
    source = np.random.PCG64(seed).jumped(table)
    source.advance(start * width)
    return np.random.Generator(source).random((rows, width)).T


def below(draws: Draws, limit: int | Numbers) -> Numbers:
    """Whole numbers from 0 up to `limit`, all equally likely.

    >>> below(np.array([0.0, 0.5, 0.99]), 10)
    array([0, 5, 9])
    """
    return (draws * limit).astype(np.int64)


def pick(draws: Draws, values: Sequence[Any]) -> NDArray[Any]:
    """Values, all equally likely."""
    return np.array(values)[below(draws, len(values))]


def zipf(draws: Draws, size: int) -> Numbers:
    """Ranks from 0 up to `size` by Zipf's law: the share of rank r is log(1 + 1 / (r + 1)) / log(size + 1)."""
    return np.minimum((size + 1) ** draws - 1, size - 1).astype(np.int64)


def scatter(numbers: Numbers, size: int) -> Numbers:
    """Each number below `size` as another one, neighbours far apart: in steps near the golden section of `size`.

    >>> scatter(np.arange(7), 7)
    array([4, 1, 5, 2, 6, 3, 0])
    """
    step = next(step for step in count(int(size * GOLDEN_SECTION)) if gcd(step, size) == 1)
    return (numbers + 1) * step % size
