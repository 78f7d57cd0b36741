"""The folds of aggregators with their loops in C++."""

from collections.abc import Callable, Iterable
from typing import Any

from bigdata.aggregators import Aggregator, Count, Sum
from bigdata.kernels import native

Fold = Callable[[dict[Any, Any], Iterable[Any], Callable[[Any], Any]], None]

_LOOPS: dict[Any, Any] = {} if native is None else {Sum.fold: native.fold_sum, Count.fold: native.fold_count}


def fold_of(aggregator: Aggregator) -> Fold:
    """The fold of an aggregator, with a native loop where there is one.

    The loop stops at what is no tuple or list of two; that goes through the aggregator's own fold, which takes it apart
    or raises what Python raises.

    >>> table = {}
    >>> fold_of(Sum())(table, [("a", 1), ("b", 2), ("a", 3)], repr)
    >>> table
    {'a': 4, 'b': 2}
    """
    fold = aggregator.fold
    loop = _LOOPS.get(type(aggregator).fold)
    if loop is None:
        return fold

    def folded(table: dict[Any, Any], pairs: Iterable[Any], group: Callable[[Any], Any]) -> None:
        rest = iter(pairs)
        while (stray := loop(table, rest, group)) is not None:
            fold(table, stray, group)

    return folded
