"""LOAD DATA: files moved or copied into a table's folder, as they are; or their rows, where Hive 3 inserts them.

Source: Hive's LanguageManual DML, Loading files into tables; LoadSemanticAnalyzer.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlparse

from bigdata.errors import SqlSyntaxError, UnsupportedStatement, UsageError
from bigdata.sql.catalog import Catalog, now
from bigdata.sql.hive.staging import STAGING, put
from bigdata.sql.partitions import partition_name
from bigdata.sql.serdes.partition_values import normal
from bigdata.sql.serdes.portion import SYMLINKS
from bigdata.sql.tables import VIEW, Partition, Table
from bigdata.storage import cat, filesystem_of, is_uri, list_inputs, local

_FORM = re.compile(
    r"""\s*LOAD\s+DATA\s+(?P<local>LOCAL\s+)?INPATH\s+(?P<path>'[^']*'|"[^"]*")\s+(?P<overwrite>OVERWRITE\s+)?
    INTO\s+TABLE\s+(?:`?(?P<database>\w+)`?\.)?`?(?P<table>\w+)`?\s*
    (?:PARTITION\s*\((?P<partition>.*)\))?\s*
    (?:INPUTFORMAT\s+(?P<format>'[^']*'|"[^"]*")\s+SERDE\s+(?P<serde>'[^']*'|"[^"]*")\s*)?""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
#: with what files of a format begin
_MAGIC = {
    "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat": (b"ORC",),
    "org.apache.hadoop.hive.ql.io.RCFileInputFormat": (b"RCF", b"SEQ"),
    "org.apache.hadoop.mapred.SequenceFileInputFormat": (b"SEQ",),
}
_VALUE = re.compile(r"""\s*`?(\w+)`?\s*=\s*('[^']*'|"[^"]*"|[^,\s]+)\s*(?:,|$)""")


@dataclass(frozen=True)
class Load:
    """A LOAD DATA statement.

    :param local: whether the path is of this machine; its files are copied then, else moved
    :param format: the input format and the SerDe of the files, where they aren't those of the table
    """

    path: str
    local: bool
    overwrite: bool
    database: str | None
    table: str
    partition: Mapping[str, str]
    format: tuple[str, str] | None = None


def parse(text: str, line: int) -> Load:
    """A LOAD DATA statement as data.

    >>> parse("LOAD DATA LOCAL INPATH 'a.txt' INTO TABLE t PARTITION (ds='1')", 1).partition
    {'ds': '1'}
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise SqlSyntaxError(
            f"line {line}: expected LOAD DATA [LOCAL] INPATH 'path' [OVERWRITE] INTO TABLE name [PARTITION (...)]"
            " [INPUTFORMAT 'class' SERDE 'class']."
        )
    values = {name.lower(): value.strip("'\"") for name, value in _VALUE.findall(match["partition"] or "")}
    database = match["database"].lower() if match["database"] else None
    if match["format"] and match["format"][1:-1] == SYMLINKS:
        raise UnsupportedStatement("LOAD DATA: files that list others can't be loaded. Load those that they list.")
    form = (match["format"][1:-1], match["serde"][1:-1]) if match["format"] else None
    place, table = match["path"][1:-1], match["table"].lower()
    return Load(place, bool(match["local"]), bool(match["overwrite"]), database, table, values, form)


def inserts(load: Load, table: Table) -> bool:
    """Whether the rows of the files are inserted: of another format, into buckets, or into partitions they tell."""
    names = {column.name for column in table.partition_columns}
    return load.format is not None or table.buckets is not None or set(load.partition) < names


@contextmanager
def rows(load: Load, table: Table) -> Iterator[tuple[Table, dict[str, str | None]]]:
    """The files of a LOAD DATA statement as a table, and the partitions that its rows are for.

    Behind the columns come those of the partitions that aren't said.
    """
    given = {column: load.partition.get(column.name) for column in table.partition_columns}
    spec = {column.name: value and normal(value, column) for column, value in given.items()}
    told = [column for column in table.partition_columns if spec[column.name] is None]
    held = table.storage
    if load.format is not None:
        held = replace(held, input_format=load.format[0], serde=load.format[1])
    with tempfile.TemporaryDirectory(prefix=STAGING) as folder:
        _copy(_files(load), folder)
        columns = (*table.columns, *told)
        yield replace(table, columns=columns, partition_columns=(), storage=held, location=folder, properties={}), spec


def run(load: Load, catalog: Catalog, database: str) -> None:
    """Bring the files of a LOAD DATA statement into the table's folder.

    :raises InputNotFound: if the path names no file
    """
    table = catalog.table(load.database or database, load.table)
    if table.kind == VIEW:
        raise UsageError(f"{table.name} is a view. LOAD DATA into a table.")
    files = _files(load)
    _check(files, table)
    with catalog.transaction(), tempfile.TemporaryDirectory(prefix=STAGING, dir=_beside(table)) as staging:
        place = _place(table, load, catalog)
        _copy(files, staging)
        put(staging, place, load.overwrite, catalog)
        if not load.local:
            for file in files:
                catalog.on_commit(partial(_remove, file))


def _files(load: Load) -> list[str]:
    path = load.path if is_uri(load.path) else urlparse(load.path).path or load.path
    return [file.path for file in list_inputs([path])]


def _check(files: Sequence[str], table: Table) -> None:
    """Refuse files that can't be the table's; source: Hive's HiveFileFormatUtils.checkInputFormat.

    :raises UsageError: for one that begins otherwise
    """
    magic = _MAGIC.get(table.storage.input_format, (b"",))
    for file in files:
        if (head := next(cat(file), b"")) and not head.startswith(magic):
            raise UsageError(
                f"{file} does not match the file format of {table.name}. Load it into a table of its own format, and"
                " INSERT from there; or say INPUTFORMAT and SERDE."
            )


def copied(paths: Sequence[str], folder: str) -> None:
    """Copy the files that paths name, as they are, into a local folder.

    :raises InputNotFound: for a path that names none
    """
    _copy([file.path for file in list_inputs(paths)], folder)


def _copy(files: Sequence[str], folder: str) -> None:
    for file in files:
        target = os.path.join(folder, os.path.basename(file))
        if is_uri(file):
            with open(target, "wb") as sink:
                sink.writelines(cat(file))
        else:
            shutil.copyfile(file, target)


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
    values = tuple(normal(load.partition[column.name], column) for column in table.partition_columns)
    known = catalog.partitions(table, dict(zip(names, values)))
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
