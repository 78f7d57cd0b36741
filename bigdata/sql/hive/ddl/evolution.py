"""Which changes of columns are refused, because rows that are there couldn't be read by them.

Sources: Hive's HiveAlterHandler and ColumnType (areColTypesCompatible); DDLTask (alterTableOrSinglePartition).
"""

from __future__ import annotations

from collections.abc import Sequence

from bigdata.errors import UsageError
from bigdata.sql.hive.context import Context
from bigdata.sql.serdes.partition_values import converted
from bigdata.sql.tables import NULL_PARTITION, VIEW, Column, Partition, Storage, Table
from bigdata.sql.types import HiveType

SETTING = "hive.metastore.disallow.incompatible.col.type.changes"

#: each becomes those behind it
_WIDENING = ("tinyint", "smallint", "int", "bigint", "decimal", "float", "double")
_ORC = "OrcSerde"
_REPLACEABLE = {
    "ColumnarSerDe",
    "DynamicSerDe",
    "LazySimpleSerDe",
    "MetadataTypedColumnsetSerDe",
    "ParquetHiveSerDe",
    _ORC,
}


def refuse_conversions(context: Context, table: Table, changed: Table) -> None:
    """:raises UsageError: if a column has a type that the column at its place can't have become"""
    if table.kind == VIEW or context.setting(SETTING).lower() != "true":
        return
    for old, new in zip(table.columns, changed.columns):
        if not _may_become(old.type, new.type):
            raise UsageError(
                f"{table.name}: column {new.name} {new.type} has a type incompatible with {old.name} {old.type} at its"
                f" place, as which rows are kept. Write another type, or SET {SETTING}=false."
            )


def _may_become(old: HiveType, new: HiveType) -> bool:
    """Whether a column of a type may be altered to another; nested types of one kind are not looked into."""
    if old.name == new.name:
        return True
    if old.name in _WIDENING and new.name in _WIDENING:
        return _WIDENING.index(old.name) < _WIDENING.index(new.name)
    if new.is_text:
        return old.is_text or old.name in (*_WIDENING, "date", "timestamp")
    return old.is_text and new.name == "double"


def refuse_replacing(held: Table | Partition, columns: Sequence[Column]) -> None:
    """:raises UsageError: if REPLACE COLUMNS isn't for the SerDe, or leaves out columns of ORC"""
    serde = _name(held.storage)
    if serde not in _REPLACEABLE:
        raise UsageError(f"Replace columns is not supported for {serde}. Write CHANGE or ADD COLUMNS.")
    if serde == _ORC and len(columns) < len(held.columns):
        raise UsageError(f"Replacing columns cannot drop columns of ORC: there are {len(held.columns)}. Name them all.")


def refuse_moving(held: Table | Partition) -> None:
    """:raises UsageError: for columns of ORC, which stay in their order"""
    if _name(held.storage) == _ORC:
        raise UsageError("Reordering columns is not supported for ORC. Leave out FIRST and AFTER.")


def refuse_values(context: Context, table: Table, changed: Table) -> None:
    """:raises UsageError: if a partition has a value that is none of its column's new type"""
    for place, (old, new) in enumerate(zip(table.partition_columns, changed.partition_columns)):
        if old.type == new.type:
            continue
        values = {partition.values[place] for partition in context.catalog.partitions(table)} - {NULL_PARTITION}
        listed = sorted(values)
        wrong = [value for value, read in zip(listed, converted(listed, new.type)) if read is None]
        if wrong:
            raise UsageError(f"PARTITION COLUMN ({new.name} {new.type}): a partition has the value {wrong[0]!r}.")


def _name(storage: Storage) -> str:
    return storage.serde.rpartition(".")[2]
