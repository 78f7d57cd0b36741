"""The tables of a view's query by their full names, so that it means the same whichever database is current."""

from __future__ import annotations

from sqlglot import exp

from bigdata.sql.hive.dialect import parse


def qualified(query: str, database: str) -> str:
    """A query whose tables have their databases; nothing else of its text changes.

    >>> qualified("WITH a AS (SELECT * FROM b) SELECT * FROM a JOIN other.c", "sales")
    'WITH a AS (SELECT * FROM `sales`.b) SELECT * FROM a JOIN other.c'
    """
    tree = parse(query)
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    tables = [table for table in tree.find_all(exp.Table) if not table.db and table.name.lower() not in named]
    places = [table.this.meta["start"] for table in tables if isinstance(table.this, exp.Identifier)]
    for place in sorted(places, reverse=True):
        query = f"{query[:place]}`{database}`.{query[place:]}"
    return query
