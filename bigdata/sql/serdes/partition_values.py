"""The values of partitions, which are text, as columns of a query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.hive import casts
from bigdata.sql.hive.library import define
from bigdata.sql.tables import NULL_PARTITION, Column, Partition
from bigdata.sql.types import STRING, HiveType, literal, quoted


def columns(partition_columns: Sequence[Column], partitions: Sequence[Partition]) -> list[str]:
    """The SQL of partition columns, by the number of a row's partition in ``partition``."""
    found = []
    for number, column in enumerate(partition_columns):
        texts = converted([partition.values[number] for partition in partitions], column.type)
        values = ["NULL" if text is None else literal(text) for text in texts]
        kind = column.type.duckdb
        one = f"CAST({values[0]} AS {kind})"
        several = f'CAST([{", ".join(values)}] AS {kind}[])["partition" + 1]'
        found.append(f"{one if len(set(values)) == 1 else several} AS {quoted(column.name)}")
    return found


def converted(values: Sequence[str], kind: HiveType) -> list[str | None]:
    """Values as Hive converts them to a type, each as the text that DuckDB casts to the same value.

    What stands for NULL is a text like others, but no number and no date: Hive's FetchOperator and MapOperator.

    Thousands of partitions are usual, and so many conversions in a query's text would take DuckDB seconds to read.

    >>> converted(["2015-1-2", "x", "__HIVE_DEFAULT_PARTITION__"], HiveType("date"))
    ['2015-01-02', None, None]
    """
    if kind == STRING:
        return list(values)
    connection = _database().cursor()
    sql = f"SELECT CAST({casts.cast('v', STRING, kind)} AS VARCHAR) FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS v)"
    define(connection, sql, set())
    return [text for (text,) in connection.execute(sql, [values]).fetchall()]


def normal(text: str, column: Column) -> str:
    """A value that a statement gives a partition column, as the column's type writes it.

    Source: Hive's BaseSemanticAnalyzer (validatePartColumnType, normalizeColSpec).

    :raises UsageError: for one that isn't of the type

    >>> normal("007", Column("hour", HiveType("int"))), normal("2015-1-2", Column("day", HiveType("date")))
    ('7', '2015-01-02')
    """
    kind = column.type
    if text == NULL_PARTITION or not (kind.is_integer or kind.name in ("date", "decimal")):
        return text
    [found] = converted([text], kind)
    if found is None:
        raise UsageError(f"PARTITION ({column.name}={text!r}): it cannot be converted to type {kind}.")
    return found.rstrip("0").rstrip(".") if kind.name == "decimal" and "." in found else found


@cache
def _database() -> Any:
    """A database of its own, in which nothing else runs."""
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})
