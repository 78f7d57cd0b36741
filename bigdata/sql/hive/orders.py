"""The order of nested values, in which Hive takes NULL for the least member, and DuckDB for the greatest.

Source: Hive's BinarySortableSerDe and ObjectInspectorUtils.compare.
"""

from __future__ import annotations

from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.types import literal


def key(value: Typed, depth: int = 0) -> str:
    """SQL that DuckDB sorts as Hive sorts the value; NULL for NULL.

    >>> from bigdata.sql.types import INT, array
    >>> key(Typed("a", INT))
    'a'
    >>> key(Typed("a", array(INT)))
    'list_transform(a, lambda hive_key0: struct_pack(n0 := hive_key0 IS NOT NULL, v0 := hive_key0))'
    """
    if value.type.name == "struct":
        members = [Typed(f"struct_extract({value}, {literal(name)})", kind) for name, kind in value.type.fields]
        return f"CASE WHEN {value} IS NOT NULL THEN {_flagged(members, depth)} END"
    if value.type.name == "array":
        item = Typed(f"hive_key{depth}", value.type.members[0])
        return f"list_transform({value}, lambda {item}: {_flagged([item], depth + 1)})"
    return value.sql


def sorted_array(values: Typed) -> str:
    """SQL of an array in ascending order."""
    item = Typed("hive_item", values.type.members[0])
    if not item.type.fields:
        return f"list_sort({values}, 'ASC', 'NULLS FIRST')"
    packed = f"list_transform({values}, lambda hive_item: struct_pack(k := {_flagged([item], 0)}, i := hive_item))"
    return f"list_transform(list_sort({packed}), lambda hive_item: hive_item.i)"


def _flagged(members: list[Typed], depth: int) -> str:
    """Values, each after whether it is NULL."""
    pairs = (f"n{at} := {one} IS NOT NULL, v{at} := {key(one, depth)}" for at, one in enumerate(members))
    return f"struct_pack({', '.join(pairs)})"
