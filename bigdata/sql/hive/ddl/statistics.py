"""The parameters of tables and partitions as Hive shows them: their properties, and what their folders hold now."""

from __future__ import annotations

from bigdata.sql import folders
from bigdata.sql.hive.context import Context
from bigdata.sql.tables import VIEW, Partition, Table


def parameters(held: Table | Partition) -> dict[str, str]:
    """Properties, comment, and the files' number and bytes, but for those of a partitioned table.

    Numbers of rows aren't known, as ANALYZE computes none.
    """
    shown = dict(held.properties)
    if isinstance(held, Table):
        if held.comment is not None:
            shown["comment"] = held.comment
        if held.kind == VIEW or held.partition_columns:
            return shown
    return shown | _files(held.location)


def described(context: Context, held: Table | Partition) -> dict[str, str]:
    """The same, and of a partitioned table the sums over its partitions: DESCRIBE shows them too."""
    shown = parameters(held)
    if isinstance(held, Partition) or held.kind == VIEW or not held.partition_columns:
        return shown
    partitions = context.catalog.partitions(held)
    files = _files(*(partition.location for partition in partitions))
    return shown | files | {"numPartitions": str(len(partitions))}


def _files(*places: str) -> dict[str, str]:
    used = folders.usage(*places)
    return {"numFiles": str(used.files), "totalSize": str(used.size)}
