"""The values of partitions, which are text, as columns of a query."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.hive import casts
from bigdata.sql.hive.library import define
from bigdata.sql.hive.moments import of_session
from bigdata.sql.tables import NULL_PARTITION, Column, Partition
from bigdata.sql.types import BIGINT, BOOLEAN, INT, STRING, HiveType, fine, literal, quoted


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

    What stands for NULL is a text like others, but no number and no date: Hive's FetchOperator and MapOperator. A whole
    number is what Java's Integer.parseInt reads, and narrowed: Hive's PrimitiveObjectInspectorUtils.

    Thousands of partitions are usual, and so many conversions in a query's text would take DuckDB seconds to read.

    >>> converted(["2015-1-2", "x", "__HIVE_DEFAULT_PARTITION__"], HiveType("date"))
    ['2015-01-02', None, None]
    """
    if kind == STRING:
        return list(values)
    return _computed(f"CAST({_read(kind)} AS VARCHAR)", values)


def normal(text: str, column: Column) -> str:
    """A value that a statement gives a partition column, as the column's type writes it.

    Source: Hive's BaseSemanticAnalyzer (validatePartColumnType, normalizeColSpec).

    :raises UsageError: for one that isn't of the type

    >>> normal("007", Column("hour", HiveType("int"))), normal("2015-1-2", Column("day", HiveType("date")))
    ('7', '2015-01-02')
    """
    kind = fine(column.type)
    if not text:
        raise UsageError(f"PARTITION ({column.name}=''): a partition is named by a value. Give one.")
    if text == NULL_PARTITION or kind.name in ("string", "char"):
        return text
    read = _read(kind)
    [found] = _computed(f"CAST({read} AS VARCHAR)" if kind == BOOLEAN else str(casts.cast(read, kind, STRING)), [text])
    if found is None:
        raise UsageError(f"PARTITION ({column.name}={text!r}): it cannot be converted to type {kind}.")
    return found.rstrip("0").rstrip(".") if kind.name == "decimal" and "." in found else found


def _read(kind: HiveType) -> str:
    """SQL of a text ``v`` as a value of a type."""
    if not kind.is_integer:
        return str(casts.cast("v", STRING, kind))
    whole = BIGINT if kind == BIGINT else INT
    read = f"CASE WHEN regexp_full_match(v, '[+-]?[0-9]+') THEN {casts.cast('v', STRING, whole)} END"
    return str(casts.cast(read, whole, kind))


def _computed(sql: str, values: Sequence[str]) -> list[str | None]:
    """What an expression gives for each text ``v``."""
    connection = _database().cursor()
    define(connection, sql, set())
    query = f"SELECT {sql} FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS v)"
    return [text for (text,) in connection.execute(query, [values]).fetchall()]


@cache
def _database() -> Any:
    """A database of its own, in which nothing else runs."""
    import duckdb

    database = duckdb.connect(":memory:", config={"threads": 1})
    database.execute(of_session("UTC", in_seconds=False))
    return database
