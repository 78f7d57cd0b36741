"""Queries whose rows are shown: their values as Arrow, and Hive's command line, have room for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.constants import constant_decimal
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.types import DAY_TIME, STRING, ZONED, HiveType, quoted


def shown(lowered: Lowered, compiler: Compiler) -> Lowered:
    """A query whose values Arrow has room for.

    Timestamps and intervals with nanoseconds, and timestamps with a zone, are text; long intervals have days.

    Decimals that are constants lose the zeros at their end, as in Hive up to 3.1 (HIVE-24389).
    """
    kinds = [_as_text(field.type) for field in lowered.fields]
    held = [constant or kind for constant, kind in zip(_constants(lowered, compiler), kinds)]
    if held == [field.type for field in lowered.fields] and DAY_TIME not in held:
        return lowered
    columns = ", ".join(
        f"{_shown_value(quoted(field.sql), field.type, kind)} AS {quoted(field.sql)}"
        for field, kind in zip(lowered.fields, held)
    )
    fields = tuple(replace(field, type=_coarse(field.type)) for field in lowered.fields)
    return Lowered(f"SELECT {columns} FROM ({lowered.sql})", fields)


def _constants(lowered: Lowered, compiler: Compiler) -> list[HiveType | None]:
    """The types that hold no more than the digits of a query's constant decimals; ``None`` for its other columns."""
    texts = [f"CAST({field.constant or 'NULL'} AS VARCHAR)" for field in lowered.fields]
    if compiler.run is None or not any(field.constant for field in lowered.fields):
        return [None] * len(texts)
    [row] = compiler.run(f"SELECT [{', '.join(texts)}]").read_all().column(0).to_pylist()
    found = [None if text is None else constant_decimal(Decimal(text)).type.sizes for text in row]
    return [HiveType("decimal", (max(one[0], one[1] + 1), one[1])) if one else None for one in found]


def _shown_value(sql: str, source: HiveType, target: HiveType) -> str | None:
    return f"hive_with_days({sql})" if target == DAY_TIME else cast(sql, source, target)


def _as_text(kind: HiveType) -> HiveType:
    fields = tuple((name, _as_text(member)) for name, member in kind.fields)
    return STRING if kind.is_fine or kind.name == ZONED else HiveType(kind.name, kind.sizes, fields)


def _coarse(kind: HiveType) -> HiveType:
    fields = tuple((name, _coarse(member)) for name, member in kind.fields)
    return HiveType(kind.name, () if kind.is_fine else kind.sizes, fields)
