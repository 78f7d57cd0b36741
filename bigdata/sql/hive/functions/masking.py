"""Hive's functions that mask data: mask, mask_first_n, mask_last_n, mask_show_first_n, mask_show_last_n, mask_hash.

Letters and digits become others, dates the first of January. What they become, and how many, must be literals, as in
Hive; other values of these arguments don't count. A value of another type becomes NULL.

Sources: LanguageManual UDF, Data Masking Functions; Hive 3.1's GenericUDFMask and its kin.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java.halves import halved, joined
from bigdata.sql.hive.library import function
from bigdata.sql.types import STRING, literal

_UNMASKED = -1
_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}
#: where the masked characters of a text begin and end, by its length and a count
_SPANS: dict[str, Callable[[int, int], tuple[int, int]]] = {
    "all": lambda length, count: (0, length),
    "first": lambda length, count: (0, count),
    "last": lambda length, count: (max(length - count, 0), length),
    "show_first": lambda length, count: (count, length),
    "show_last": lambda length, count: (0, max(length - count, 0)),
}


class _Masks(dict[int, int]):
    """What characters become, by their codes; :meth:`str.translate` asks for each once."""

    def __init__(self, masks: str) -> None:
        self.masks = [int(mask) for mask in masks.split()]

    def __missing__(self, code: int) -> int:
        kind = {"Lu": 0, "Ll": 1, "Nd": 2}.get(unicodedata.category(chr(code)), 3)
        self[code] = code if self.masks[kind] == _UNMASKED else self.masks[kind]
        return self[code]


_masks = lru_cache(maxsize=64)(_Masks)


@function("hive_mask_text", ["VARCHAR", "VARCHAR", "INTEGER", "VARCHAR"], "VARCHAR")
def mask_text(text: str, where: str, count: int, masks: str) -> str:
    """A text with capitals, small letters, digits and other characters replaced.

    :param where: all, first, last, show_first or show_last
    :param count: characters that are masked, or shown; one beyond the first 65,536 counts as two
    :param masks: the four characters' codes; -1 leaves the character as it is

    >>> mask_text("abcd-EFGH-8765", "first", 7, "88 120 110 -1")
    'xxxx-XXGH-8765'
    """
    halves = halved(text)
    start, end = _SPANS[where](len(halves), count)
    return joined(halves[:start] + halves[start:end].translate(_masks(masks)) + halves[end:])


@function("hive_mask_number", ["BIGINT", "INTEGER", "VARCHAR", "INTEGER", "INTEGER"], "BIGINT")
def mask_number(number: int, bits: int, where: str, count: int, digit: int) -> int:
    """A whole number with digits replaced; what is too large for its bits wraps around.

    >>> mask_number(12345, 32, "show_last", 2, 1), mask_number(-12345, 32, "first", 2, 9)
    (11145, -99345)
    """
    rest = _wrapped(abs(number), bits)  # the least number has no positive counterpart: its digits stay negative
    sign = -1 if rest < 0 else 1
    digits = str(abs(rest))
    start, end = _SPANS[where](len(digits), count)
    if number == 0:
        return digit if start <= 0 < end and where.startswith("show") else 0
    if where == "show_first" and len(digits) <= count:
        return number
    made = sum(
        (digit if start <= place < end else sign * int(shown)) * 10 ** (len(digits) - place - 1)
        for place, shown in enumerate(digits)
    )
    return _wrapped(-made if number < 0 else made, bits)


def _wrapped(number: int, bits: int) -> int:
    half = 1 << (bits - 1)
    return ((number + half) & ((half << 1) - 1)) - half


def _code(argument: Typed | None, default: int) -> int:
    """The code of a character that is given as a text or as a number."""
    value = None if argument is None else argument.constant
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, str):
        return ord(value[0]) if value else default
    return default if value is None else int(value)


def _count(argument: Typed | None, default: int) -> int:
    value: Any = None if argument is None else argument.constant
    if value is None or value == "":
        return default
    try:
        return int(value)
    except ValueError:
        raise UsageError(f"A mask's counts and digits are whole numbers, got {value!r}.") from None


def _mask(where: str, counted: bool) -> Callable[..., Typed]:
    def sql(value: Typed, *rest: Typed) -> Typed:
        given: list[Typed | None] = [*rest, *[None] * 9]
        count = max(_count(given.pop(0), 4), 0) if counted else 0
        return Typed(_masked(value, where, count, given), STRING if value.type.is_text else value.type)

    return sql


def _masked(value: Typed, where: str, count: int, given: Sequence[Typed | None]) -> str:
    kind = value.type
    if kind.is_text:
        masks = [
            _code(argument, default) for argument, default in zip(given, (ord("X"), ord("x"), ord("n"), _UNMASKED))
        ]
        text = f"rpad({value}, {kind.sizes[0]}, ' ')" if kind.name == "char" else value
        return f"hive_mask_text({text}, {literal(where)}, {count}, {literal(' '.join(map(str, masks)))})"
    if kind.name in _BITS:
        digit = _count(given[4], 1)
        digit = digit if 0 <= digit <= 9 else 1
        number = f"hive_mask_number({value}, {_BITS[kind.name]}, {literal(where)}, {count}, {digit})"
        return f"CAST({number} AS {kind.duckdb})"
    if kind.name == "date":
        return _masked_date(value, *(_count(argument, default) for argument, default in zip(given[5:], (1, 0, 0))))
    return f"CAST(NULL AS {kind.duckdb})"


def _masked_date(value: Typed, day: int, month: int, year: int) -> str:
    day = day if day == _UNMASKED or 1 <= day <= 31 else 1
    month = month if month == _UNMASKED or 0 <= month <= 11 else 0
    parts = (
        f"year({value})" if year == _UNMASKED else str(year),
        f"month({value})" if month == _UNMASKED else str(month + 1),
        f"day({value})" if day == _UNMASKED else str(day),
    )
    return f"CASE WHEN {value} IS NOT NULL THEN make_date({', '.join(parts)}) END"


def _mask_hash(value: Typed) -> Typed:
    if not value.type.is_text:
        return Typed(f"CAST(NULL AS {value.type.duckdb})", value.type)
    text = f"rpad({value}, {value.type.sizes[0]}, ' ')" if value.type.name == "char" else value
    return Typed(f"sha256({text})", STRING)


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "mask": Rule("primitive, primitive* -> ?", _mask("all", False)),
    "mask_first_n": Rule("primitive, primitive* -> ?", _mask("first", True)),
    "mask_last_n": Rule("primitive, primitive* -> ?", _mask("last", True)),
    "mask_show_first_n": Rule("primitive, primitive* -> ?", _mask("show_first", True)),
    "mask_show_last_n": Rule("primitive, primitive* -> ?", _mask("show_last", True)),
    "mask_hash": Rule("primitive -> ?", _mask_hash),
}
