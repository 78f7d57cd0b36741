"""Hive's two interval types: their literals, their text, and what they do to dates and timestamps.

A year-to-month interval is a number of months, a day-to-second interval a number of microseconds; DuckDB's INTERVAL
holds either. A fine interval of days to seconds is a decimal number of seconds.

Sources: Hive's HiveIntervalYearMonth, HiveIntervalDayTime, GenericUDFInternalInterval, GenericUDFOPDTIPlus and
GenericUDFOPDTIMinus.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bigdata.errors import UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.library import macro
from bigdata.sql.hive.moments import NANOSECONDS
from bigdata.sql.types import (
    BIGINT,
    DATE,
    DAY_TIME,
    FINE_DAY_TIME,
    FINE_TIMESTAMP,
    INTERVALS,
    TIMESTAMP,
    YEAR_MONTH,
    HiveType,
    decimal,
    fine,
    literal,
)

_MONTHS = {"year": 12, "month": 1}
_MICROSECONDS = {"day": 86_400_000_000, "hour": 3_600_000_000, "minute": 60_000_000, "second": 1_000_000}
_YEAR_TO_MONTH = r"\s*([+|-]?)([0-9]+)-([0-9]+)\s*"
_DAY_TO_SECOND = r"\s*([+|-]?)([0-9]+) ([0-9]+):([0-9]+):([0-9]+)(\.[0-9]+)?\s*"

macro("hive_months_of(span)", "datepart('year', span) * 12 + datepart('month', span)")
macro(
    "hive_months_text(span)",
    """CASE WHEN hive_months_of(span) < 0 THEN '-' ELSE '' END
        || abs(hive_months_of(span)) // 12 || '-' || abs(hive_months_of(span)) % 12""",
)
macro(
    "hive_interval_text(span)",
    """CASE WHEN epoch_us(span) < 0 THEN '-' ELSE '' END || abs(epoch_us(span)) // 86400000000
        || ' ' || lpad(CAST(abs(epoch_us(span)) // 3600000000 % 24 AS VARCHAR), 2, '0')
        || ':' || lpad(CAST(abs(epoch_us(span)) // 60000000 % 60 AS VARCHAR), 2, '0')
        || ':' || lpad(CAST(abs(epoch_us(span)) // 1000000 % 60 AS VARCHAR), 2, '0')
        || '.' || lpad(CAST(abs(epoch_us(span)) % 1000000 AS VARCHAR), 6, '0') || '000'""",
)
macro(
    "hive_months(text)",
    rf"""CASE WHEN regexp_full_match(text, '{_YEAR_TO_MONTH}')
        AND CAST(regexp_extract(text, '{_YEAR_TO_MONTH}', 3) AS INTEGER) < 12
        THEN to_months((CAST(regexp_extract(text, '{_YEAR_TO_MONTH}', 2) AS INTEGER) * 12
            + CAST(regexp_extract(text, '{_YEAR_TO_MONTH}', 3) AS INTEGER))
            * CASE WHEN starts_with(ltrim(text), '-') THEN -1 ELSE 1 END) END""",
)


macro("hive_coarse_span(seconds)", "to_microseconds(CAST(trunc(seconds * 1000000) AS BIGINT))")
macro(
    "hive_with_days(span)",
    """to_days(CAST(epoch_us(span) // 86400000000 AS INTEGER)) + to_microseconds(epoch_us(span) % 86400000000)""",
)
macro(
    "hive_fine_day_time_text(seconds)",
    """CASE WHEN seconds < 0 THEN '-' ELSE '' END || left(hive_interval_text(hive_coarse_span(abs(seconds))), -3)
        || lpad(CAST(CAST(abs(seconds) * 1000000000 AS HUGEINT) % 1000 AS VARCHAR), 3, '0')""",
)


def _part(group: int) -> str:
    return f"CAST(regexp_extract(text, '{_DAY_TO_SECOND}', {group}) AS BIGINT)"


macro(
    "hive_interval(text)",
    rf"""CASE WHEN regexp_matches(text, '\.[0-9]{{6}}0{{0,2}}[1-9][0-9]*\s*$')
        THEN CAST(hive_fail('{NANOSECONDS} in ' || text) AS INTERVAL) ELSE hive_cut_interval(text) END""",
)
macro(
    "hive_fine_interval(text)",
    """CAST(hive_fine(hive_cut_interval(text))
        + hive_last_digits(text) * CASE WHEN starts_with(ltrim(text), '-') THEN -1 ELSE 1 END AS DECIMAL(21, 9))""",
)
macro(
    "hive_cut_interval(text)",
    rf"""CASE WHEN regexp_full_match(text, '{_DAY_TO_SECOND}') AND {_part(3)} < 24 AND {_part(4)} < 60
        THEN to_microseconds((((({_part(2)} * 24 + {_part(3)}) * 60 + {_part(4)}) * 60 + {_part(5)}) * 1000000
            + CAST(rpad(substr(regexp_extract(text, '{_DAY_TO_SECOND}', 6), 2, 6), 6, '0') AS BIGINT))
            * CASE WHEN starts_with(ltrim(text), '-') THEN -1 ELSE 1 END) END""",
)


# whole seconds are moved; what follows the point stays
macro(
    "hive_fine_shifted(seconds, months)",
    """CAST(hive_fine(hive_coarse(floor(seconds)) + months) + (seconds - floor(seconds)) AS DECIMAL(21, 9))""",
)


def interval_literal(value: str, unit: str) -> Typed:
    """``INTERVAL 'value' unit``.

    :param unit: ``year``, ``month``, ``day``, ``hour``, ``minute``, ``second``, also in the plural; ``year to month``
        (``1-2``) or ``day to second`` (``1 2:3:4.5``)
    :raises UsageError: for what is no such interval

    >>> str(interval_literal("1-2", "YEAR TO MONTH")), str(interval_literal("-3", "days"))
    ('to_months(14)', 'to_microseconds(-259200000000)')
    """
    text, words = str(value).strip(), unit.lower().replace("_", " ").split()
    name = " ".join(word.rstrip("s") for word in words)
    if name in _MONTHS and re.fullmatch(r"[+-]?\d+", text):
        return Typed(f"to_months({int(text) * _MONTHS[name]})", YEAR_MONTH)
    if name in ("day", "hour", "minute") and re.fullmatch(r"[+-]?\d+", text):
        return _day_time(Decimal(int(text) * _MICROSECONDS[name] // 1_000_000))
    if name == "second" and re.fullmatch(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+", text):
        return _day_time(Decimal(text))
    if name in ("year month", "year to month"):
        found = re.fullmatch(_YEAR_TO_MONTH, text)
        if found and int(found[3]) < 12:
            months = int(found[2]) * 12 + int(found[3])
            return Typed(f"to_months({-months if found[1] == '-' else months})", YEAR_MONTH)
    if name in ("day time", "day to second"):
        found = re.fullmatch(_DAY_TO_SECOND, text)
        if found and int(found[3]) < 24 and int(found[4]) < 60:
            seconds = ((int(found[2]) * 24 + int(found[3])) * 60 + int(found[4])) * 60 + int(found[5])
            span = seconds + Decimal(found[6] or 0)
            return _day_time(-span if found[1] == "-" else span)
    raise UsageError(
        f"INTERVAL {value!r} {unit} is no interval of Hive. Expected one like INTERVAL '1-2' YEAR TO MONTH."
    )


def _day_time(seconds: Decimal) -> Typed:
    """An interval of some seconds, which is fine if it must be."""
    microseconds, rest = divmod(seconds * 1_000_000, 1)
    if abs(microseconds) >= 1 << 63:
        raise UsageError(f"an interval of {seconds} seconds is longer than any of Hive.")
    if not rest:
        return Typed(f"to_microseconds({microseconds})", DAY_TIME)
    return Typed(f"CAST({literal(format(seconds, '.9f'))} AS {FINE_DAY_TIME.duckdb})", FINE_DAY_TIME)


def interval_of(value: Typed, unit: str) -> Typed:
    """``INTERVAL (value) unit`` for an expression.

    :raises UsageError: for a unit that takes no expression, or a value that is neither text nor an exact number

    >>> from bigdata.sql.types import INT
    >>> str(interval_of(Typed("n", INT), "months"))
    'to_months(CAST(CAST(n AS BIGINT) * 1 AS INTEGER))'
    """
    if value.constant is not None:
        return interval_literal(str(value.constant), unit)
    if value.type.is_text and unit.lower() in ("year to month", "day to second"):
        kind = YEAR_MONTH if unit.lower() == "year to month" else DAY_TIME
        return Typed(str(cast(value.sql, value.type, kind)), kind)
    name = unit.lower().rstrip("s")
    wanted = decimal(38, 6) if name == "second" else BIGINT
    if name not in {*_MONTHS, *_MICROSECONDS} or value.type.name in ("float", "double"):
        raise UsageError(
            f"INTERVAL of {value.type} in {unit} is no interval of Hive. Expected a whole number of units."
        )
    number = cast(value.sql, value.type, wanted)
    if name in _MONTHS:
        return Typed(f"to_months(CAST({number} * {_MONTHS[name]} AS INTEGER))", YEAR_MONTH)
    return Typed(f"to_microseconds(CAST(trunc({number} * {_MICROSECONDS[name]}) AS BIGINT))", DAY_TIME)


_SUM, _DIFFERENCE = "({0} + {1})", "({0} - {1})"
_ELAPSED = "to_microseconds(epoch_us(CAST({0} AS TIMESTAMP)) - epoch_us(CAST({1} AS TIMESTAMP)))"
_SHIFTS: dict[tuple[str, str, str], tuple[str, HiveType]] = {
    ("interval_year_month", "+", "interval_year_month"): (_SUM, YEAR_MONTH),
    ("interval_year_month", "-", "interval_year_month"): (_DIFFERENCE, YEAR_MONTH),
    ("interval_day_time", "+", "interval_day_time"): (_SUM, DAY_TIME),
    ("interval_day_time", "-", "interval_day_time"): (_DIFFERENCE, DAY_TIME),
    ("date", "+", "interval_year_month"): ("CAST({0} + {1} AS DATE)", DATE),
    ("date", "-", "interval_year_month"): ("CAST({0} - {1} AS DATE)", DATE),
    ("interval_year_month", "+", "date"): ("CAST({1} + {0} AS DATE)", DATE),
    ("date", "+", "interval_day_time"): ("(CAST({0} AS TIMESTAMP) + {1})", TIMESTAMP),
    ("date", "-", "interval_day_time"): ("(CAST({0} AS TIMESTAMP) - {1})", TIMESTAMP),
    ("interval_day_time", "+", "date"): ("(CAST({1} AS TIMESTAMP) + {0})", TIMESTAMP),
    **{
        ("timestamp", op, interval): (template, TIMESTAMP)
        for op, template in (("+", _SUM), ("-", _DIFFERENCE))
        for interval in INTERVALS
    },
    **{(interval, "+", "timestamp"): (_SUM, TIMESTAMP) for interval in INTERVALS},
    **{(left, "-", right): (_ELAPSED, DAY_TIME) for left in ("date", "timestamp") for right in ("date", "timestamp")},
}


def shift(op: str, left: Typed, right: Typed) -> Typed | None:
    """``+`` and ``-`` with an interval, and what lies between two moments; ``None`` for other types.

    >>> str(shift("-", Typed("a", DATE), Typed("b", DATE)).type)
    'interval_day_time'
    """
    found = _SHIFTS.get((left.type.name, op, right.type.name))
    if found is None:
        return None
    template, kind = found
    if not (left.type.is_fine or right.type.is_fine):
        return Typed(template.format(left, right), kind)
    if "interval_year_month" in (left.type.name, right.type.name):
        moment, months = (left, right) if right.type == YEAR_MONTH else (right, left)
        return Typed(f"hive_fine_shifted({moment}, {'-' if op == '-' else ''}{months})", FINE_TIMESTAMP)
    kind = fine(kind)
    sides = (cast(side.sql, side.type, fine(TIMESTAMP if side.type == DATE else side.type)) for side in (left, right))
    return Typed(f"CAST({f' {op} '.join(map(str, sides))} AS {kind.duckdb})", kind)
