"""The parameters of tables and partitions as Hive shows them: their properties, and what their folders hold now."""

from __future__ import annotations

from bigdata.sql import folders
from bigdata.sql.hive.context import Context
from bigdata.sql.tables import VIEW, Partition, Table


def parameters(context: Context, held: Table | Partition) -> dict[str, str]:
    """Properties, comment, and the files' number and bytes; of a partitioned table, for all its partitions.

    Numbers of rows aren't known, as ANALYZE computes none.
    """
    shown = dict(held.properties)
    places = [held.location]
    if isinstance(held, Table):
        if held.comment is not None:
            shown["comment"] = held.comment
        if held.kind == VIEW:
            return shown
        if held.partition_columns:
            partitions = context.catalog.partitions(held)
            places = [partition.location for partition in partitions]
            shown["numPartitions"] = str(len(partitions))
    used = folders.usage(*places)
    return {**shown, "numFiles": str(used.files), "totalSize": str(used.size)}
