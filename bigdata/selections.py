"""Aggregators that select some of the values: by an order, or at random."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Sequence
from typing import Any

from bigdata.aggregators import Aggregator, json_text, listed
from bigdata.errors import UsageError


class _Ordered(Aggregator):
    """The value with the least or greatest order of values given as ``(order, value)``."""

    def prepare(self, value: Any) -> Any:
        order, item = value
        return [listed(order), item]

    def present(self, state: Any) -> Any:
        return state[1]


class First(_Ordered):
    """The value that comes first, of values given as ``(order, value)``.

    "First" is a law of the data only where the data hold their order: a time, a line number. The values of a key
    come in no order from a shuffle. Of equal orders the least value's JSON text wins.

    >>> First().aggregate([(2, "b"), (1, "a")])
    'a'
    """

    def merge(self, a: Any, b: Any) -> Any:
        return min(a, b, key=_order_then_text)


class Last(_Ordered):
    """The value that comes last, of values given as ``(order, value)``; see :class:`First`.

    >>> Last().aggregate([(2, "b"), (1, "a")])
    'b'
    """

    def merge(self, a: Any, b: Any) -> Any:
        return max(a, b, key=_order_then_text)


def _order_then_text(state: Sequence[Any]) -> tuple[Any, str]:
    return state[0], json_text(state[1])


class TopK(Aggregator):
    """The `k` largest values, largest first, as ``heapq.nlargest``; repeated values count each time.

    >>> TopK(2).aggregate([3, 9, 5])
    [9, 5]
    """

    _best: Any = staticmethod(heapq.nlargest)
    _function = "max"
    _MOST_IN_SQL = 999_999

    def __init__(self, k: int) -> None:
        self.k = _positive("k", k)

    def prepare(self, value: Any) -> Any:
        return [listed(value)]

    def merge(self, a: Any, b: Any) -> Any:
        a.extend(b)
        return a if len(a) < 2 * self.k + 16 else self._best(self.k, a)

    def present(self, state: Any) -> Any:
        return self._best(self.k, state)

    def sql(self, value: str) -> str | None:
        return f"{self._function}({value}, {self.k})" if self.k <= self._MOST_IN_SQL else None


class BottomK(TopK):
    """The `k` smallest values, smallest first, as ``heapq.nsmallest``; repeated values count each time.

    >>> BottomK(2).aggregate([3, 9, 5])
    [3, 5]
    """

    _best = staticmethod(heapq.nsmallest)
    _function = "min"


class Sample(TopK):
    """A random sample of at most `k` values: the same for the same values and seed, however they are grouped.

    :param k: how many values
    :param seed: any string or number

    Each value gets a priority hashed from the seed and its JSON text, and the `k` least stay: a reservoir that merges.
    Equal values have equal priorities, so copies are drawn together; give values an identity where that matters.
    The result is in order of priority. Source: Cohen and Kaplan, "Summarizing data using bottom-k sketches" (2007).

    >>> Sample(3, seed=1).aggregate(range(100)) == Sample(3, seed=1).aggregate(reversed(range(100)))
    True
    """

    _best = staticmethod(heapq.nsmallest)

    def __init__(self, k: int, seed: object = 0) -> None:
        super().__init__(k)
        self.seed = seed

    def prepare(self, value: Any) -> Any:
        text = json_text(value)
        return [[hashlib.blake2b(f"{self.seed}:{text}".encode(), digest_size=8).hexdigest(), text]]

    def present(self, state: Any) -> Any:
        return [json.loads(text) for _, text in super().present(state)]

    def sql(self, value: str) -> str | None:
        return None


def _positive(name: str, number: int) -> int:
    if not isinstance(number, int) or number < 1:
        raise UsageError(f"{name}: expected a whole number of at least 1; got {number!r}.")
    return number
