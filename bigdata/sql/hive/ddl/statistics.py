"""The parameters of tables and partitions as Hive shows them: their properties, and what their folders hold now.

Source: Hive's StatsSetupConst and DDLTask (describeTable).
"""

from __future__ import annotations

import json

from bigdata.sql import folders
from bigdata.sql.hive.context import Context
from bigdata.sql.tables import MANAGED, VIEW, Partition, Table


def parameters(held: Table | Partition) -> dict[str, str]:
    """Properties, comment, and the files' number and bytes, but for those of a partitioned table.

    Numbers of rows aren't known, as ANALYZE computes none; where there are no files, there are none.
    """
    shown = dict(held.properties)
    if isinstance(held, Partition):
        return shown | _files(held.location)
    if held.comment is not None:
        shown["comment"] = held.comment
    if held.kind == VIEW or held.partition_columns:
        return shown
    files = _files(held.location)
    if held.kind == MANAGED and files["numFiles"] == "0":
        files |= _empty({"COLUMN_STATS": {column.name: "true" for column in held.columns}})
    return shown | files


def described(context: Context, held: Table | Partition) -> dict[str, str]:
    """The same, and of a partitioned table the sums over its partitions: DESCRIBE shows them too."""
    shown = parameters(held)
    if isinstance(held, Partition) or held.kind == VIEW or not held.partition_columns:
        return shown
    partitions = context.catalog.partitions(held)
    files = _files(*(partition.location for partition in partitions))
    if files["numFiles"] == "0":
        files |= _empty({})
    return shown | files | {"numPartitions": str(len(partitions))}


def _files(*places: str) -> dict[str, str]:
    used = folders.usage(*places)
    return {"numFiles": str(used.files), "totalSize": str(used.size)}


def _empty(columns: dict[str, dict[str, str]]) -> dict[str, str]:
    """What is known of a table without rows."""
    accurate = json.dumps({"BASIC_STATS": "true", **columns}, separators=(",", ":"))
    return {"COLUMN_STATS_ACCURATE": accurate, "numRows": "0", "rawDataSize": "0"}
