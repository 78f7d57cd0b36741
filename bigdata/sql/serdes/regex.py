"""RegexSerDe: columns are the groups of a Java pattern that matches whole lines; it only reads.

A line that doesn't match has NULL in all columns. A boolean is true for ``true`` and false for all else, also for a
group that took no part.

Source: Hive's RegexSerDe, that of its contrib package too, whose columns may be more than its groups.
"""

from __future__ import annotations

from bigdata.errors import UsageError
from bigdata.sql.hive.java.regex import Pattern, compiled
from bigdata.sql.hive.library import function
from bigdata.sql.serdes import records
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.serdes.primitives import parsed
from bigdata.sql.tables import Column, Scan
from bigdata.sql.types import literal

REGEX, INSENSITIVE = "input.regex", "input.regex.case.insensitive"


@function("hive_regex_groups", ["VARCHAR", "VARCHAR"], "VARCHAR[]")
def groups(line: str, pattern: str) -> list[str | None] | None:
    """The groups of a Java pattern that matches a whole line; ``None`` if it doesn't.

    >>> groups("abc 12", r"(\\w+) (\\d+)( x)?"), groups("abc", r"(\\d+)")
    (['abc', '12', None], None)
    """
    found = compiled(pattern).python.fullmatch(line)
    return None if found is None else list(found.groups())


def read(portion: Portion) -> Scan:
    """The groups of lines.

    :raises UsageError: without a pattern, or with another number of groups than columns
    """
    text = portion.properties.get(REGEX)
    if text is None:
        raise UsageError(f"a table with RegexSerDe has no pattern. Set the SerDe property {REGEX}.")
    text = ("(?si)" if portion.is_true(INSENSITIVE) else "(?s)") + text
    pattern = compiled(text)
    if pattern.groups != len(portion.columns) and ".contrib." not in portion.storage.serde:
        raise UsageError(
            f"the pattern of {REGEX} has {pattern.groups} groups and the table {len(portion.columns)} columns."
            " Make them as many; (?:...) is no group."
        )
    columns = [_column(number, column) for number, column in enumerate(portion.columns, 1)]
    return records.read(portion, records.Fields(_record(text, pattern), tuple(columns)))


def _record(text: str, pattern: Pattern) -> str:
    """The SQL of a line's groups, by RE2 where it answers as Java does."""
    slow = f"hive_regex_groups(line, {literal(text)})"
    if pattern.re2 is None or not all(map(pattern.always_has, range(1, pattern.groups + 1))):
        return slow
    names = ", ".join(literal(f"g{number}") for number in range(1, pattern.groups + 1))
    whole = literal(rf"\A(?:{pattern.re2})\z")
    found = ", ".join(f"g.g{number}" for number in range(1, pattern.groups + 1))
    taken = f"list_transform([regexp_extract(line, {whole}, [{names}])], lambda g: [{found}])[1]"
    fast = f"CASE WHEN regexp_full_match(line, {literal(pattern.re2)}) THEN {taken} END"
    return f"CASE WHEN strlen(line) = length(line) THEN {fast} ELSE {slow} END" if pattern.depends_on_ascii else fast


def _column(number: int, column: Column) -> str:
    """The SQL of a group as a column's type.

    :raises UsageError: for a type that RegexSerDe doesn't have
    """
    group, kind = f"f[{number}]", column.type
    if not kind.is_primitive or kind.name == "binary":
        raise UsageError(f"RegexSerDe has no columns of the type {kind}; {column.name} is one. Make it a string.")
    if kind.name == "boolean":
        return f"CASE WHEN f IS NOT NULL THEN coalesce(lower({group}) = 'true', false) END"
    if kind.is_integer:
        return f"CASE WHEN regexp_full_match({group}, '[+-]?[0-9]+') THEN TRY_CAST({group} AS {kind.duckdb}) END"
    return parsed(f"trim({group})" if kind.name == "decimal" else group, kind)


def write(output: Output) -> str:
    raise UsageError("RegexSerDe only reads: INSERT has no pattern to write by. Write to a table of another format.")
