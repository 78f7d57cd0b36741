"""Tables of states by key, which aggregators fold pairs into; whole numbers of text are added up in C++."""

import itertools
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bigdata.aggregators import Aggregator, Count, Sum
from bigdata.kernels import native

#: how many keys come between two looks at the size of a table
_LOOK_EVERY = 4096

#: whether a native fold counts pairs, and doesn't add up their values
_COUNTS: dict[Any, bool] = {} if native is None else {Sum.fold: False, Count.fold: True}


class FoldTable:
    """What an aggregator's fold makes of pairs: states by key, where a key may have several to be merged.

    >>> table = FoldTable(Sum())
    >>> table.fold([("a", 1), ("b", 2), ("a", 3)], repr)
    >>> states = []
    >>> table.each(lambda key, state: states.append((key, state)))
    >>> sorted(states)
    [('a', 4), ('b', 2)]
    """

    def __init__(self, aggregator: Aggregator) -> None:
        self._fold = aggregator.fold
        self._states: dict[Any, Any] = {}
        self._looked = self._size = 0
        counts = _COUNTS.get(type(aggregator).fold)
        self._native = None if counts is None else native.Folding(counts)

    def fold(self, pairs: Iterable[Any], group: Callable[[Any], Any]) -> None:
        """Fold pairs as :meth:`bigdata.Aggregator.fold` does, and raise what that raises.

        The native loop stops at what is no tuple or list of two; the aggregator's own fold takes that apart.
        """
        if self._native is None:
            self._fold(self._states, pairs, group)
            return
        rest = iter(pairs)
        while (stray := self._native.fold(self._states, rest, group)) is not None:
            self._fold(self._states, stray, group)

    @property
    def nbytes(self) -> int:
        """About how many bytes the states take up, from a look at some of them now and then."""
        if len(self._states) >= self._looked + _LOOK_EVERY:
            self._looked, self._size = len(self._states), _size_of(self._states)
        return self._size + (0 if self._native is None else self._native.nbytes)

    def each(self, put: Callable[[Any, Any], object]) -> None:
        """Call ``put(key, state)`` for each state."""
        for key, state in self._states.items():
            put(key, state)
        if self._native is not None:
            self._native.each(put)

    def clear(self) -> None:
        """Forget all states."""
        self._states.clear()
        self._looked = self._size = 0
        if self._native is not None:
            self._native.clear()


def _size_of(table: dict[Any, Any]) -> int:
    """About how many bytes a table of states takes up, from a look at some of its entries."""
    step = max(len(table) // 64, 1)
    seen = [sys.getsizeof(key) + _deep_size(state) for key, state in itertools.islice(table.items(), 0, None, step)]
    return sys.getsizeof(table) + len(table) * sum(seen) // max(len(seen), 1)


def _deep_size(value: Any) -> int:
    if isinstance(value, dict):
        return sys.getsizeof(value) + sum(_deep_size(key) + _deep_size(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return sys.getsizeof(value) + sum(map(_deep_size, value))
    return sys.getsizeof(value)
