"""Aggregators of values as a multiset: which there are, how many, and how often."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from bigdata.aggregators import Aggregator, json_text
from bigdata.errors import UsageError


class CollectList(Aggregator):
    """All values, sorted by their JSON texts because a shuffle has no order of its own.

    The list of a key must fit in memory, as it must in a reducer that builds it.

    >>> CollectList().aggregate([2, 1, 2])
    [1, 2, 2]
    """

    def prepare(self, value: Any) -> Any:
        return [value]

    def merge(self, a: Any, b: Any) -> Any:
        a.extend(b)
        return a

    def present(self, state: Any) -> Any:
        return sorted(state, key=json_text)

    def sql(self, value: str) -> str | None:
        return f"list({value})"

    def from_sql(self, result: Any) -> Any:
        return self.present(result)


class CollectSet(Aggregator):
    """The distinct values, sorted by their JSON texts.

    >>> CollectSet().aggregate(["b", "a", "b"])
    ['a', 'b']
    """

    @property
    def tells_apart(self) -> bool:
        return True

    def prepare(self, value: Any) -> Any:
        return {json_text(value): True}

    def merge(self, a: Any, b: Any) -> Any:
        a.update(b)
        return a

    def present(self, state: Any) -> Any:
        return [json.loads(text) for text in sorted(state)]

    def sql(self, value: str) -> str | None:
        return f"list(DISTINCT {value})"

    def from_sql(self, result: Any) -> Any:
        return sorted(result, key=json_text)


class Distinct(CollectSet):
    """The exact number of distinct values; holds each of them once. See :class:`ApproxDistinct` for large sets.

    >>> Distinct().aggregate([1, 1, 2])
    2
    """

    def present(self, state: Any) -> Any:
        return len(state)

    def sql(self, value: str) -> str | None:
        return f"count(DISTINCT {value}) + (count({value}) < count(*))::INTEGER"

    def from_sql(self, result: Any) -> Any:
        return result


class CountByValue(Aggregator):
    """How often each value occurs, of values that are text: a dict in the order of the values.

    The values of a key must fit in memory, each once. Source of the name: Spark's ``RDD.countByValue``.

    >>> CountByValue().aggregate(["b", "a", "b"])
    {'a': 1, 'b': 2}
    """

    def prepare(self, value: Any) -> Any:
        if type(value) is not str:
            raise TypeError(f"CountByValue: expected text; got {value!r}")
        return {value: 1}

    def merge(self, a: Any, b: Any) -> Any:
        for value, count in b.items():
            a[value] = a.get(value, 0) + count
        return a

    def present(self, state: Any) -> Any:
        return dict(sorted(state.items()))

    def sql(self, value: str) -> str | None:
        return f"histogram({value})"

    def from_sql(self, result: Any) -> Any:
        return dict(sorted(result))


class Postings(CountByValue):
    """The documents that a term occurs in, by their names: how many, and each with how often; ``tf`` in the field.

    The postings of a term must fit in memory.

    :param ranked: whether they are in the order of falling frequency and then of the document, or of the document only

    >>> Postings().aggregate(["b", "a", "b"])
    {'df': 2, 'postings': [['a', 1], ['b', 2]]}
    """

    def __init__(self, ranked: bool = False) -> None:
        self.ranked = ranked

    def present(self, state: Any) -> Any:
        postings = [[document, frequency] for document, frequency in sorted(state.items())]
        if self.ranked:
            postings.sort(key=itemgetter(1), reverse=True)
        return {"df": len(postings), "postings": postings}

    def from_sql(self, result: Any) -> Any:
        return self.present(dict(result))


class Histogram(Aggregator):
    """How many values fall into each bin of given edges.

    :param edges: rising bin edges; bin i holds ``edges[i] <= value < edges[i + 1]``, the last bin also its right edge,
        as ``numpy.histogram`` has it. Values outside are counted in ``below`` and ``above``, NaN in neither.

    The result is ``{"counts": [...], "below": n, "above": n}``.

    >>> Histogram([0, 1, 2]).aggregate([0.5, 1, 2, 7])
    {'counts': [1, 2], 'below': 0, 'above': 1}
    """

    #: from here on not every whole number is a float, and SQL compares as floats
    _MOST_IN_SQL = 2**53

    def __init__(self, edges: Iterable[float]) -> None:
        self.edges = list(edges)
        if len(self.edges) < 2 or any(not a < b for a, b in zip(self.edges, self.edges[1:])):
            raise UsageError(f"Histogram: expected at least two rising edges; got {self.edges!r}.")

    def prepare(self, value: Any) -> Any:
        """A state is sparse: bin number (0 is below, the last above) to count, with text keys as JSON has them."""
        if value == self.edges[-1]:
            return {str(len(self.edges) - 1): 1}
        return {str(bisect_right(self.edges, value)): 1} if value == value else {}

    def merge(self, a: Any, b: Any) -> Any:
        for number, count in b.items():
            a[number] = a.get(number, 0) + count
        return a

    def present(self, state: Any) -> Any:
        counts = [state.get(str(number), 0) for number in range(len(self.edges) + 1)]
        return {"counts": counts[1:-1], "below": counts[0], "above": counts[-1]}

    def sql(self, value: str) -> str | None:
        if not all(abs(edge) < self._MOST_IN_SQL for edge in self.edges):
            return None
        edges = [f"'{edge!r}'::DOUBLE" for edge in self.edges]
        conditions = [f"{value} < {edges[0]}"]
        conditions += [f"{value} >= {low} AND {value} < {high}" for low, high in zip(edges, edges[1:])]
        conditions[-1] = conditions[-1].replace(" < ", " <= ")
        # DuckDB takes NaN for the greatest number
        conditions.append(f"{value} > {edges[-1]} AND {value} <= 'infinity'::DOUBLE")
        below, *counts, above = (f"count(*) FILTER ({condition})" for condition in conditions)
        return f"{{'counts': [{', '.join(counts)}], 'below': {below}, 'above': {above}}}"
