"""Values as files hold them to the types that a table declares: schema on read.

Members of a struct are matched by their names, as Hive's readers of Parquet, ORC and Avro do; missing ones are NULL.
"""

from __future__ import annotations

from bigdata.errors import UsageError
from bigdata.sql.hive import casts
from bigdata.sql.serdes.primitives import parsed
from bigdata.sql.types import BIGINT, BOOLEAN, HiveType, literal, quoted


def converted(sql: str, source: HiveType, target: HiveType, depth: int = 0) -> str:
    """The SQL of a value of one type as another.

    :param depth: how many lists it is in, for the names of lambdas
    :raises UsageError: where Hive has no such conversion

    >>> from bigdata.sql.types import INT, array, parse_type
    >>> converted("x", parse_type("struct<A:int>"), parse_type("struct<a:int,b:int>"))
    'CASE WHEN x IS NOT NULL THEN struct_pack("a" := struct_extract(x, \\'a\\'), "b" := CAST(NULL AS INTEGER)) END'
    """
    if source == target:
        return sql
    if target.name == "uniontype" and [name for name, _ in source.fields][:2] == ["tag", "f0"]:  # as ORC is written
        source = HiveType("uniontype", fields=tuple(("", member) for member in source.members[1:]))
    if source.name == target.name and source.fields:
        return _nested(sql, source, target, depth)
    found = casts.cast(sql, source, target)
    if found is None:
        raise UsageError(
            f"a file holds {source} where the table has {target}: Hive has no conversion. Alter the column."
        )
    return found


def stored(sql: str, source: HiveType, target: HiveType) -> str:
    """The SQL of a value in a file of a typed format, as a column of another type.

    Other than where CAST converts, a number that is too large for the column is NULL, and texts are read strictly.

    Source: ORC's ConvertTreeReaderFactory; Hive's ETypeConverter for Parquet.

    :raises UsageError: where Hive has no such conversion

    >>> from bigdata.sql.types import BIGINT, INT
    >>> stored("x", BIGINT, INT)
    'TRY_CAST(trunc(x) AS INTEGER)'
    """
    if source == target:
        return sql
    if source.is_text and (target.is_integer or target == BOOLEAN):
        whole = BIGINT if target == BOOLEAN else target
        number = f"CASE WHEN regexp_full_match({sql}, '[+-]?[0-9]+') THEN TRY_CAST({sql} AS {whole.duckdb}) END"
        return f"({number} <> 0)" if target == BOOLEAN else number
    if source.is_text and target.name == "timestamp":
        return parsed(sql, target)
    if source.is_number and target.is_integer:
        return f"TRY_CAST(trunc({sql}) AS {target.duckdb})"
    return converted(sql, source, target)


def _nested(sql: str, source: HiveType, target: HiveType, depth: int) -> str:
    e = f"m{depth}"
    if source.name == "array":
        member = converted(e, source.members[0], target.members[0], depth + 1)
        return f"list_transform({sql}, lambda {e}: {member})"
    if source.name == "map":
        key = converted(f"{e}.key", source.members[0], target.members[0], depth + 1)
        value = converted(f"{e}.value", source.members[1], target.members[1], depth + 1)
        pairs = f"list_transform(map_entries({sql}), lambda {e}: {{'key': {key}, 'value': {value}}})"
        return f"map_from_entries({pairs})"
    held = dict(source.fields)
    names = [f"f{number}" for number in range(len(target.fields))] if target.name == "uniontype" else []
    if names:
        held = dict(zip(names, source.members))
    members = [f"tag := struct_extract({sql}, 'tag')"] if names else []
    for name, kind in zip(names or [name for name, _ in target.fields], target.members):
        found = f"CAST(NULL AS {kind.duckdb})"
        if name in held:
            found = converted(f"struct_extract({sql}, {literal(name)})", held[name], kind, depth)
        members.append(f"{quoted(name)} := {found}")
    return f"CASE WHEN {sql} IS NOT NULL THEN struct_pack({', '.join(members)}) END"
