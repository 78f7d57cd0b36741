"""Tables and partitions as DESCRIBE EXTENDED shows them: in the notation of Thrift's generated Java.

Source: Hive's metastore API (Table, Partition, StorageDescriptor, toString).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bigdata.sql.hive.ddl.layout import java
from bigdata.sql.tables import VIEW, Buckets, Column, Partition, Storage, Table


def shown(table: Table, partition: Partition | None, held: Mapping[str, str]) -> str:
    """A table, or a partition of it.

    :param held: its parameters
    """
    if partition is None:
        return java(f"Table({', '.join(_table(table, held))})")
    fields = [
        f"values:{listed(partition.values)}",
        f"dbName:{table.database}",
        f"tableName:{table.name}",
        f"createTime:{partition.created}",
        "lastAccessTime:0",
        f"sd:{_descriptor(table, partition.columns, partition.storage, partition.location)}",
        f"parameters:{_map(held)}",
        "catName:hive",
    ]
    return f"Partition({', '.join(fields)})"


def _table(table: Table, held: Mapping[str, str]) -> Iterable[str]:
    view = table.kind == VIEW
    yield from (
        f"tableName:{table.name}",
        f"dbName:{table.database}",
        f"owner:{table.owner}",
        f"createTime:{table.created}",
        "lastAccessTime:0",
        "retention:0",
        f"sd:{_descriptor(table, table.columns, table.storage, table.location)}",
        f"partitionKeys:{_columns(table.partition_columns)}",
        f"parameters:{_map(held)}",
        f"viewOriginalText:{table.view_as_written if view else 'null'}",
        f"viewExpandedText:{table.view if view else 'null'}",
        f"tableType:{table.kind}",
        "rewriteEnabled:false",
        "catName:hive",
        "ownerType:USER",
    )


def _descriptor(table: Table, columns: tuple[Column, ...], storage: Storage, location: str) -> str:
    names, values = table.skewed or ((), ())
    buckets = table.buckets
    serde = f"SerDeInfo(name:null, serializationLib:{storage.serde or 'null'}, parameters:{_map(storage.properties)})"
    skewed = (
        f"SkewedInfo(skewedColNames:{listed(names)}, skewedColValues:{listed(map(listed, values))},"
        " skewedColValueLocationMaps:{})"
    )
    fields = (
        f"cols:{_columns((*columns, *table.partition_columns))}",
        f"location:{location or 'null'}",
        f"inputFormat:{storage.input_format}",
        f"outputFormat:{storage.output_format}",
        "compressed:false",
        f"numBuckets:{buckets.count if buckets else -1}",
        f"serdeInfo:{serde}",
        f"bucketCols:{listed(buckets.columns if buckets else ())}",
        f"sortCols:{order(buckets)}",
        "parameters:{}",
        f"skewedInfo:{skewed}",
        f"storedAsSubDirectories:{str(table.directories).lower()}",
    )
    return f"StorageDescriptor({', '.join(fields)})"


def _columns(columns: Iterable[Column]) -> str:
    return listed(
        f"FieldSchema(name:{column.name}, type:{column.type}, comment:{column.comment or 'null'})" for column in columns
    )


def order(buckets: Buckets | None) -> str:
    """The columns of SORTED BY."""
    return listed(
        f"Order(col:{name}, order:{int(direction == 'ASC')})"
        for name, direction in (buckets.sorted_by if buckets else ())
    )


def listed(items: Iterable[str]) -> str:
    """A list as Java shows it."""
    return f"[{', '.join(items)}]"


def _map(held: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}={held[key]}' for key in sorted(held))}}}"
