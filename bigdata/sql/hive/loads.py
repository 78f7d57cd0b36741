"""LOAD DATA: files moved or copied into a table's folder, as they are.

Source: Hive's LanguageManual DML, Loading files into tables.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlparse

from bigdata.errors import SqlSyntaxError, UsageError
from bigdata.sql.catalog import Catalog, now
from bigdata.sql.hive.staging import STAGING, put
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import VIEW, Partition, Table
from bigdata.storage import cat, filesystem_of, is_uri, list_inputs, local

_FORM = re.compile(
    r"""\s*LOAD\s+DATA\s+(?P<local>LOCAL\s+)?INPATH\s+(?P<path>'[^']*'|"[^"]*")\s+(?P<overwrite>OVERWRITE\s+)?
    INTO\s+TABLE\s+(?:`?(?P<database>\w+)`?\.)?`?(?P<table>\w+)`?\s*
    (?:PARTITION\s*\((?P<partition>.*)\))?\s*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(r"""\s*`?(\w+)`?\s*=\s*('[^']*'|"[^"]*"|[^,\s]+)\s*(?:,|$)""")


@dataclass(frozen=True)
class Load:
    """A LOAD DATA statement.

    :param local: whether the path is of this machine; its files are copied then, else moved
    """

    path: str
    local: bool
    overwrite: bool
    database: str | None
    table: str
    partition: Mapping[str, str]


def parse(text: str, line: int) -> Load:
    """A LOAD DATA statement as data.

    >>> parse("LOAD DATA LOCAL INPATH 'a.txt' INTO TABLE t PARTITION (ds='1')", 1).partition
    {'ds': '1'}
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise SqlSyntaxError(
            f"line {line}: expected LOAD DATA [LOCAL] INPATH 'path' [OVERWRITE] INTO TABLE name [PARTITION (...)]."
        )
    values = {name.lower(): value.strip("'\"") for name, value in _VALUE.findall(match["partition"] or "")}
    database = match["database"].lower() if match["database"] else None
    return Load(
        match["path"][1:-1], bool(match["local"]), bool(match["overwrite"]), database, match["table"].lower(), values
    )


def run(load: Load, catalog: Catalog, database: str) -> None:
    """Bring the files of a LOAD DATA statement into the table's folder.

    :raises InputNotFound: if the path names no file
    """
    table = catalog.table(load.database or database, load.table)
    if table.kind == VIEW:
        raise UsageError(f"{table.name} is a view. LOAD DATA into a table.")
    path = load.path if is_uri(load.path) else urlparse(load.path).path or load.path
    files = [file.path for file in list_inputs([path])]
    with catalog.transaction(), tempfile.TemporaryDirectory(prefix=STAGING, dir=_beside(table)) as staging:
        place = _place(table, load, catalog)
        for file in files:
            target = os.path.join(staging, os.path.basename(file))
            if is_uri(file):
                with open(target, "wb") as sink:
                    sink.writelines(cat(file))
            else:
                shutil.copyfile(file, target)
        put(staging, place, load.overwrite, catalog)
        if not load.local:
            for file in files:
                catalog.on_commit(partial(_remove, file))


def _beside(table: Table) -> str | None:
    """A local folder on the disk of a table's files; ``None`` for a remote table."""
    if is_uri(table.location):
        return None
    parent = os.path.dirname(local(table.location))
    os.makedirs(parent, exist_ok=True)
    return parent


def _place(table: Table, load: Load, catalog: Catalog) -> str:
    """The folder that the files go to; the catalog learns of its partition if it is new."""
    names = [column.name for column in table.partition_columns]
    if sorted(load.partition) != sorted(names):
        wanted = f"PARTITION ({', '.join(f'{name}=...' for name in names)})" if names else "no PARTITION"
        raise UsageError(f"LOAD DATA into {table.name}: expected {wanted}.")
    if not names:
        return table.location
    values = tuple(load.partition[name] for name in names)
    known = catalog.partitions(table, load.partition)
    if known:
        return known[0].location
    place = f"{table.location.rstrip('/')}/{partition_name(names, values)}"
    catalog.put_partitions(table, [Partition(values, place, table.columns, table.storage, {}, now())])
    return place


def _remove(path: str) -> None:
    if is_uri(path):
        filesystem, inside = filesystem_of(path)
        filesystem.delete_file(inside)
    else:
        os.remove(path)
