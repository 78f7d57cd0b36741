"""Days and timestamps of texts and numbers, and their texts.

Texts are read leniently: ``2015-13-45`` is a day in the next year, and a text that shows no time by its whole pattern
is the midnight of the day before its first blank.

Sources: Hive 3.1's o.a.h.hive.common.type.Date, Timestamp and TimestampTZUtil, PrimitiveObjectInspectorUtils
(getDate, getTimestampFromString).
"""

from __future__ import annotations

from bigdata.sql.hive.java import zones  # noqa: F401  it defines hive_zone and hive_region
from bigdata.sql.hive.library import macro
from bigdata.sql.types import literal

macro(
    "hive_date_of(y, m, d)",
    """CAST(CAST(make_date(CAST(y AS BIGINT), 1, 1) + to_months(CAST(m AS INTEGER) - 1) AS DATE)
        + to_days(CAST(d AS INTEGER) - 1) AS DATE)""",
)
# how dates are mostly written, which DuckDB reads at once
PLAIN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = r"\s*([0-9]{1,5})-([0-9]{1,2})-([0-9]{1,2})"
# the day before the first blank, which is all that most functions of days read
macro(
    "hive_day(text)",
    rf"""coalesce(CASE WHEN regexp_full_match(text, '{PLAIN}( .*)?') THEN TRY_CAST(substr(text, 1, 10) AS DATE) END,
        CASE WHEN regexp_full_match(text, '{_DATE}( .*|\s*)')
        THEN hive_date_of(regexp_extract(text, '{_DATE}', 1), regexp_extract(text, '{_DATE}', 2),
            regexp_extract(text, '{_DATE}', 3)) END)""",
)
macro("hive_date(text)", "coalesce(hive_day(text), CAST(hive_iso(text) AS DATE))")
_TIME = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?"
_STRICT_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
_ZONE = r" ?([+-][0-9]{1,2}:[0-9]{2}|Z|UTC|GMT|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_+-]+)+)"
macro(
    "hive_iso(text)",
    rf"""CASE WHEN regexp_full_match(text, '\s*{PLAIN}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,9}})?)?\s*')
        THEN TRY_CAST(text AS TIMESTAMP) END""",
)
#: what a statement says that meets more digits than microseconds, before it runs again with fine types
NANOSECONDS = "there are nanoseconds"
_MORE_DIGITS = r":[0-9]{1,2}\.[0-9]{6}0{0,2}[1-9]"
macro(
    "hive_plain_timestamp(text)",
    rf"""CASE WHEN regexp_full_match(text, '{PLAIN} [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}')
        THEN TRY_CAST(text AS TIMESTAMP) END""",
)
# what shows no time by its whole pattern, or a zone behind it, which doesn't count, is a day
macro(
    "hive_odd_timestamp(text)",
    rf"""CASE WHEN regexp_full_match(text, '{_DATE} {_TIME}\s*|\s*{PLAIN} {_STRICT_TIME}{_ZONE}\s*')
        THEN CAST(hive_day(text) AS TIMESTAMP)
        + to_hours(CAST(regexp_extract(text, ' {_TIME}', 1) AS INTEGER))
        + to_minutes(CAST(regexp_extract(text, ' {_TIME}', 2) AS INTEGER))
        + to_seconds(CAST(regexp_extract(text, ' {_TIME}', 3) AS INTEGER))
        + to_microseconds(CAST(rpad(substr(regexp_extract(text, ' {_TIME}', 4), 2, 6), 6, '0') AS BIGINT))
        ELSE coalesce(CAST(hive_day(text) AS TIMESTAMP), hive_iso(text)) END""",
)
macro(
    "hive_timestamp(text)",
    rf"""coalesce(hive_plain_timestamp(text),
        CASE WHEN regexp_matches(text, '{_MORE_DIGITS}')
        THEN CAST(hive_fail('{NANOSECONDS} in ' || text) AS TIMESTAMP) ELSE hive_odd_timestamp(text) END)""",
)
macro("hive_cut_timestamp(text)", "coalesce(hive_plain_timestamp(text), hive_odd_timestamp(text))")
# the time of a zone's clocks; the moment that they show, which is the first where they show a time twice
macro("hive_in_zone(instant, zone)", "timezone(zone, timezone('UTC', instant))")
macro("hive_at(moment, zone)", "timezone('UTC', timezone(zone, moment))")
macro("hive_as_a_day_before(moment, zone)", "moment + (hive_at(moment - to_days(1), zone) - (moment - to_days(1)))")
macro(
    "hive_of_zone(moment, zone)",
    """CASE WHEN hive_in_zone(hive_as_a_day_before(moment, zone), zone) = moment
        THEN hive_as_a_day_before(moment, zone) ELSE hive_at(moment, zone) END""",
)
macro("hive_local(instant)", "hive_in_zone(instant, hive_local_zone())")
macro("hive_instant(moment)", "hive_of_zone(moment, hive_local_zone())")
for _shift in ("local", "instant"):
    macro(
        f"hive_fine_{_shift}(seconds)",
        f"""CAST(hive_fine(hive_{_shift}(hive_coarse(floor(seconds)))) + (seconds - floor(seconds))
            AS DECIMAL(21, 9))""",
    )
# a text with its zone, or in that of the session
_ZONED_TEXT = rf"\s*({PLAIN}( [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?)?)[0-9]*{_ZONE}?\s*"
macro(
    "hive_cut_zoned_timestamp(text)",
    rf"""CASE WHEN regexp_full_match(text, '{_ZONED_TEXT}') THEN hive_of_zone(
        TRY_CAST(regexp_extract(text, '{_ZONED_TEXT}', 1) AS TIMESTAMP),
        if(regexp_extract(text, '{_ZONED_TEXT}', 4) = '', hive_local_zone(),
            hive_region(regexp_extract(text, '{_ZONED_TEXT}', 4)))) END""",
)
macro(
    "hive_zoned_timestamp(text)",
    rf"""CASE WHEN regexp_matches(text, '{_MORE_DIGITS}')
        THEN CAST(hive_fail('{NANOSECONDS} in ' || text) AS TIMESTAMP) ELSE hive_cut_zoned_timestamp(text) END""",
)
# NULL for what lies beyond all years that DuckDB has
macro(
    "hive_of_whole(number)",
    """make_timestamp(CASE WHEN abs(number // 8) < 1000000000000000000 // hive_whole_unit()
        THEN number * hive_whole_unit() END)""",
)
macro("hive_of_seconds(number)", "make_timestamp(CASE WHEN abs(number // 8) < 1000000000000 THEN number * 1000000 END)")
macro("hive_fine(moment)", "CAST(CAST(epoch_us(moment) AS DECIMAL(21, 0)) * 0.000001 AS DECIMAL(21, 9))")
macro("hive_coarse(seconds)", "make_timestamp(CAST(floor(seconds * 1000000) AS BIGINT))")
macro(
    "hive_last_digits(text)",
    r"""CAST('0.000000' || rpad(regexp_extract(text, ':[0-9]{1,2}\.[0-9]{6}([0-9]{1,3})', 1), 3, '0')
    AS DECIMAL(21, 9))""",
)
macro(
    "hive_fine_timestamp(text)",
    "CAST(hive_fine(hive_cut_timestamp(text)) + hive_last_digits(text) AS DECIMAL(21, 9))",
)
macro(
    "hive_fine_zoned_timestamp(text)",
    "CAST(hive_fine(hive_cut_zoned_timestamp(text)) + hive_last_digits(text) AS DECIMAL(21, 9))",
)
macro(
    "hive_fine_timestamp_text(seconds)",
    r"""hive_timestamp_text(hive_coarse(floor(seconds)))
        || substr(hive_trimmed(CAST(CAST(seconds - floor(seconds) AS DECIMAL(10, 9)) AS VARCHAR)), 2)""",
)
# a year before the first is shown as what it is called before Christ; one of five digits has a sign
macro(
    "hive_date_text(day)",
    """CASE WHEN year(day) BETWEEN 1 AND 9999 THEN CAST(day AS VARCHAR)
        ELSE if(year(day) > 0, '+' || year(day), lpad(CAST(1 - year(day) AS VARCHAR), 4, '0'))
            || strftime(day, '-%m-%d') END""",
)
macro(
    "hive_timestamp_text(moment)",
    r"""hive_date_text(CAST(moment AS DATE))
        || regexp_replace(rtrim(strftime(moment, ' %H:%M:%S.%f'), '0'), '\.$', '')""",
)
for _kind, _local in (("", "timestamp"), ("fine_", "fine_timestamp")):
    macro(
        f"hive_{_kind}zoned_text(instant)",
        f"""regexp_replace(hive_{_local}_text(hive_{_kind}local(instant)), ':[0-9]{{2}}$', '\\0.0')
            || ' ' || hive_local_zone()""",
    )
macro("hive_whole_seconds(moment)", "epoch_us(date_trunc('second', moment)) // 1000000")
macro("hive_seconds(moment)", "epoch_us(moment)::DOUBLE / 1000000")
macro(
    "hive_moment(seconds)",
    f"""CASE WHEN hive_fine_moment(seconds) * 1000000 = floor(hive_fine_moment(seconds) * 1000000)
    THEN hive_coarse(hive_fine_moment(seconds))
    WHEN hive_fine_moment(seconds) IS NOT NULL
    THEN CAST(hive_fail('{NANOSECONDS} in ' || seconds) AS TIMESTAMP) END""",
)
# cut to nine digits
macro(
    "hive_fine_moment(seconds)", "CAST(trunc(hive_exact_seconds(seconds) * 1000000000) * 0.000000001 AS DECIMAL(21, 9))"
)
macro("hive_exact_seconds(seconds)", "TRY_CAST(CAST(seconds AS VARCHAR) AS DECIMAL(28, 16))")


def of_session(zone: str, in_seconds: bool) -> str:
    """SQL that defines what conversions ask of a session.

    :param zone: the one in which timestamps with local time zone are shown
    :param in_seconds: whether a whole number that becomes a timestamp is seconds, not milliseconds

    >>> print(of_session("Asia/Tokyo", False))
    CREATE OR REPLACE MACRO hive_local_zone() AS 'Asia/Tokyo';
    CREATE OR REPLACE MACRO hive_whole_unit() AS 1000
    """
    unit = 1_000_000 if in_seconds else 1000
    return f"""CREATE OR REPLACE MACRO hive_local_zone() AS {literal(zone)};
CREATE OR REPLACE MACRO hive_whole_unit() AS {unit}"""
