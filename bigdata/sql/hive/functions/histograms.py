"""The histogram of Ben-Haim and Tom-Tov, as Hive draws it: histogram_numeric and percentile_approx.

A value joins the bin with its centre or opens one; with too many bins, the two that lie closest become one. Of several
pairs that lie equally close, the random numbers of java.util.Random, seed 31183, choose. Bins up to the limit are
exact, so then the values are only counted; beyond, one that opens a bin takes some 30 microseconds among 10,000.

Sources: Yael Ben-Haim and Elad Tom-Tov, A Streaming Parallel Decision Tree Algorithm, JMLR 11 (2010), algorithm 1;
Hive's NumericHistogram; java.util.Random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bigdata.errors import JobError
from bigdata.sql.hive.library import function

Doubles = NDArray[np.float64]
_SEED = 31183
_MULTIPLIER, _INCREMENT, _MASK = 0x5DEECE66D, 0xB, (1 << 48) - 1


class JavaRandom:
    """The doubles of java.util.Random, many at a time.

    >>> JavaRandom(42).doubles(2).round(4).tolist()
    [0.7276, 0.6832]
    """

    def __init__(self, seed: int) -> None:
        self._state = (seed ^ _MULTIPLIER) & _MASK
        self._powers = np.ones(1, np.uint64)
        self._sums = np.zeros(1, np.uint64)

    def doubles(self, count: int) -> Doubles:
        """The next numbers between 0 and 1, each of two steps: 26 bits and 27."""
        if not count:
            return np.empty(0)
        steps = 2 * count
        while len(self._powers) <= steps:
            self._double()
        states = (self._powers[1 : steps + 1] * np.uint64(self._state) + self._sums[1 : steps + 1]) & np.uint64(_MASK)
        self._state = int(states[-1])
        high, low = states[0::2] >> np.uint64(22), states[1::2] >> np.uint64(21)
        return ((high << np.uint64(27)) + low).astype(np.float64) * 2.0**-53

    def _double(self) -> None:
        """Know twice as many steps: state n is ``powers[n] * state + sums[n]``, of which 48 bits count."""
        power = np.uint64(int(self._powers[-1]) * _MULTIPLIER & _MASK)
        total = np.uint64((int(self._sums[-1]) * _MULTIPLIER + _INCREMENT) & _MASK)
        self._sums = np.concatenate([self._sums, self._powers * total + self._sums])
        self._powers = np.concatenate([self._powers, self._powers * power])


class Histogram:
    """Centres and heights of at most so many bins.

    >>> histogram = Histogram([1.0, 2.0, 10.0], 2)
    >>> histogram.centres.tolist(), histogram.heights.tolist()
    ([1.5, 10.0], [2.0, 1.0])
    """

    def __init__(self, values: Sequence[float], bins: int) -> None:
        found, counts = np.unique(np.asarray(values, np.float64), return_counts=True)
        if len(found) <= bins:
            self.centres, self.heights = found, counts.astype(np.float64)
        else:
            self._draw(values, bins)

    def quantile(self, share: float) -> float:
        """The value below which a share of the values lies, between the centres of two bins; -1 for no share.

        >>> Histogram([1.0, 2.0, 3.0, 4.0], 10).quantile(0.5)
        2.0
        """
        sums = np.cumsum(self.heights)
        total = sums[-1]
        reached = np.flatnonzero(sums / total >= share)
        if not len(reached):
            return -1.0
        at = int(reached[0])
        if at == 0:
            return float(self.centres[0])
        below, here = self.centres[at - 1], self.centres[at]
        return float(below + (share * total - (sums[at] - self.heights[at])) * (here - below) / self.heights[at])

    def _draw(self, values: Sequence[float], bins: int) -> None:
        centres, heights = np.empty(bins + 1), np.empty(bins + 1)
        random = JavaRandom(_SEED)
        used = 0
        for value in values:
            at = int(np.searchsorted(centres[:used], value))
            if at < used and centres[at] == value:
                heights[at] += 1
                continue
            for column, new in ((centres, value), (heights, 1.0)):
                column[at + 1 : used + 1] = column[at:used]
                column[at] = new
            used += 1
            if used > bins:
                _merge(centres, heights, _closest(np.diff(centres), random))
                used = bins
        self.centres, self.heights = centres[:used], heights[:used]


def _closest(gaps: Doubles, random: JavaRandom) -> int:
    """The bin that lies closest to the next one.

    Each gap that equals the smallest one before it asks for a random number; of the smallest of all, the n-th wins with
    1 / n.
    """
    first = int(np.argmin(gaps))
    equals = np.flatnonzero(gaps[first + 1 :] == gaps[first]) + first + 1
    earlier = gaps[1:first] == np.minimum.accumulate(gaps[:first])[:-1]
    random.doubles(int(np.count_nonzero(earlier)))
    won = np.flatnonzero(random.doubles(len(equals)) <= 1.0 / np.arange(2, len(equals) + 2))
    return int(equals[won[-1]]) if len(won) else first


def _merge(centres: Doubles, heights: Doubles, at: int) -> None:
    """Make one bin of two neighbours, at their mean; those behind move up."""
    height = heights[at] + heights[at + 1]
    centres[at] = centres[at] * (heights[at] / height) + centres[at + 1] / height * heights[at + 1]
    heights[at] = height
    centres[at + 1 : -1] = centres[at + 2 :]
    heights[at + 1 : -1] = heights[at + 2 :]


@function("hive_histogram", ["DOUBLE[]", "INTEGER"], "STRUCT(x DOUBLE, y DOUBLE)[]")
def histogram_numeric(values: Sequence[float], bins: int) -> list[dict[str, Any]]:
    """Centres and heights of a histogram's bins.

    >>> histogram_numeric([1.0, 2.0, 2.0], 5)
    [{'x': 1.0, 'y': 1.0}, {'x': 2.0, 'y': 2.0}]
    """
    if bins < 2:
        raise JobError(f"histogram_numeric needs at least 2 bins; got {bins}.")
    drawn = Histogram(values, bins)
    return [{"x": x, "y": y} for x, y in zip(drawn.centres.tolist(), drawn.heights.tolist())]


@function("hive_percentiles_approx", ["DOUBLE[]", "DOUBLE[]", "INTEGER"], "DOUBLE[]")
def percentiles_approx(values: Sequence[float], shares: Sequence[float], bins: int) -> list[float]:
    """The quantiles of a histogram.

    >>> percentiles_approx([3.0, 1.0, 2.0], [0.0, 0.5, 1.0], 100)
    [1.0, 1.5, 3.0]
    """
    drawn = Histogram(values, bins)
    return [drawn.quantile(share) for share in shares]
