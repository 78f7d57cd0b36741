"""Buckets: the files among which Hive deals out the rows of a table, by the hash of some columns.

Source: Hive's ReduceSinkOperator and ObjectInspectorUtils (getBucketHashCode, getBucketHashCodeOld, getBucketNumber).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bigdata.sql.hive.functions import functions
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.tables import Buckets, Table
from bigdata.sql.types import quoted

#: no name of a column of Hive's has a control character
_NUMBER = quoted("\x01bucket")


def number(table: Table, keys: Sequence[Typed], count: int) -> str:
    """SQL of the number, from 0, of the bucket of a row: by Murmur3 in tables of Hive 3, by ``hash`` in older ones."""
    version = "2" if table.view is not None else table.properties.get("bucketing_version", "1")
    [rule] = functions()["murmur_hash" if version == "2" else "hash"]
    hashed = rule.apply(keys)
    assert hashed is not None
    return f"({hashed.sql} & 2147483647) % {count}"


def numbered(table: Table, buckets: Buckets, rows: str) -> str:
    """A query of a table's rows, each with the number of its bucket behind its columns.

    :param rows: a query of the table's columns
    """
    kinds = {column.name: column.type for column in table.columns}
    bucket = number(table, [Typed(f"b.{quoted(name)}", kinds[name]) for name in buckets.columns], buckets.count)
    return f"SELECT b.*, {bucket} AS {_NUMBER} FROM ({rows}) AS b"


def files(buckets: Buckets, held: str) -> Iterator[tuple[str, str]]:
    """The name of each bucket's file, and the query of its rows.

    :param held: the table that has the rows of :func:`numbered`
    """
    order = [
        f"{quoted(name)} {'DESC NULLS LAST' if direction == 'DESC' else 'ASC NULLS FIRST'}"
        for name, direction in buckets.sorted_by
    ]
    tail = f" ORDER BY {', '.join(order)}" if order else ""
    for place in range(buckets.count):
        yield f"{place:06d}_0", f"SELECT * EXCLUDE ({_NUMBER}) FROM {held} WHERE {_NUMBER} = {place}{tail}"
