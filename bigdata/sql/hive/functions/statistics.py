"""Hive's aggregates of statistics: variance, covariance, regression, percentiles, histograms.

The optimiser of Hive 3.1 turns variances and deviations into sums, except over windows; the deviation of equal values
may be NULL thereby, where rounding makes their variance negative (HIVE-25351). Moments of pairs are followed row by row
as Hive follows them, so that they agree to the last digit; over windows DuckDB's may differ in that digit.

Sources: Hive's HiveAggregateReduceFunctionsRule, GenericUDAFVariance, GenericUDAFCovariance, GenericUDAFCorrelation,
GenericUDAFBinarySetFunctions, UDAFPercentile, GenericUDAFPercentileApprox, GenericUDAFHistogramNumeric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.hive.functions import histograms  # noqa: F401  (names hive_histogram and hive_percentiles_approx)
from bigdata.sql.hive.functions.aggregates import as_double, average, listed
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import function, macro
from bigdata.sql.types import DOUBLE

_BINS = 10_000

macro("hive_deviations(squares, total, number)", "squares - total * total / number")
macro("hive_root(variance)", "CASE WHEN variance >= 0 THEN sqrt(variance) END")
macro("hive_covar_pop(m)", "CASE WHEN m.n > 0 THEN m.covar / m.n END")
macro("hive_covar_samp(m)", "CASE WHEN m.n > 1 THEN m.covar / (m.n - 1) END")
macro("hive_corr(m)", "CASE WHEN m.xvar <> 0 AND m.yvar <> 0 THEN m.covar / sqrt(m.yvar) / sqrt(m.xvar) END")
macro("hive_regr_slope(m)", "CASE WHEN m.n > 1 AND m.xvar <> 0 THEN m.covar / m.xvar END")
macro("hive_regr_intercept(m)", "CASE WHEN m.xvar <> 0 THEN m.yavg - m.covar / m.xvar * m.xavg END")
macro(
    "hive_regr_r2(m)",
    """CASE WHEN m.n > 1 AND m.xvar <> 0
        THEN CASE WHEN m.yvar = 0 THEN 1.0::DOUBLE ELSE m.covar * m.covar / m.xvar / m.yvar END END""",
)
macro("hive_regr_sxy(m)", "CASE WHEN m.n > 0 THEN m.covar END")
macro(
    "hive_percentile(ordered, share)",
    """CASE WHEN share BETWEEN 0 AND 1 THEN hive_between(ordered, (len(ordered) - 1) * share)
        WHEN share IS NOT NULL
        THEN CAST(hive_fail('percentile takes shares between 0 and 1; got ' || share || '.') AS DOUBLE) END""",
)
macro(
    "hive_percentiles(ordered, shares)",
    "CASE WHEN len(ordered) > 0 THEN list_transform(shares, lambda share: hive_percentile(ordered, share)) END",
)
macro(
    "hive_between(ordered, place)",
    """CASE WHEN ordered[CAST(floor(place) AS BIGINT) + 1] = ordered[CAST(ceil(place) AS BIGINT) + 1]
            THEN CAST(ordered[CAST(floor(place) AS BIGINT) + 1] AS DOUBLE)
        ELSE (ceil(place) - place) * ordered[CAST(floor(place) AS BIGINT) + 1]
            + (place - floor(place)) * ordered[CAST(ceil(place) AS BIGINT) + 1] END""",
)


@function(
    "hive_moments",
    ["DOUBLE[]", "DOUBLE[]"],
    "STRUCT(n BIGINT, xavg DOUBLE, yavg DOUBLE, xvar DOUBLE, yvar DOUBLE, covar DOUBLE)",
)
def moments(xs: Sequence[float], ys: Sequence[float]) -> dict[str, float]:
    """Means of pairs, and the sums of the squares and products of the distances from them.

    Source: Philippe Pébay, Formulas for Robust, One-Pass Parallel Computation of Covariances, SAND2008-6212.

    >>> moments([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    {'n': 3, 'xavg': 2.0, 'yavg': 4.0, 'xvar': 2.0, 'yvar': 8.0, 'covar': 4.0}
    """
    xavg = yavg = xvar = yvar = covar = 0.0
    for number, (x, y) in enumerate(zip(xs, ys), start=1):
        dx, dy = x - xavg, y - yavg
        xavg += dx / number
        yavg += dy / number
        covar += dx * (y - yavg)
        xvar += dx * (x - xavg)
        yvar += dy * (y - yavg)
    return {"n": len(xs), "xavg": xavg, "yavg": yavg, "xvar": xvar, "yvar": yvar, "covar": covar}


@function("hive_squares", ["DOUBLE[]"], "DOUBLE")
def squares(values: Sequence[float]) -> float:
    """The sum of the squares of the distances from the mean.

    Source: Chan, Golub and LeVeque, Algorithms for Computing the Sample Variance, The American Statistician 37 (1983).

    >>> squares([1.0, 2.0, 3.0])
    2.0
    """
    total = found = 0.0
    for number, value in enumerate(values, start=1):
        total += value
        if number > 1:
            distance = number * value - total
            found += distance * distance / (float(number) * (number - 1))
    return found


def _spread(sample: bool, root: bool) -> Callable[..., str]:
    """The SQL of a variance, or of its root."""
    native = f"{'stddev' if root else 'var'}_{'samp' if sample else 'pop'}"

    def sql(argument: Typed, distinct: str = "", over: str = "") -> str:
        x = as_double(argument)
        if over:
            return f"{native}({distinct}{x}){over}"
        number = f"count({distinct}{argument})"
        deviations = f"hive_deviations(sum({distinct}({x}) * ({x})), sum({distinct}{x}), {number})"
        variance = f"({deviations} / {f'nullif({number} - 1, 0)' if sample else number})"
        return f"hive_root{variance}" if root else variance

    return sql


def _pair(one: Typed, other: Typed) -> tuple[str, str]:
    """Two numbers as doubles, both NULL if one is."""
    first, second = as_double(one, text=False), as_double(other, text=False)
    return f"CASE WHEN {other} IS NOT NULL THEN {first} END", f"CASE WHEN {one} IS NOT NULL THEN {second} END"


def _plain(name: str, distinct: str) -> None:
    if distinct:
        raise UsageError(f"{name} takes pairs of numbers, not DISTINCT ones. Select the pairs in a subquery first.")


def _of_moments(name: str, x_first: bool = False) -> Rule:
    """A rule of what the moments of pairs tell; the pairs are written (y, x) unless x comes first."""

    def sql(one: Typed, other: Typed, distinct: str = "", over: str = "") -> str:
        _plain(name, distinct)
        x, y = _pair(one, other)[:: 1 if x_first else -1]
        if over:
            parts = {"n": "count", "xavg": "avgx", "yavg": "avgy", "xvar": "sxx", "yvar": "syy", "covar": "sxy"}
            fields = ", ".join(f"'{part}': regr_{native}({y}, {x}){over}" for part, native in parts.items())
            return f"hive_{name}({{{fields}}})"
        return f"hive_{name}(hive_moments({listed(Typed(x, DOUBLE))}, {listed(Typed(y, DOUBLE))}))"

    return Rule("primitive, primitive -> double", sql, aggregate=True)


def _of_side(name: str, side: int) -> Rule:
    """A rule of what one side of the pairs (y, x) tells: its mean, or the squares of the distances from it."""

    def mean(*pair: Typed, distinct: str = "", over: str = "") -> Typed:
        _plain(name, distinct)
        as_double(pair[1 - side], text=False)  # refuses what is no number
        both = f"CASE WHEN {pair[1 - side]} IS NOT NULL THEN {pair[side]} END"
        return average(replace(pair[side], sql=both), distinct, over)

    def spread(*pair: Typed, distinct: str = "", over: str = "") -> str:
        _plain(name, distinct)
        value = _pair(*pair)[side]
        if over:
            return f"(var_pop({value}){over} * count({value}){over})"
        return f"hive_squares({listed(Typed(value, DOUBLE))})"

    if name.startswith("regr_avg"):
        return Rule("primitive, primitive -> ?", mean, aggregate=True)
    return Rule("primitive, primitive -> double", spread, aggregate=True)


def _pairs(one: Typed, other: Typed, distinct: str = "", over: str = "") -> str:
    _plain("regr_count", distinct)
    return f"count({_pair(one, other)[0]}){over}"


def _percentile(many: bool) -> Callable[..., str]:
    def sql(argument: Typed, share: Typed, distinct: str = "", over: str = "") -> str:
        if over:
            return f"quantile_cont({distinct}{argument}, {share}){over}"
        ordered = f"list_sort({listed(argument, distinct)})"
        if not many:
            return f"hive_percentile({ordered}, any_value({share}))"
        return f"hive_percentiles({ordered}, any_value({share}))"

    return sql


def _approximate(many: bool) -> Callable[..., str]:
    def sql(argument: Typed, share: Typed, bins: Typed | None = None, distinct: str = "", over: str = "") -> str:
        values = listed(Typed(as_double(argument, text=False), DOUBLE), distinct, over)
        shares = share.sql if many else f"[{share}]"
        number = _BINS if bins is None else f"any_value({bins}){over}"
        found = f"hive_percentiles_approx({values}, any_value({shares}){over}, {number})"
        return found if many else f"{found}[1]"

    return sql


def _histogram(argument: Typed, bins: Typed, distinct: str = "", over: str = "") -> str:
    values = listed(Typed(as_double(argument, text=False), DOUBLE), distinct, over)
    return f"hive_histogram({values}, any_value({bins}){over})"


def _one(signature: str, sql: Callable[..., Any]) -> Rule:
    return Rule(signature, sql, aggregate=True)


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "variance var_pop": _one("primitive -> double", _spread(sample=False, root=False)),
    "var_samp": _one("primitive -> double", _spread(sample=True, root=False)),
    "std stddev stddev_pop": _one("primitive -> double", _spread(sample=False, root=True)),
    "stddev_samp": _one("primitive -> double", _spread(sample=True, root=True)),
    "covar_pop": _of_moments("covar_pop", x_first=True),
    "covar_samp": _of_moments("covar_samp", x_first=True),
    "corr": _of_moments("corr"),
    "regr_slope": _of_moments("regr_slope"),
    "regr_intercept": _of_moments("regr_intercept"),
    "regr_r2": _of_moments("regr_r2"),
    "regr_sxy": _of_moments("regr_sxy"),
    "regr_sxx": _of_side("regr_sxx", 1),
    "regr_syy": _of_side("regr_syy", 0),
    "regr_avgx": _of_side("regr_avgx", 1),
    "regr_avgy": _of_side("regr_avgy", 0),
    "regr_count": _one("primitive, primitive -> bigint", _pairs),
    "percentile": [
        _one("integer, double -> double", _percentile(many=False)),
        _one("integer, array<double> -> array<double>", _percentile(many=True)),
    ],
    "percentile_approx": [
        _one("primitive, double [int] -> double", _approximate(many=False)),
        _one("primitive, array<double> [int] -> array<double>", _approximate(many=True)),
    ],
    "histogram_numeric": _one("primitive, int -> array<struct<x:double,y:double>>", _histogram),
}
