"""Hive's functions on dates, timestamps and intervals.

Dates may be text, read leniently, and are NULL where it is none. The zone is UTC. Patterns are those of Java's
SimpleDateFormat; simple ones that are literals become DuckDB's strftime.

Sources: Hive 3.1's GenericUDFAddMonths, GenericUDFMonthsBetween, GenericUDFNextDay, GenericUDFTrunc,
GenericUDFDateFormat, GenericUDFToUnixTimeStamp, GenericUDFFromUtcTimestamp, UDFDateFloor, UDFWeekOfYear; LanguageManual
UDF, Date Functions.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bigdata.errors import UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions import numbers
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java.dates import formatted, parsed, strftime
from bigdata.sql.hive.java.zones import zone
from bigdata.sql.hive.library import function, macro
from bigdata.sql.types import FINE_TIMESTAMP, TIMESTAMP, TIMESTAMP_LTZ, literal

_DEFAULT = "yyyy-MM-dd HH:mm:ss"

macro("hive_current_timestamp()", "date_trunc('milliseconds', make_timestamp(epoch_us(now())))")
macro("hive_current_date()", "CAST(make_timestamp(epoch_us(now())) AS DATE)")
macro(
    "hive_add_months(moment, months)",
    """CASE WHEN CAST(moment AS DATE) = last_day(moment) THEN last_day(CAST(moment AS DATE) + to_months(months))
        ELSE CAST(CAST(moment AS DATE) + to_months(months) AS DATE) END""",
)
macro(
    "hive_months_apart(one, other)",
    """(year(one) - year(other)) * 12 + month(one) - month(other)
        + CASE WHEN day(one) = day(other)
            OR (CAST(one AS DATE) = last_day(one) AND CAST(other AS DATE) = last_day(other))
        THEN 0::DOUBLE ELSE CAST((day(one) - day(other)) * 86400 + hive_second_of_day(one) - hive_second_of_day(other)
            AS DOUBLE) / 2678400 END""",
)
# java.util.Calendar counts by Julian days before it knows Gregorian ones, which dates are
macro("hive_julian(day)", "5 * ((4 * (CAST(day AS DATE) - DATE '1970-01-01' + 2441989) + 3) % 1461 // 4) + 2")
macro(
    "hive_day_of_month(day)",
    "CASE WHEN day < DATE '1582-10-15' THEN hive_julian(day) % 153 // 5 + 1 ELSE dayofmonth(day) END",
)
macro(
    "hive_month(day)",
    "CASE WHEN day < DATE '1582-10-15' THEN (hive_julian(day) // 153 + 2) % 12 + 1 ELSE month(day) END",
)
macro(
    "hive_calendar(moment)",
    "CASE WHEN moment < TIMESTAMP '1582-10-15' THEN moment + to_days(hive_julian_shift(moment)) ELSE moment END",
)
macro("hive_julian_shift(moment)", "CAST(2 - hive_century(moment) + hive_century(moment) // 4 AS INTEGER)")
macro(
    "hive_calendar_seconds(moment)",
    """CAST(epoch(moment) AS BIGINT)
        - CASE WHEN moment < TIMESTAMP '1582-10-15' THEN 86400 * hive_julian_shift(moment) ELSE 0 END""",
)
macro("hive_century(moment)", "year(moment - to_months(2)) // 100")
macro("hive_second_of_day(moment)", "hour(moment) * 3600 + minute(moment) * 60 + second(moment)")
macro(
    "hive_weekday(name)",
    """(list_position(['SU', 'SUN', 'SUNDAY', 'MO', 'MON', 'MONDAY', 'TU', 'TUE', 'TUESDAY', 'WE', 'WED', 'WEDNESDAY',
        'TH', 'THU', 'THURSDAY', 'FR', 'FRI', 'FRIDAY', 'SA', 'SAT', 'SATURDAY'], upper(name)) - 1) // 3""",
)
macro(
    "hive_next_day(day, name)",
    "hive_date_text(day + CAST((hive_weekday(name) - dayofweek(day) + 6) % 7 + 1 AS INTEGER))",
)
macro(
    "hive_first_day(day, unit)",
    """hive_date_text(CAST(CASE WHEN unit IN ('MONTH', 'MON', 'MM') THEN date_trunc('month', day)
        WHEN unit IN ('QUARTER', 'Q') THEN date_trunc('quarter', day)
        WHEN unit IN ('YEAR', 'YYYY', 'YY') THEN date_trunc('year', day) END AS DATE))""",
)
macro(
    "hive_clock(text)",
    r"""coalesce(hive_cut_timestamp(text), CASE WHEN regexp_full_match(text, '\s*[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}.*')
        THEN hive_cut_timestamp('1970-01-01 ' || trim(text)) END)""",
)


@function("hive_format", ["TIMESTAMP", "VARCHAR"], "VARCHAR")
def format_moment(moment: datetime | str, pattern: str) -> str | None:
    """A timestamp by a pattern of Java's; ``None`` for what is no pattern, and for years that Python doesn't have.

    >>> format_moment(datetime(2015, 4, 8), "EEEE d MMMM"), format_moment(datetime(2015, 4, 8), "bb")
    ('Wednesday 8 April', None)
    """
    try:
        return None if isinstance(moment, str) else formatted(moment, pattern)
    except ValueError:
        return None


@function("hive_unix_time", ["VARCHAR", "VARCHAR"], "BIGINT")
def unix_time(text: str, pattern: str) -> int | None:
    """The seconds from 1970 of what a text names by a pattern of Java's; ``None`` where it doesn't fit.

    >>> unix_time("2009-03-20", "yyyy-MM-dd")
    1237507200
    """
    moment = parsed(text, pattern, datetime.now(UTC).date())
    if moment is None:
        return None
    since = moment - datetime(1970, 1, 1)
    if moment < datetime(1582, 10, 15):  # what Java reads is a Julian day
        century = (moment.year - (moment.month < 3)) // 100
        since -= timedelta(2 - century + century // 4)
    milliseconds = since // timedelta(milliseconds=1)
    return int(milliseconds / 1000)  # towards zero, as Java divides


#: letters of patterns whose meaning the day's number in another calendar would change
_OF_WEEKS = "EuFwWD"


def _format(moment: Typed | str, pattern: Typed | str) -> str:
    """A timestamp's SQL by a pattern, which may be a literal."""
    constant = pattern if isinstance(pattern, str) else pattern.constant
    if isinstance(constant, str):
        if not set(constant) & set(_OF_WEEKS):
            moment = f"hive_calendar({moment})"
        try:
            simple = strftime(constant)
        except ValueError:
            return "CAST(NULL AS VARCHAR)"
        if simple is not None:
            return f"strftime({moment}, {literal(simple)})"
    return f"hive_format({moment}, {literal(pattern) if isinstance(pattern, str) else pattern})"


#: fields that DuckDB reads as Java does where it can read the text at all
_STRICT = ("yyyy", "MM", "dd", "HH", "mm", "ss")


def _unix_time(text: Typed, pattern: Typed | None = None) -> str:
    constant = _DEFAULT if pattern is None else pattern.constant
    java = f"hive_unix_time({text}, {literal(_DEFAULT) if pattern is None else pattern})"
    if not isinstance(constant, str):
        return java
    try:
        simple = strftime(constant, _STRICT)
    except ValueError as error:
        raise UsageError(f"unix_timestamp: {error}.") from None
    if simple is None or not re.search(r"%Y\W+%m\W+%d", simple):
        return java
    return f"coalesce(hive_calendar_seconds(try_strptime({text}, {literal(simple)})), {java})"


def _add_months(moment: Typed, months: Typed, pattern: Typed | None = None) -> str:
    day = f"hive_add_months({moment}, {months})"
    if pattern is None:
        return f"hive_date_text({day})"
    return _format(f"({day} + ({moment} - date_trunc('day', {moment})))", pattern)


def _months_between(one: Typed, other: Typed, rounded: Typed | None = None) -> str:
    # lambdas give names to what else would stand in the SQL a hundred times
    pair = f"[{{'one': {one}, 'other': {other}}}]"
    apart = f"list_transform({pair}, lambda hive_pair: hive_months_apart(hive_pair.one, hive_pair.other))"
    nearest = f"list_transform({apart}, lambda hive_months: {numbers.rounded_double('hive_months', 8)})[1]"
    return nearest if rounded is None else f"CASE WHEN {rounded} THEN {nearest} ELSE {apart}[1] END"


def _shifted(template: str) -> Rule:
    """A timestamp in another zone: ``{moment}`` and ``{zone}`` are the function's."""

    def shift(moment: Typed, name: Typed) -> Typed:
        sql = cast(moment.sql, moment.type, TIMESTAMP)
        if sql is None:
            raise UsageError(f"{moment.type} is no timestamp. Cast it to one.")
        known = literal(zone(name.constant)) if isinstance(name.constant, str) else f"hive_zone({name})"
        shifted = template.format(moment=sql, zone=known)
        if not moment.type.is_fine:
            return Typed(shifted, TIMESTAMP)
        rest = f"({cast(moment.sql, moment.type, FINE_TIMESTAMP)} - hive_fine({sql}))"
        return Typed(f"CAST(hive_fine({shifted}) + {rest} AS {FINE_TIMESTAMP.duckdb})", FINE_TIMESTAMP)

    return Rule("primitive, string -> ?", shift)


def _clock(unit: str, size: int, limit: int) -> list[Rule]:
    """A part of a time of day, or of an interval of so many microseconds a unit."""
    return [
        Rule("interval_day_time -> int", f"CAST(epoch_us({{0}}) // {size} % {limit} AS INTEGER)"),
        Rule("text -> int", f"CAST({unit}(hive_clock({{0}})) AS INTEGER)"),
        Rule("timestamp -> int", f"CAST({unit}({{0}}) AS INTEGER)"),
    ]


def _calendar(unit: str, interval: str = "", of_interval: str = "") -> list[Rule]:
    """A part of a date, and of an interval where it has one."""
    parts = [Rule(f"{interval} -> int", f"CAST({of_interval} AS INTEGER)")] if interval else []
    return [*parts, Rule("date -> int", f"CAST({unit}({{0}}) AS INTEGER)")]


def _of_day(signature: str, sql: str) -> list[Rule]:
    """A function of a day first, which reads none of a text whose time stands behind a T."""
    return [Rule(signature.replace("date", "text", 1), sql.replace("{0}", "hive_day({0})")), Rule(signature, sql)]


def _floor(unit: str) -> list[Rule]:
    """The beginning of a year, ..., of a second."""
    begun = f"CAST(date_trunc('{unit}', {{0}}) AS TIMESTAMP)"

    def of_zoned(moment: Typed) -> Typed:
        begins = begun.format(cast(moment.sql, moment.type, TIMESTAMP))
        return Typed(f"hive_instant({begins})", TIMESTAMP_LTZ)

    return [Rule("zoned -> ?", of_zoned), Rule("timestamp -> timestamp", begun)]


#: of an interval, how many days it has
_DAYS = ("interval_day_time", "epoch_us({0}) // 86400000000")
#: what a number is for a day
_NO_NUMBER = "CAST(NULL AS INTEGER)"

_UNIX_TIME = [
    Rule("zoned -> bigint", lambda moment: f"hive_whole_seconds({cast(moment.sql, moment.type, TIMESTAMP_LTZ)})"),
    Rule("text[, string] -> bigint", _unix_time),
    Rule("timestamp[, string] -> bigint", "hive_whole_seconds({0})"),
]

FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "add_months": Rule("timestamp, int[, string] -> string", _add_months),
    "current_date": Rule("-> date", "hive_current_date()"),
    "current_timestamp": Rule("-> timestamp", "hive_current_timestamp()"),
    "date_add": _of_day("date, int -> date", "CAST({0} + {1} AS DATE)"),
    "date_format": Rule("timestamp, string -> string", _format),
    "date_sub": _of_day("date, int -> date", "CAST({0} - {1} AS DATE)"),
    "datediff": Rule("date, date -> int", "CAST({0} - {1} AS INTEGER)"),
    "day": _calendar("hive_day_of_month", *_DAYS),
    "dayofmonth": [
        *_of_day("date -> int", "CAST(hive_day_of_month({0}) AS INTEGER)"),
        *_calendar("hive_day_of_month", *_DAYS),
    ],
    "dayofweek": [*_of_day("date -> int", "CAST(dayofweek({0}) + 1 AS INTEGER)"), Rule("number -> int", _NO_NUMBER)],
    "from_unixtime": Rule(
        "bigint[, string] -> string",
        lambda seconds, pattern=_DEFAULT: _format(f"hive_of_seconds({seconds})", pattern),
    ),
    "from_utc_timestamp": _shifted("hive_in_zone({moment}, {zone})"),
    "hour": _clock("hour", 3_600_000_000, 24),
    "last_day": _of_day("date -> string", "hive_date_text(last_day({0}))"),
    "minute": _clock("minute", 60_000_000, 60),
    "month": _calendar("hive_month", "interval_year_month", "datepart('month', {0})"),
    "months_between": Rule("timestamp, timestamp[, boolean] -> double", _months_between),
    "next_day": _of_day("date, string -> string", "hive_next_day({0}, {1})"),
    "quarter": _calendar("quarter"),
    "second": _clock("second", 1_000_000, 60),
    "to_date": _of_day("date -> date", "{0}"),
    "to_epoch_milli": [
        Rule("zoned -> bigint", lambda moment: f"epoch_ms({cast(moment.sql, moment.type, TIMESTAMP_LTZ)})"),
        Rule("timestamp -> bigint", "epoch_ms({0})"),
    ],
    "to_unix_timestamp": _UNIX_TIME,
    "to_utc_timestamp": _shifted("hive_of_zone({moment}, {zone})"),
    "trunc": [
        *_of_day("date, string -> string", "hive_first_day({0}, {1})"),
        Rule("number[, integer] -> ?", numbers.trunc),
    ],
    "unix_timestamp": [Rule("-> bigint", "epoch_ms(hive_current_timestamp()) // 1000"), *_UNIX_TIME],
    # EXTRACT(WEEK FROM ...) calls it week
    "weekofyear week": [*_calendar("weekofyear"), Rule("number -> int", _NO_NUMBER)],
    "year": _calendar("year", "interval_year_month", "datepart('year', {0})"),
    **{
        f"floor_{unit}": _floor(unit)
        for unit in ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
    },
}
