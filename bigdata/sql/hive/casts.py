"""Conversions between Hive's types as SQL for DuckDB: CAST, and what Hive converts by itself.

What can't be converted is NULL, never an error: text that is no number, a number that a decimal has no room for. Whole
numbers wrap around as Java's do; floating ones are cut, and stop at the ends of int and bigint. Text is read leniently:
``2015-13-45`` is a date, in the next year.

Sources: Hive 3.1's UDFToInteger and its kin, LazyInteger, GenericUDFToDecimal, o.a.h.hive.common.type.Date and
Timestamp, PrimitiveObjectInspectorUtils; Java's Double.toString.
"""

from __future__ import annotations

import re
from datetime import date

from bigdata.errors import UsageError
from bigdata.sql.hive.java import floating
from bigdata.sql.hive.library import function, macro
from bigdata.sql.hive.moments import PLAIN
from bigdata.sql.types import (
    DOUBLE,
    FINE_TIMESTAMP,
    INTEGERS,
    INTERVALS,
    STRING,
    TIMESTAMP,
    ZONED,
    HiveType,
    literal,
    quoted,
)

#: what a fine timestamp becomes without regard to its last digits
_COARSE = (*INTEGERS, "date", "interval_year_month")
_DATE_LITERAL = re.compile(f"'{PLAIN}'")
BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}
_LENGTH = {"tinyint": 3, "smallint": 5, "int": 10, "bigint": 19}

macro(
    "hive_whole(text)",
    r"""CASE WHEN regexp_full_match(trim(text), '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]*)')
        THEN TRY_CAST(coalesce(nullif(regexp_extract(trim(text), '^[+-]?[0-9]+'), ''), '0') AS HUGEINT) END""",
)
macro(
    "hive_double(text)",
    r"""CASE WHEN regexp_full_match(text,
            '\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?)\s*')
        THEN TRY_CAST(rtrim(trim(text, e' \t\n\r'), 'dDfF') AS DOUBLE) END""",
)
# what has no room is infinite, as in Java
macro(
    "hive_float(number)",
    """CASE WHEN isfinite(number) AND abs(number) >= 3.4028235677973366e38 THEN sign(number) * 'Infinity'::FLOAT
        ELSE CAST(number AS FLOAT) END""",
)
macro("hive_boolean(text)", "lower(text) NOT IN ('', 'false', 'no', 'off', '0')")
macro("hive_boolean_text(flag)", "CASE WHEN flag THEN 'TRUE' WHEN NOT flag THEN 'FALSE' END")
# DuckDB's digits are Java's where there is no exponent, but for floats of many digits
macro(
    "hive_floating_text(number)",
    """CASE WHEN isnan(number) THEN 'NaN' WHEN isinf(number) THEN if(number > 0, 'Infinity', '-Infinity')
        WHEN number = 0 OR (abs(number) >= 0.001 AND abs(number) < 10000000
            AND (typeof(number) = 'DOUBLE' OR strlen(CAST(number AS VARCHAR)) < 10)) THEN CAST(number AS VARCHAR)
        ELSE hive_java_number(CAST(number AS DOUBLE), typeof(number) = 'FLOAT') END""",
)
macro("hive_trimmed(text)", "CASE WHEN contains(text, '.') THEN rtrim(rtrim(text, '0'), '.') ELSE text END")
macro("hive_binary_text(bytes)", "hive_utf8(bytes)")


@function("hive_fail", ["VARCHAR"], "VARCHAR")
def fail(message: str) -> str:
    """Fail, in the keys of a window too, where DuckDB doesn't let its own error() stand.

    :param message: one that has something of the row, as DuckDB computes ahead what hasn't
    """
    raise UsageError(message)


@function("hive_java_number", ["DOUBLE", "BOOLEAN"], "VARCHAR")
def java_number(number: float, single: bool) -> str:
    """A floating number with the digits that Java before 19 shows."""
    return floating.text(number, single)


@function("hive_utf8", ["BLOB"], "VARCHAR")
def utf8(data: bytes) -> str:
    """Bytes as text; what isn't UTF-8 becomes the replacement character."""
    return bytes(data).decode("utf-8", "replace")


def _wrap_macro(bits: int, name: str) -> None:
    half, full, wide = 1 << (bits - 1), (1 << bits) - 1, "HUGEINT" if bits == 64 else "BIGINT"
    # names its argument once: sums of sums would double it each time
    macro(
        f"hive_wrap_{bits}(number)",
        f"CAST(xor(number & {full}::{wide}, {half}::{wide}) - {half}::{wide} AS {name})",
    )
    macro(
        f"hive_cut_{bits}(number)",
        f"""CASE WHEN isnan(number) THEN 0::{name} WHEN number >= {half - 1} THEN {half - 1}::{name}
        WHEN number <= -{half} THEN (-{half - 1} - 1)::{name} ELSE CAST(trunc(number) AS {name}) END""",
    )


for _name, _width in BITS.items():
    _wrap_macro(_width, HiveType(_name).duckdb)


def cast(sql: str, source: HiveType, target: HiveType) -> str | None:
    """``CAST(sql AS target)``; ``None`` where Hive has no such cast.

    >>> from bigdata.sql.types import INT, STRING
    >>> cast("x", STRING, INT)
    'CASE WHEN hive_whole(x) BETWEEN -2147483648 AND 2147483647 THEN CAST(hive_whole(x) AS INTEGER) END'
    """
    if source == target:
        return sql
    if source.name == "void":
        return f"CAST(NULL AS {target.duckdb})"
    if source.name == ZONED and target.name != ZONED:
        return _of_zoned(sql, source, target)
    if source.is_fine and target.name in _COARSE:
        sql, source = str(cast(sql, source, HiveType(source.name))), HiveType(source.name)
    if source.fields or target.fields:
        return _nested(sql, source, target)
    if source.name == "date" and target.name in (*INTEGERS, "float", "double", "boolean"):
        return f"CAST(NULL AS {target.duckdb})"
    if target.name in INTEGERS:
        return _to_integer(sql, source, target)
    convert = {
        "float": _to_double,
        "double": _to_double,
        "decimal": _to_decimal,
        "boolean": _to_boolean,
        "string": _to_text,
        "varchar": _to_text,
        "char": _to_text,
        "date": _to_date,
        "timestamp": _to_timestamp,
        ZONED: _to_zoned,
        "binary": _to_binary,
        "interval_year_month": _to_interval,
        "interval_day_time": _to_interval,
    }.get(target.name)
    return None if convert is None else convert(sql, source, target)


#: what Hive converts by itself in arguments, assignments and comparisons
_IMPLICIT = {
    "boolean": ("text",),
    "number": ("number", "text"),
    "text": ("number", "text", "date", "timestamp", "binary"),
    "date": ("timestamp", "text"),
    "timestamp": ("date", "timestamp", "text"),
    "binary": ("text",),
}


def implicit(sql: str, source: HiveType, target: HiveType) -> str | None:
    """The conversion that Hive makes without a CAST; ``None`` if it makes none."""
    if source == target or source.name == "void" or source.fields or target.fields:
        return cast(sql, source, target)
    if source.name == target.name and target.name in ("timestamp", ZONED, *INTERVALS):
        return cast(sql, source, target)
    if target == TIMESTAMP and source.is_text:
        return f"hive_cut_timestamp({sql})"  # no function has a use for nanoseconds
    return cast(sql, source, target) if _group(target) in _IMPLICIT.get(_group(source), ()) else None


def _group(kind: HiveType) -> str:
    if kind.name.startswith("timestamp"):
        return "timestamp"
    return "number" if kind.is_number else "text" if kind.is_text else kind.name


def _to_integer(sql: str, source: HiveType, target: HiveType) -> str | None:
    bits, name = BITS[target.name], target.duckdb
    half = 1 << (bits - 1)
    if source.is_integer:
        return f"CAST({sql} AS {name})" if BITS[source.name] <= bits else f"hive_wrap_{bits}({sql})"
    if source.name in ("float", "double"):
        return f"hive_wrap_{bits}(hive_cut_32({sql}))" if bits < 32 else f"hive_cut_{bits}({sql})"
    if source.name == "decimal":
        return f"TRY_CAST(trunc({sql}) AS {name})"
    if source.is_text:
        whole = f"hive_whole({sql})"
        return f"CASE WHEN {whole} BETWEEN -{half} AND {half - 1} THEN CAST({whole} AS {name}) END"
    if source.name == "boolean":
        return f"CAST({sql} AS {name})"
    if source.name.startswith("timestamp"):
        return f"TRY_CAST(hive_whole_seconds({sql}) AS {name})"
    return None


def _to_double(sql: str, source: HiveType, target: HiveType) -> str | None:
    name = target.duckdb
    if source.name == "double" and name == "FLOAT":
        return f"hive_float({sql})"
    if source.is_number or source.name == "boolean":
        return f"CAST({sql} AS {name})"
    if source.is_text:
        return f"hive_double({sql})" if name == "DOUBLE" else f"hive_float(hive_double({sql}))"
    if source.name.startswith("timestamp"):
        return f"CAST({sql} AS {name})" if source.is_fine else f"CAST(hive_seconds({sql}) AS {name})"
    return None


def _to_decimal(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.is_text:
        return f"TRY_CAST(nullif(replace(trim({sql}), '_', 'x'), '') AS {target.duckdb})"  # 1_0 is DuckDB's, not Java's
    if source.is_number or source.name == "boolean":
        number = f"CAST({sql} AS INTEGER)" if source.name == "boolean" else sql
        if source.name in ("float", "double"):  # by the digits that Java shows, not by the binary fraction
            number = f"hive_floating_text({sql})" if source.name == "float" else f"CAST({sql} AS VARCHAR)"
        return f"TRY_CAST({number} AS {target.duckdb})"
    if source.name.startswith("timestamp"):
        return _to_decimal(str(_to_double(sql, source, DOUBLE)), DOUBLE, target)
    return None


def _to_boolean(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.is_number or source == FINE_TIMESTAMP:
        return f"({sql} <> 0)"
    if source.is_text:
        return f"hive_boolean({sql})"
    if source.name.startswith("timestamp"):
        return f"(epoch_us({sql}) <> 0)"
    return None


def _to_text(sql: str, source: HiveType, target: HiveType) -> str | None:
    text = _text(sql, source)
    if text is None or not target.sizes:
        return text
    cut = f"substr({text}, 1, {target.sizes[0]})"
    return f"rtrim({cut}, ' ')" if target.name == "char" else cut


def decimal_text(sql: str, source: HiveType) -> str:
    """The text of a decimal with all the digits of its scale; of 0.5 DuckDB leaves out the zero.

    >>> decimal_text("x", HiveType("decimal", (5, 2)))
    'CAST(x AS VARCHAR)'
    """
    text = f"CAST({sql} AS VARCHAR)"
    return rf"regexp_replace({text}, '^(-?)\.', '\10.')" if source.sizes[0] == source.sizes[1] else text


def _text(sql: str, source: HiveType) -> str | None:
    if source.is_text:
        return sql
    if source.is_integer:
        return f"CAST({sql} AS VARCHAR)"
    if source.name == "decimal":
        return f"hive_trimmed({decimal_text(sql, source)})"
    if source.is_fine:
        return f"hive_fine_{source.name.removeprefix('interval_')}_text({sql})"
    name = {
        "float": "hive_floating_text",
        "double": "hive_floating_text",
        "boolean": "hive_boolean_text",
        "date": "hive_date_text",
        "timestamp": "hive_timestamp_text",
        "binary": "hive_binary_text",
        "interval_year_month": "hive_months_text",
        "interval_day_time": "hive_interval_text",
    }.get(source.name)
    return None if name is None else f"{name}({sql})"


def _to_date(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.is_text:
        return f"DATE {sql}" if _is_date(sql) else f"hive_date({sql})"
    return f"CAST({sql} AS DATE)" if source.name.startswith("timestamp") else None


def _is_date(sql: str) -> bool:
    """Whether a text is a literal that shows a day of the calendar, as DuckDB reads it too."""
    if not _DATE_LITERAL.fullmatch(sql):
        return False
    try:
        return bool(date.fromisoformat(sql[1:-1]))
    except ValueError:
        return False


def _to_timestamp(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.is_text:
        return f"hive_fine_timestamp({sql})" if target.is_fine else f"hive_timestamp({sql})"
    if source.is_number and not source.is_integer:
        number = f"CAST({sql} AS DOUBLE)" if source.name == "float" else sql
        return f"hive_fine_moment({number})" if target.is_fine else f"hive_moment({number})"
    if target.is_fine:
        coarse = _to_timestamp(sql, source, TIMESTAMP)
        return None if coarse is None else f"hive_fine({coarse})"
    if source.is_fine:
        return f"hive_coarse({sql})"
    if source.name == "date":
        return f"CAST({sql} AS TIMESTAMP)"
    if source.is_integer or source.name == "boolean":
        return f"hive_of_whole(CAST({sql} AS BIGINT))"
    return sql if source == target else None


def _to_zoned(sql: str, source: HiveType, target: HiveType) -> str | None:
    """A moment in UTC, which texts name with their zone; other types are in that of the session."""
    if source.name == target.name:
        return f"hive_fine({sql})" if target.is_fine else f"hive_coarse({sql})"
    prefix = "hive_fine_" if target.is_fine else "hive_"
    if source.is_text:
        return f"{prefix}zoned_timestamp({sql})"
    if source.name in ("date", "timestamp"):
        return f"{prefix}instant({cast(sql, source, FINE_TIMESTAMP if target.is_fine else TIMESTAMP)})"
    return None


def _of_zoned(sql: str, source: HiveType, target: HiveType) -> str | None:
    """A moment in UTC as another type, in the session's zone."""
    prefix = "hive_fine_" if source.is_fine else "hive_"
    if target.name in ("date", "timestamp"):
        return cast(f"{prefix}local({sql})", FINE_TIMESTAMP if source.is_fine else TIMESTAMP, target)
    return cast(f"{prefix}zoned_text({sql})", STRING, target)


def _to_binary(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.name == "char":
        return f"encode(rpad({sql}, {source.sizes[0]}, ' '))"
    return f"encode({sql})" if source.is_text else None


def _to_interval(sql: str, source: HiveType, target: HiveType) -> str | None:
    if source.name == target.name == "interval_day_time":
        return f"hive_fine({sql})" if target.is_fine else f"hive_coarse_span({sql})"
    if not source.is_text:
        return None
    if target.is_fine:
        return f"hive_fine_interval({sql})"
    return f"hive_months({sql})" if target.name == "interval_year_month" else f"hive_interval({sql})"


def _nested(sql: str, source: HiveType, target: HiveType) -> str | None:
    """A conversion member by member."""
    if target.is_text and source.fields:
        return None
    if source.name != target.name or len(source.fields) != len(target.fields):
        return None
    if source.duckdb == target.duckdb:
        return sql
    if source.name == "array":
        inner = cast("v", source.members[0], target.members[0])
        return None if inner is None else f"list_transform({sql}, lambda v: {inner})"
    if source.name == "map":
        key = cast("e.key", source.members[0], target.members[0])
        value = cast("e.value", source.members[1], target.members[1])
        if key is None or value is None:
            return None
        pairs = f"list_transform(map_entries({sql}), lambda e: {{'key': {key}, 'value': {value}}})"
        return f"map_from_entries({pairs})"
    members = []
    for (old, kind), (new, wanted) in zip(source.fields, target.fields):
        inner = cast(f"struct_extract({sql}, {literal(old)})", kind, wanted)
        if inner is None:
            return None
        members.append(f"{quoted(new)} := {inner}")
    return f"CASE WHEN {sql} IS NOT NULL THEN struct_pack({', '.join(members)}) END"
