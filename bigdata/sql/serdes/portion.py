"""Portions: the files of a table that are read alike, by one SerDe with the same columns and properties."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bigdata.errors import InputError, InputNotFound
from bigdata.sql import folders
from bigdata.sql.tables import Column, Partition, Storage, Table
from bigdata.storage import File, cat, is_uri, list_inputs, local

#: the input format of files that list other files
SYMLINKS = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat"
#: settings and table properties that let a table's files lie in folders below its own
_RECURSIVE = ("mapred.input.dir.recursive", "mapreduce.input.fileinputformat.input.dir.recursive")
#: properties that tell of a partition's files, not of how to read them
_STATISTICS = {
    "COLUMN_STATS_ACCURATE",
    "last_modified_by",
    "last_modified_time",
    "numFiles",
    "numRows",
    "rawDataSize",
    "totalSize",
    "transient_lastDdlTime",
}


@dataclass(frozen=True)
class DataFile:
    """A file of rows.

    :param file: where it is, and its size
    :param partition: the number of its partition among those that are read; 0 without partitions
    """

    file: File
    partition: int = 0

    @property
    def uri(self) -> str:
        """What INPUT__FILE__NAME says: a URI, also of a local file."""
        path = self.file.path
        return path if is_uri(path) else "file:" + os.path.abspath(path)


@dataclass(frozen=True)
class Portion:
    """Files that are read alike.

    :param columns: those by which the files are read, without partition columns
    :param properties: of the table and the SerDe together, as Hive hands them to a SerDe; and settings of the session
    :param source: the name under which what reads the files is registered in DuckDB
    :param wanted: which of the columns, and of ``file``, ``offset`` and ``partition``, are needed; ``None`` for all.
        A format that reads every line has no use for it.
    """

    columns: tuple[Column, ...]
    storage: Storage
    properties: Mapping[str, str]
    files: tuple[DataFile, ...]
    source: str
    settings: Mapping[str, str] = field(default_factory=dict)
    wanted: frozenset[str] | None = None

    def needs(self, name: str) -> bool:
        """Whether a column, or a place of rows, is needed."""
        return self.wanted is None or name in self.wanted

    def number(self, name: str) -> int:
        """A property that counts something; 0 if it isn't set.

        :raises InputError: if it is no number
        """
        text = self.properties.get(name, "0").strip()
        if not text.isdigit():
            raise InputError(f"the table property {name} is {text!r}. Expected a whole number from 0 on.")
        return int(text)

    def is_true(self, name: str) -> bool:
        """Whether a property or setting says ``true``."""
        return self.properties.get(name, self.settings.get(name, "")).strip().lower() == "true"


def portions(table: Table, partitions: Sequence[Partition], name: str, settings: Mapping[str, str]) -> list[Portion]:
    """The files of a table, or of some of its partitions, in as few portions as there are ways to read them.

    :param name: begins the names of their sources
    :raises InputError: for folders below a table's, unless a setting says that they are read
    """
    recursive = any({**settings, **table.properties}.get(name, "").lower() == "true" for name in _RECURSIVE)
    groups: dict[object, tuple[Table | Partition, list[DataFile]]] = {}
    places: Sequence[Table | Partition] = partitions if table.partition_columns else [table]
    for number, place in enumerate(places):
        key = (
            tuple((column.name, column.type) for column in place.columns),
            place.storage.serde,
            place.storage.input_format,
            *(frozenset(_matters(given).items()) for given in (place.storage.properties, place.properties)),
        )
        files = groups.setdefault(key, (place, []))[1]
        found = data_files(place.location, recursive)
        if place.storage.input_format == SYMLINKS:
            found = [target for file in found for target in _targets(file)]
        files.extend(DataFile(file, number) for file in found)
    return [
        Portion(
            place.columns or table.columns,
            place.storage,
            {**table.properties, **place.properties, **place.storage.properties},
            tuple(files),
            f"{name}_{number}",
            settings,
        )
        for number, (place, files) in enumerate(groups.values())
        if files
    ]


def _targets(file: File) -> list[File]:
    """The files that a file lists, a path or URI a line; of a folder, those in it."""
    try:
        paths = b"".join(cat(file.path)).decode().splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{file.path}: expected paths, one a line; got what is no text. Take it out.") from None
    return list_inputs([local(path.strip()) for path in paths if path.strip()])


def _matters(properties: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in properties.items() if name not in _STATISTICS}


def data_files(location: str, recursive: bool = False) -> list[File]:
    """The visible files of a folder; none if there is no such folder.

    :raises InputError: for files in a folder below it, unless `recursive`
    """
    if not folders.exists(location):
        return []
    try:
        files = list_inputs([location])
    except InputNotFound:
        return []
    depth = local(location).rstrip("/").count("/") + 1
    for file in files:
        if not recursive and file.path.count("/") > depth:
            raise InputError(
                f"{os.path.dirname(file.path)}: a folder among the files of a table."
                " SET mapred.input.dir.recursive=true to read it, or move it away."
            )
    return files
