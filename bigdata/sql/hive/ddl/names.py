"""A view's query as it is kept: it means the same whichever database is current, and whatever its tables become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from bigdata.sql.hive.dialect import parse


def qualified(query: str, database: str, stars: Mapping[int, Sequence[tuple[str, str]]]) -> str:
    """A query whose tables have their databases, and whose stars are written out; nothing else of its text changes.

    :param stars: the tables and columns that stars stand for, by their places

    >>> qualified("WITH a AS (SELECT * FROM b) SELECT * FROM a JOIN other.c", "sales", {18: [("b", "x"), ("b", "y")]})
    'WITH a AS (SELECT `b`.`x`, `b`.`y` FROM `sales`.`b`) SELECT * FROM a JOIN other.c'
    """
    tree = parse(query)
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    changes = {}
    for table in tree.find_all(exp.Table):
        if not table.db and table.name.lower() not in named and isinstance(table.this, exp.Identifier):
            place = table.this.meta
            changes[place["start"]] = (place["end"] + 1, f"`{database}`.`{table.name.lower()}`")
    for star in tree.find_all(exp.Star):
        end = star.meta.get("start", -1)
        if end in stars:
            whole = star.parent if isinstance(star.parent, exp.Column) else star
            start = min(part.meta["start"] for part in whole.find_all(exp.Identifier, exp.Star))
            columns = (f"`{table}`.`{name}`" if table else f"`{name}`" for table, name in stars[end])
            changes[start] = (end + 1, ", ".join(columns))
    for start, (end, text) in sorted(changes.items(), reverse=True):
        query = f"{query[:start]}{text}{query[end:]}"
    return query
