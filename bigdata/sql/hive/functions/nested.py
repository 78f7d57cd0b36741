"""Hive's functions on arrays, maps, structs and unions, and those that make rows of them.

A member is counted from 0; what isn't there is NULL. A key that a map is given twice keeps its last value.

Sources: Hive 3.1's GenericUDFMap, GenericUDFIndex, GenericUDFSize, GenericUDFArrayContains, GenericUDFSortArray,
GenericUDFSortArrayByField, GenericUDFUnion, GenericUDFExtractUnion, GenericUDTFStack; LanguageManual UDF.
"""

from __future__ import annotations

from collections.abc import Sequence

from bigdata.errors import UsageError
from bigdata.sql.common_types import common_type
from bigdata.sql.hive import orders
from bigdata.sql.hive.casts import cast, implicit
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import macro
from bigdata.sql.types import INT, VOID, HiveType, array, literal, map_of, quoted, struct

macro(
    "hive_map(keys, held)",
    """map_from_entries(list_transform(
        list_filter(keys, lambda hive_key, hive_at: list_position(keys, hive_key) = hive_at),
        lambda hive_key: {'key': hive_key,
            'value': held[len(keys) + 1 - list_position(list_reverse(keys), hive_key)]}))""",
)


def _common(name: str, values: Sequence[Typed]) -> HiveType:
    kind: HiveType | None = VOID
    for value in values:
        kind = kind and common_type(kind, value.type)
    if kind is None:
        raise UsageError(f"{name}({', '.join(str(value.type) for value in values)}): no type holds all of these.")
    return kind


def _list(kind: HiveType, values: Sequence[Typed]) -> str:
    """A list of some values as a type."""
    return f"CAST([{', '.join(str(cast(value.sql, value.type, kind)) for value in values)}] AS {kind.duckdb}[])"


def _array(*values: Typed) -> Typed:
    kind = _common("array", values) if values else HiveType("string")
    return Typed(_list(kind, values), array(kind))


def _map(*arguments: Typed) -> Typed:
    if len(arguments) % 2:
        raise UsageError("map takes a value with each key.")
    keys, values = arguments[::2], arguments[1::2]
    kind = map_of(
        _common("map", keys) if keys else HiveType("string"),
        _common("map", values) if values else HiveType("string"),
    )
    lists = f"{_list(kind.members[0], keys)}, {_list(kind.members[1], values)}"
    constants = {(key.type, key.constant) for key in keys if key.constant is not None}
    distinct = len(constants) == len(keys) and len({key.type for key in keys}) < 2
    return Typed(f"map({lists})" if distinct else f"hive_map({lists})", kind)


def _packed(fields: Sequence[tuple[str, Typed]]) -> Typed:
    kind = struct(*((name, value.type) for name, value in fields))
    held = ((name, "CAST(NULL AS VARCHAR)" if value.type == VOID else value) for name, value in fields)
    members = ", ".join(f"{quoted(name.lower())} := {value}" for name, value in held)
    return Typed(f"struct_pack({members})", kind)


def _struct(*values: Typed) -> Typed:
    if not values:
        raise UsageError("struct takes one value or more.")
    return _packed([(f"col{number}", value) for number, value in enumerate(values, start=1)])


def _named_struct(*arguments: Typed) -> Typed:
    names = [name.constant for name in arguments[::2]]
    if not arguments or len(arguments) % 2 or not all(isinstance(name, str) for name in names):
        raise UsageError("named_struct takes pairs of a name, which is a literal, and a value.")
    return _packed(list(zip(names, arguments[1::2])))


def _create_union(tag: Typed, *values: Typed) -> Typed:
    kind = HiveType("uniontype", fields=tuple(("", value.type) for value in values))
    held = ", ".join(f"f{number} := CASE WHEN {tag} = {number} THEN {value} END" for number, value in enumerate(values))
    return Typed(f"struct_pack(tag := CAST({tag} AS TINYINT), {held})", kind)


def _extract_union(union: Typed, *tags: Typed) -> Typed:
    if union.type.name != "uniontype":
        raise UsageError(f"extract_union({union.type}): expected a union.")
    members = [Typed(f"struct_extract({union}, 'f{number}')", kind) for number, kind in enumerate(union.type.members)]
    if not tags:
        return _packed([(f"tag_{number}", member) for number, member in enumerate(members)])
    tag = tags[0].constant
    if not isinstance(tag, int) or not 0 <= tag < len(members):
        raise UsageError(f"extract_union: the tag must be a literal from 0 to {len(members) - 1}.")
    return members[tag]


def _index(container: Typed, key: Typed) -> Typed:
    kind = container.type
    if kind.name == "array":
        if not (key.type.is_integer or key.type == VOID):
            raise UsageError(f"[{key.type}]: a member of an array has a whole number.")
        known = isinstance(key.constant, int) and key.constant >= 0
        place = str(key) if known else f"CASE WHEN {key} >= 0 THEN {key} END"
        return Typed(f"({container})[CAST({place} AS BIGINT) + 1]", kind.members[0])
    if kind.name != "map":
        raise UsageError(f"{kind}: only arrays and maps have members by [ ].")
    wanted = implicit(key.sql, key.type, kind.members[0])
    if wanted is None:
        raise UsageError(f"[{key.type}]: the keys of {kind} are {kind.members[0]}.")
    return Typed(f"({container})[{wanted}]", kind.members[1])


def _parts(name: str, held: Typed, place: int) -> Typed:
    """The keys or the values of a map; none of NULL."""
    kind = array(held.type.members[place])
    return Typed(f"coalesce({name}({held}), CAST([] AS {kind.duckdb}))", kind)


def _sort_array_by(values: Typed, *names: Typed) -> Typed:
    words = [name.constant for name in names]
    fields = dict(values.type.members[0].fields) if values.type.members[0].name == "struct" else {}
    order = "ASC"
    if len(words) > 1 and isinstance(words[-1], str) and words[-1].strip().upper() in ("ASC", "DESC"):
        order = words.pop().strip().upper()
    if not words or not all(isinstance(word, str) and word.lower() in fields for word in words):
        raise UsageError(
            f"sort_array_by({values.type}, {', '.join(map(str, words))}): expected an array of structs, names of their"
            " fields, and perhaps 'ASC' or 'DESC'."
        )
    parts = [f"struct_extract(hive_item, {literal(word.lower())})" for word in words]
    keys = ", ".join(f"here{number} := {part} IS NOT NULL, key{number} := {part}" for number, part in enumerate(parts))
    # equals keep their order in both directions
    place = "hive_at" if order == "ASC" else "-hive_at"
    row = f"struct_pack({keys}, place := {place}, item := hive_item)"
    packed = f"list_transform({values}, lambda hive_item, hive_at: {row})"
    return Typed(f"list_transform(list_sort({packed}, '{order}'), lambda hive_item: hive_item.item)", values.type)


def _explode(values: Typed) -> Typed:
    if values.type.name == "map":
        key, value = values.type.members
        return Typed(f"map_entries({values})", _rows(("key", key), ("value", value)))
    sql = f"list_transform({values}, lambda hive_item: {{'col': hive_item}})"
    return Typed(sql, _rows(("col", values.type.members[0])))


def _posexplode(values: Typed) -> Typed:
    row = "{'pos': CAST(hive_at - 1 AS INTEGER), 'val': hive_item}"
    sql = f"list_transform({values}, lambda hive_item, hive_at: {row})"
    return Typed(sql, _rows(("pos", INT), ("val", values.type.members[0])))


def _inline(values: Typed) -> Typed:
    if values.type.members[0].name != "struct":
        raise UsageError(f"inline({values.type}): expected an array of structs.")
    return values


def _stack(rows: Typed, *values: Typed) -> Typed:
    if not isinstance(rows.constant, int) or rows.constant < 1 or not values:
        raise UsageError("stack takes a number of rows, which is a literal above 0, and values.")
    width = -(-len(values) // rows.constant)
    padded = [*values, *[Typed("NULL", VOID)] * (width * rows.constant - len(values))]
    kinds = [_common("stack", padded[column::width]) for column in range(width)]
    made = []
    for first in range(0, len(padded), width):
        row = zip(padded[first : first + width], kinds)
        held = [(f"col{number}", Typed(str(cast(v.sql, v.type, kind)), kind)) for number, (v, kind) in enumerate(row)]
        made.append(str(_packed(held)))
    return Typed(f"[{', '.join(made)}]", _rows(*((f"col{number}", kind) for number, kind in enumerate(kinds))))


def _rows(*columns: tuple[str, HiveType]) -> HiveType:
    return array(struct(*columns))


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "array": Rule("any* -> ?", _array),
    "array_contains": Rule("array<T>, T -> boolean", "coalesce(list_contains({0}, {1}), false)"),
    "create_union": Rule("int, any, any* -> ?", _create_union),
    "explode": [Rule("array -> ?", _explode), Rule("map -> ?", _explode)],
    "extract_union": Rule("any[, int] -> ?", _extract_union),
    "index": Rule("any, primitive -> ?", _index),
    "inline": Rule("array -> ?", _inline),
    "map": Rule("any* -> ?", _map),
    "map_keys": Rule("map -> ?", lambda held: _parts("map_keys", held, 0)),
    "map_values": Rule("map -> ?", lambda held: _parts("map_values", held, 1)),
    "named_struct": Rule("any* -> ?", _named_struct),
    "posexplode": Rule("array -> ?", _posexplode),
    "size": [
        Rule("array -> int", "coalesce(CAST(len({0}) AS INTEGER), -1)"),
        Rule("map -> int", "coalesce(CAST(cardinality({0}) AS INTEGER), -1)"),
    ],
    "sort_array": Rule("array -> same", orders.sorted_array),
    "sort_array_by": Rule("array, string, string* -> ?", _sort_array_by),
    "stack": Rule("int, any* -> ?", _stack),
    "struct": Rule("any* -> ?", _struct),
}
