"""Texts in files to Hive's primitive types as SQL: what is no number, date or boolean is NULL, never an error.

Files are read more strictly than CAST reads text: blanks beside a whole number, a decimal or a boolean make it NULL.

Sources: Hive's LazyInteger, LazyDouble, LazyBoolean, LazyDate, LazyTimestamp, LazyHiveDecimal, LazyBinary, and
RegexSerDe, which uses the same.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from bigdata.sql.hive import casts
from bigdata.sql.hive.library import function, macro
from bigdata.sql.types import INTEGERS, INTERVALS, STRING, ZONED, HiveType

_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_BLANK_AND_TIME = r" [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]{1,9})?"
_ISO_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?"
_MOMENT = rf"\s*[+-]?[0-9]+-[0-9]{{1,2}}-[0-9]{{1,2}}({_BLANK_AND_TIME}|{_ISO_TIME})\s*"
_DECIMAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_BASE64 = re.compile(rb"[A-Za-z0-9+/=_\-\s]*")

for _name in INTEGERS:
    _type = HiveType(_name).duckdb
    macro(
        f"hive_lazy_{_name}(t)",
        rf"""CASE WHEN regexp_full_match(t, '[+-]?[0-9]+') THEN TRY_CAST(t AS {_type})
            WHEN regexp_full_match(t, '[+-]?([0-9]+\.[0-9]*|\.[0-9]+)')
            THEN TRY_CAST(coalesce(nullif(regexp_extract(t, '^[+-]?[0-9]+'), ''), '0') AS {_type}) END""",
    )
for _name in ("float", "double"):
    _type = HiveType(_name).duckdb
    macro(
        f"hive_lazy_{_name}(t)",
        rf"""CASE WHEN regexp_full_match(t, '-?[0-9]+(\.[0-9]+)?') THEN TRY_CAST(t AS {_type})
            ELSE CAST(hive_double(t) AS {_type}) END""",
    )
macro("hive_lazy_boolean(t)", "CASE lower(t) WHEN 'true' THEN true WHEN 'false' THEN false END")
macro(
    "hive_lazy_boolean_extended(t)",
    "CASE WHEN lower(t) IN ('true', 't', '1') THEN true WHEN lower(t) IN ('false', 'f', '0') THEN false END",
)
macro(
    "hive_lazy_date(t)",
    f"""CASE WHEN regexp_full_match(t, '{_DAY}') THEN TRY_CAST(t AS DATE)
        WHEN length(t) >= 8 THEN hive_day(t) END""",
)
# a day by itself, and one with anything but a whole time behind it, are none
macro(
    "hive_lazy_timestamp(t)",
    f"""CASE WHEN regexp_full_match(t, '{_DAY} {_TIME}') THEN TRY_CAST(t AS TIMESTAMP)
        WHEN regexp_full_match(t, '{_MOMENT}') THEN hive_timestamp(t) END""",
)
macro("hive_lazy_fine_timestamp(t)", f"CASE WHEN regexp_full_match(t, '{_MOMENT}') THEN hive_fine_timestamp(t) END")


@function("hive_lazy_binary", ["VARCHAR"], "BLOB")
def binary(text: str) -> bytes:
    """The bytes that a field holds: of Base64 what it stands for, if that is anything, else the bytes themselves.

    :param text: a character a byte

    >>> binary("YWJj"), binary("caf\\xe9"), binary("5")
    (b'abc', b'caf\\xe9', b'5')
    """
    data = text.encode("latin-1")
    if not _BASE64.fullmatch(data):
        return data
    digits = re.sub(rb"[^A-Za-z0-9+/_-]", b"", data.partition(b"=")[0]).translate(bytes.maketrans(b"-_", b"+/"))
    whole = len(digits) - (len(digits) % 4 == 1)
    return base64.b64decode(digits[:whole] + b"=" * (-whole % 4)) or data


@function("hive_text_of_bytes", ["VARCHAR"], "VARCHAR", arrow=True)
def text_of_bytes(texts: Any) -> Any:
    """Texts with a character a byte as the UTF-8 that the bytes are."""
    import pyarrow

    found = texts.to_pylist()
    return pyarrow.array([text and text.encode("latin-1").decode("utf-8", "replace") for text in found], texts.type)


def parsed(sql: str, kind: HiveType, extended: bool = False) -> str:
    """The SQL of a value of a primitive type, read from text.

    :param extended: whether ``t``, ``1``, ``f`` and ``0`` are booleans too
    """
    if kind.name == "decimal":
        return f"CASE WHEN regexp_full_match({sql}, '{_DECIMAL}') THEN TRY_CAST({sql} AS {kind.duckdb}) END"
    if kind.is_text:
        return str(casts.cast(sql, STRING, kind))
    if kind.name == "boolean" and extended:
        return f"hive_lazy_boolean_extended({sql})"
    if kind.name == "void":
        return "CAST(NULL AS VARCHAR)"
    if kind.name in (ZONED, *INTERVALS):
        return str(casts.cast(sql, STRING, kind))
    return f"hive_lazy_{'fine_' if kind.is_fine else ''}{kind.name}({sql})"
