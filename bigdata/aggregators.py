"""Aggregators: the combiner and the reducer of a job in one declaration.

An aggregator turns each value into a *state* (``prepare``), joins two states (``merge``) and turns the last state of
a key into its result (``present``). The names and the laws are those of commutative monoids as Algebird uses them:

- ``merge`` is associative and commutative up to ``present``, so an engine may regroup values as it likes;
- a state survives a round trip through JSON, so it can be spilled, shipped and read back anywhere;
- ``merge(a, b)`` may change and return ``a``; the caller uses neither `a` nor `b` again.

Where SQL has the same aggregate, ``sql`` gives it, and a columnar engine needs no Python a record. Values that
identify themselves (in :class:`Distinct`, :class:`CollectSet`) are equal when their JSON texts are: ``1``, ``1.0`` and
``true`` are three values, as they are three keys.

This module has those that count and compute; :mod:`~bigdata.selections`, :mod:`~bigdata.multisets`,
:mod:`~bigdata.sketches` and :mod:`~bigdata.vectors` have the others.

Source of the interface: Algebird's ``Aggregator`` (prepare, semigroup, present), github.com/twitter/algebird.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bigdata.errors import UsageError


class Aggregator:
    """A way to reduce the values of a key; subclass it and define ``merge``, and the rest where it differs.

    >>> class Product(Aggregator):
    ...     def merge(self, a: Any, b: Any) -> Any:
    ...         return a * b
    >>> Product().aggregate([2, 3, 4])
    24
    """

    @property
    def tells_apart(self) -> bool:
        """Whether values are told apart by their JSON texts, which for floats SQL does in another way."""
        return False

    def prepare(self, value: Any) -> Any:
        """The state of one value; the value itself unless redefined."""
        return value

    def merge(self, a: Any, b: Any) -> Any:
        """The state of the values of `a` and of `b` together; may change `a`."""
        raise NotImplementedError(f"{type(self).__name__} must define merge(a, b)")

    def present(self, state: Any) -> Any:
        """The result of a key's last state; the state itself unless redefined."""
        return state

    def sql(self, value: str) -> str | None:
        """The same aggregate as a DuckDB expression over the column `value`, or ``None`` where SQL has none."""
        return None

    def from_sql(self, result: Any) -> Any:
        """The result, of what the expression of :meth:`sql` gives for a key; just that unless redefined.

        A struct with the names ``0``, ``1`` and so on comes as a list, any other as a dict, a map as a list of pairs.
        """
        return result

    def fold(self, table: dict[Any, Any], pairs: Iterable[Any], group: Callable[[Any], Any]) -> None:
        """Fold pairs into `table`, a dict from group to state.

        A pair is taken apart from a variable named ``pair``, which errors look at. Strings are their own groups; any
        other key is named by ``group(key)``, which gives its encoded bytes. This is the innermost loop of every job
        with an aggregator; subclasses may restate it to save calls, not to change its result.
        """
        prepare, merge = self.prepare, self.merge
        for pair in pairs:
            key, value = pair
            if type(key) is not str:
                key = group(key)
            state = prepare(value)
            table[key] = merge(table[key], state) if key in table else state

    def aggregate(self, values: Iterable[Any]) -> Any:
        """The result for a sequence of at least one value, in memory.

        >>> Mean().aggregate([1, 2, 6])
        3.0
        """
        states = map(self.prepare, values)
        total = next(states)
        for state in states:
            total = self.merge(total, state)
        return self.present(total)

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in sorted(vars(self).items()))
        return f"{type(self).__name__}({arguments})"


class Sum(Aggregator):
    """The sum of numbers, as ``sum(values)``.

    >>> Sum().aggregate([1, 2, 3])
    6
    """

    def prepare(self, value: Any) -> Any:
        return 0 + value

    def merge(self, a: Any, b: Any) -> Any:
        return a + b

    def sql(self, value: str) -> str | None:
        return f"sum({value})"

    def fold(self, table: dict[Any, Any], pairs: Iterable[Any], group: Callable[[Any], Any]) -> None:
        for pair in pairs:
            key, value = pair
            if type(key) is not str:
                key = group(key)
            if key in table:
                table[key] += value
            else:
                table[key] = 0 + value


class Count(Aggregator):
    """The number of values, whatever they are.

    >>> Count().aggregate(["a", None])
    2
    """

    def prepare(self, value: Any) -> Any:
        return 1

    def merge(self, a: Any, b: Any) -> Any:
        return a + b

    def sql(self, value: str) -> str | None:
        return "count(*)"

    def fold(self, table: dict[Any, Any], pairs: Iterable[Any], group: Callable[[Any], Any]) -> None:
        for pair in pairs:
            key, _ = pair
            if type(key) is not str:
                key = group(key)
            table[key] = table[key] + 1 if key in table else 1


class Min(Aggregator):
    """The smallest value, as ``min(values)``; of equal values (1 and 1.0) either.

    >>> Min().aggregate([3, 1, 2])
    1
    """

    def prepare(self, value: Any) -> Any:
        return listed(value)

    def merge(self, a: Any, b: Any) -> Any:
        return b if b < a else a

    def sql(self, value: str) -> str | None:
        return f"min({value})"


class Max(Aggregator):
    """The largest value, as ``max(values)``; of equal values (1 and 1.0) either.

    >>> Max().aggregate([3, 1, 2])
    3
    """

    def prepare(self, value: Any) -> Any:
        return listed(value)

    def merge(self, a: Any, b: Any) -> Any:
        return b if b > a else a

    def sql(self, value: str) -> str | None:
        return f"max({value})"


class Mean(Aggregator):
    """The arithmetic mean of numbers, a float.

    >>> Mean().aggregate([1, 2])
    1.5
    """

    def prepare(self, value: Any) -> Any:
        return [1, value]

    def merge(self, a: Any, b: Any) -> Any:
        return [a[0] + b[0], a[1] + b[1]]

    def present(self, state: Any) -> Any:
        return state[1] / state[0]

    def sql(self, value: str) -> str | None:
        return f"(sum({value}) / count({value})::DOUBLE)"


class Variance(Aggregator):
    """The variance of numbers, merged from partial means and squared deviations so that nothing cancels.

    :param ddof: what is taken from the count in the divisor: 0 for a population (the default), 1 for a sample. A key
        with no more than `ddof` values gives ``None``.

    Source: Chan, Golub, LeVeque, "Algorithms for Computing the Sample Variance" (1983), equation 2.1.

    >>> Variance().aggregate([2, 4, 4, 4, 5, 5, 7, 9])
    4.0
    """

    def __init__(self, ddof: int = 0) -> None:
        self.ddof = ddof

    def prepare(self, value: Any) -> Any:
        return [1, float(value), 0.0]

    def merge(self, a: Any, b: Any) -> Any:
        count = a[0] + b[0]
        delta = b[1] - a[1]
        mean = a[1] + delta * (b[0] / count)
        return [count, mean, a[2] + b[2] + delta * delta * (a[0] * b[0] / count)]

    def present(self, state: Any) -> Any:
        return state[2] / (state[0] - self.ddof) if state[0] > self.ddof else None

    def sql(self, value: str) -> str | None:
        functions = {0: "var_pop", 1: "var_samp"}
        return f"{functions[self.ddof]}({value})" if self.ddof in functions else None


class Composite(Aggregator):
    """Several aggregators over one pass; made from a dict or a sequence of them by :func:`aggregator_of`.

    The result is a dict with the same names, or a list in the same order.

    >>> aggregator_of({"n": Count(), "max": Max()}).aggregate([3, 5])
    {'n': 2, 'max': 5}
    """

    def __init__(self, parts: Mapping[str, Any] | Sequence[Any]) -> None:
        self.names = list(parts) if isinstance(parts, dict) else None
        self.parts = [aggregator_of(part) for part in (parts.values() if isinstance(parts, dict) else parts)]

    @property
    def tells_apart(self) -> bool:
        return any(part.tells_apart for part in self.parts)

    def prepare(self, value: Any) -> Any:
        return [part.prepare(value) for part in self.parts]

    def merge(self, a: Any, b: Any) -> Any:
        return [part.merge(x, y) for part, x, y in zip(self.parts, a, b)]

    def present(self, state: Any) -> Any:
        results = [part.present(x) for part, x in zip(self.parts, state)]
        return results if self.names is None else dict(zip(self.names, results))

    def sql(self, value: str) -> str | None:
        forms = [part.sql(value) for part in self.parts]
        names = [str(place) for place in range(len(forms))] if self.names is None else self.names
        if None in forms or not _are_columns(names) or (self.names is not None and "0" in names):
            return None
        names = [name.replace('"', '""') for name in names]
        return "{" + ", ".join(f'"{name}": {form}' for name, form in zip(names, forms)) + "}"

    def from_sql(self, result: Any) -> Any:
        if self.names is None:
            return [part.from_sql(item) for part, item in zip(self.parts, result)]
        return {name: part.from_sql(result[name]) for name, part in zip(self.names, self.parts)}


def _are_columns(names: Sequence[Any]) -> bool:
    """Whether SQL can name columns so; it knows no upper and lower case."""
    return all(isinstance(name, str) and name for name in names) and len({name.lower() for name in names}) == len(names)


def aggregator_of(declared: Any) -> Aggregator:
    """The aggregator that a job declares: an :class:`Aggregator`, or a dict or sequence of them over one pass."""
    if isinstance(declared, Aggregator):
        return declared
    if isinstance(declared, (dict, tuple, list)) and declared:
        return Composite(declared)
    raise UsageError(f"aggregator: expected an Aggregator, or a dict or tuple of them; got {declared!r}.")


def json_text(value: Any) -> str:
    """The text by which a value is told apart from others."""
    return json.dumps(value, sort_keys=True)


def listed(value: Any) -> Any:
    """`value` with lists for tuples, as a state comes back from JSON: Python does not compare one with the other."""
    return [listed(item) for item in value] if isinstance(value, (tuple, list)) else value
