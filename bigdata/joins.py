"""Joins of two named inputs, declared: DuckDB's or Spark's own join there, a reduce-side or replicated one elsewhere.

>>> from bigdata import Csv, Job, Join, Sum
>>> class SpendingByCity(Job):
...     INPUTS = {"orders": Csv("user:int, amount:float"), "users": Csv("user:int, city")}
...     JOIN = Join("orders", "users", on="user")
...     aggregator = Sum()
...     def mapper(self, user, record):
...         yield record["city"], record["amount"]

The join is a step of its own, before the job's: its key is what the records are joined on (a list, where that is
several columns), its value the joined record. Columns are those of the left and then of the right input; columns of one
name that are joined on come once. A key with an empty column joins with nothing, as in SQL.

Source of the reduce-side and the replicated join: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010),
section 3.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bigdata.errors import UsageError
from bigdata.records import Column, Records

HOW = ("inner", "left", "right", "full", "semi", "anti")
#: what a replicated join can't do: it never knows that no task matched a record of the right input
_NEEDS_ALL_OF_RIGHT = ("right", "full")
_LEFT, _RIGHT = 0, 1


@dataclass(frozen=True)
class Join:
    """A join of the input `left` with the input `right`.

    :param on: columns with the same name in both, ``"user"`` or ``"shop, day"``; or ``"buyer=user"`` where names differ
    :param how: ``inner``, ``left``, ``right``, ``full``, ``semi`` (left records that match) or ``anti`` (that don't)
    :param replicated: whether every task gets the whole right input, which must fit in memory, and there is no shuffle
    :raises UsageError: for columns that aren't there or can't be compared

    >>> Join("orders", "users", on="buyer=user", how="left").pairs
    [('buyer', 'user')]
    """

    left: str
    right: str
    on: str
    how: str = "inner"
    replicated: bool = False

    def __post_init__(self) -> None:
        if self.how not in HOW:
            raise UsageError(f"Join: expected how to be one of {', '.join(HOW)}; got {self.how!r}.")
        if self.replicated and self.how in _NEEDS_ALL_OF_RIGHT:
            raise UsageError(
                f"Join: a {self.how} join can't be replicated; exchange the inputs, or leave replicated out."
            )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The columns to compare, of the left and of the right input."""
        items = [item.partition("=") for item in self.on.replace(",", " ").split()]
        return [(left, right or left) for left, _, right in items]

    def check(self, formats: Mapping[str, Records]) -> None:
        """Refuse a join that the inputs can't have.

        :raises UsageError: saying why
        """
        label = f"Join of {self.left} and {self.right}"
        if {self.left, self.right} != formats.keys() or self.left == self.right:
            raise UsageError(f"{label}: expected the job's two inputs; they are {', '.join(formats)}.")
        left, right = ({column.name: column for column in formats[name].columns} for name in (self.left, self.right))
        if not self.pairs:
            raise UsageError(f"{label}: expected columns to join on.")
        for a, b in self.pairs:
            if a not in left or b not in right:
                raise UsageError(f"{label}: expected columns {a} of {self.left} and {b} of {self.right}.")
            if left[a].type != right[b].type or left[a].type not in ("str", "int"):
                raise UsageError(f"{label}: {a} and {b} must both be str or both be int to be compared.")
        clash = set(map(str.lower, left)) & set(map(str.lower, right)) - {a.lower() for a, b in self.pairs if a == b}
        if clash and self.how not in ("semi", "anti"):
            raise UsageError(f"{label}: both have a column {min(clash)}; rename it in one of the schemas.")

    def columns(self, formats: Mapping[str, Records]) -> tuple[Column, ...]:
        """The columns of a joined record."""
        left, right = formats[self.left].columns, formats[self.right].columns
        if self.how in ("semi", "anti"):
            return left
        shared = {a for a, b in self.pairs if a == b}
        others = tuple(column for column in right if column.name not in shared)
        return tuple(replace(column, optional=True) for column in left + others)

    def sql(self, formats: Mapping[str, Records]) -> str:
        """The join as a query over views with the inputs' names; one column for each of :meth:`columns`."""
        left = {column.name for column in formats[self.left].columns}
        condition = " AND ".join(f'l."{a}" = r."{b}"' for a, b in self.pairs)
        shared = {a for a, b in self.pairs if a == b}
        both = self.how not in ("semi", "anti")

        def column(name: str) -> str:
            if name in shared and both:
                return f'coalesce(l."{name}", r."{name}") AS "{name}"'
            return f'{"l" if name in left else "r"}."{name}" AS "{name}"'

        columns = ", ".join(column(item.name) for item in self.columns(formats))
        kind = self.how.upper()
        return f'SELECT {columns} FROM "{self.left}" AS l {kind} JOIN "{self.right}" AS r ON {condition}'

    def pairs_sql(self, formats: Mapping[str, Records]) -> str:
        """The step's pairs as a query; a key of several columns is a struct of them."""
        keys = [self._key_column(a, b) for a, b in self.pairs]
        names = ", ".join(f"'{column.name}': \"{column.name}\"" for column in self.columns(formats))
        key = keys[0] if len(keys) == 1 else "{" + ", ".join(f"'{n}': {key}" for n, key in enumerate(keys)) + "}"
        return f"SELECT {key} AS key, {{{names}}} AS value FROM ({self.sql(formats)}) AS joined"

    def _key_column(self, left: str, right: str) -> str:
        if left == right or self.how in ("semi", "anti"):
            return f'"{left}"'
        return f'coalesce("{left}", "{right}")'

    def mapper(self, source: str, record: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
        """The reduce-side join's: a record by what it is joined on, marked with its side."""
        place = _LEFT if source == self.left else _RIGHT
        yield self._key(record, place), [place, record]

    def _key(self, record: dict[str, Any], place: int) -> Any:
        key = [record[pair[place]] for pair in self.pairs]
        return key[0] if len(key) == 1 else key

    def reducer(self, formats: Mapping[str, Records], key: Any, values: Iterable[Sequence[Any]]) -> Iterator[Any]:
        """The reduce-side join's: the left records of a key, which come first, are held; the right ones stream past."""
        held: list[dict[str, Any]] = []
        matches = None not in (key if isinstance(key, list) else [key])
        matched = False
        for place, record in values:
            if place == _LEFT and matches:
                held.append(record)
            elif place == _LEFT:
                yield from self._alone(formats, key, record)
            elif matches and held:
                matched = True
                if self.how in ("semi", "anti"):
                    break
                for left in held:
                    yield key, self._joined(formats, left, record)
            elif self.how in _NEEDS_ALL_OF_RIGHT:
                yield key, self._joined(formats, {}, record)
        if matched and self.how == "semi":
            yield from ((key, left) for left in held)
        elif not matched:
            for left in held:
                yield from self._alone(formats, key, left)

    def replica(self, formats: Mapping[str, Records], record: Any, table: Mapping[Any, list[Any]]) -> Iterator[Any]:
        """The replicated join's: a left record with those of `table`, the right input by key."""
        key = self._key(record, _LEFT)
        values = [(_LEFT, record), *((_RIGHT, right) for right in table.get(hashable(key), ()))]
        return self.reducer(formats, key, values)

    def _alone(self, formats: Mapping[str, Records], key: Any, left: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
        """A left record that nothing matches."""
        if self.how in ("left", "full"):
            yield key, self._joined(formats, left, {})
        elif self.how == "anti":
            yield key, left

    def _joined(self, formats: Mapping[str, Records], left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
        both = {**right, **left}
        return {column.name: both.get(column.name) for column in self.columns(formats)}

    def table(self, records: Iterable[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
        """The right input by what it is joined on."""
        table: dict[Any, list[dict[str, Any]]] = {}
        for record in records:
            table.setdefault(hashable(self._key(record, _RIGHT)), []).append(record)
        return table


def hashable(key: Any) -> Any:
    """A key as one that a dict can hold."""
    return tuple(key) if isinstance(key, list) else key
