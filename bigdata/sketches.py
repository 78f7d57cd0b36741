"""Aggregators that estimate, by sketches of Apache DataSketches: a state stays small however many values there are."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from bigdata.aggregators import Aggregator, json_text
from bigdata.errors import EngineNotInstalled, UsageError


class _Sketch(Aggregator):
    """A sketch of Apache DataSketches as a state: ``[sketch in base64 or None, values not yet in it]``.

    Values wait in the list so that the sketch is unpacked once in a thousand values, not at each merge.
    """

    _WAITING = 1024

    def _empty(self) -> Any:
        """A sketch of nothing."""
        raise NotImplementedError

    def _union(self, a: str, b: str) -> Any:
        """The sketch of what two packed sketches hold."""
        raise NotImplementedError

    def _pack(self, sketch: Any) -> str:
        """A sketch as text."""
        raise NotImplementedError

    def _unpack(self, text: str) -> Any:
        """The sketch of a text."""
        raise NotImplementedError

    def prepare(self, value: Any) -> Any:
        return [None, [value]]

    def merge(self, a: Any, b: Any) -> Any:
        sketch = a[0] if b[0] is None else b[0] if a[0] is None else self._pack(self._union(a[0], b[0]))
        a[1].extend(b[1])
        if len(a[1]) < self._WAITING:
            return [sketch, a[1]]
        return [self._pack(self._sketch([sketch, a[1]])), []]

    def _sketch(self, state: Sequence[Any]) -> Any:
        sketch = self._empty() if state[0] is None else self._unpack(state[0])
        for value in state[1]:
            sketch.update(value)
        return sketch


class ApproxDistinct(_Sketch):
    """About how many distinct values there are, by a HyperLogLog sketch of Apache DataSketches.

    :param lg_k: base-2 logarithm of the sketch's size, 4 to 21; the standard error is about ``1.04 / sqrt(2**lg_k)``
        (0.8% for the default 14)

    Needs ``pip install 'bigdata[sketches]'`` wherever its tasks run. Source: Flajolet and others, "HyperLogLog" (2007).

    >>> 980 < ApproxDistinct().aggregate(range(1000)) < 1020
    True
    """

    def __init__(self, lg_k: int = 14) -> None:
        self.lg_k = lg_k
        if lg_k not in range(4, 22):
            raise UsageError(f"ApproxDistinct: expected lg_k from 4 to 21; got {lg_k!r}.")

    def prepare(self, value: Any) -> Any:
        return [None, [json_text(value)]]

    def present(self, state: Any) -> Any:
        # a sketch that never was in a union estimates by the order in which values came, and one that was doesn't
        text = self._pack(self._sketch(state))
        return round(self._union(text, text).get_estimate())

    def _empty(self) -> Any:
        library = _datasketches()
        return library.hll_sketch(self.lg_k, library.tgt_hll_type.HLL_8)

    def _union(self, a: str, b: str) -> Any:
        library = _datasketches()
        union = library.hll_union(self.lg_k)
        union.update(self._unpack(a))
        union.update(self._unpack(b))
        return union.get_result(library.tgt_hll_type.HLL_8)

    def _pack(self, sketch: Any) -> str:
        return base64.b64encode(sketch.serialize_updatable()).decode("ascii")

    def _unpack(self, text: str) -> Any:
        return _datasketches().hll_sketch.deserialize(base64.b64decode(text))


class Quantiles(_Sketch):
    """About the values at given ranks, by a KLL sketch of Apache DataSketches.

    :param ranks: numbers from 0 to 1; 0.5 is the median
    :param k: the sketch's size; the default 200 is off by less than 1.33% of the rank with 99% confidence

    The result is a list with a float for each rank, the least and the greatest value exact; NaN counts for nothing, and
    without other values the list holds ``None``. Needs ``pip install 'bigdata[sketches]'`` wherever its tasks run.
    Source: Karnin, Lang, Liberty, "Optimal Quantile Approximation in Streams" (2016).

    >>> Quantiles([0, 0.5, 1]).aggregate(range(101))
    [0.0, 50.0, 100.0]
    """

    def __init__(self, ranks: Iterable[float] = (0.25, 0.5, 0.75), k: int = 200) -> None:
        self.ranks = list(ranks)
        self.k = k
        if not all(0 <= rank <= 1 for rank in self.ranks):
            raise UsageError(f"Quantiles: expected ranks from 0 to 1; got {self.ranks!r}.")

    def prepare(self, value: Any) -> Any:
        return [None, [float(value)]]

    def present(self, state: Any) -> Any:
        sketch = self._sketch(state)
        if sketch.is_empty():
            return [None] * len(self.ranks)
        ends: dict[float, float] = {0: sketch.get_min_value(), 1: sketch.get_max_value()}
        return [ends.get(rank, float(value)) for rank, value in zip(self.ranks, sketch.get_quantiles(self.ranks, True))]

    def _empty(self) -> Any:
        return _datasketches().kll_doubles_sketch(self.k)

    def _union(self, a: str, b: str) -> Any:
        union = self._unpack(a)
        union.merge(self._unpack(b))
        return union

    def _pack(self, sketch: Any) -> str:
        return base64.b64encode(sketch.serialize()).decode("ascii")

    def _unpack(self, text: str) -> Any:
        return _datasketches().kll_doubles_sketch.deserialize(base64.b64decode(text))


def _datasketches() -> Any:
    try:
        import datasketches
    except ImportError:
        raise EngineNotInstalled(
            "ApproxDistinct and Quantiles need Apache DataSketches: pip install 'bigdata[sketches]'"
        ) from None
    return datasketches
