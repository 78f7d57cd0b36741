"""Keeping a session to some folders and buckets: nothing that a statement names may lie elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.catalog import Catalog, Database
from bigdata.sql.serdes.portion import SYMLINKS
from bigdata.sql.tables import Partition, Table
from bigdata.storage import is_uri, local

#: the fields of a statement in which it names places
_PLACES = ("location", "path", "paths")


@dataclass(frozen=True)
class Confinement:
    """The folders that a session may read and write, with all that is in them.

    >>> confinement = Confinement(("s3://lake/sales", "data"))
    >>> confinement.check("s3://lake/sales/2024"), confinement.check("data/x.csv")
    (None, None)
    >>> confinement.check("data/../secrets")
    Traceback (most recent call last):
    bigdata.errors.UsageError: data/../secrets lies outside the folders of this session: s3://lake/sales, data.
    """

    folders: Sequence[str]

    def check(self, *places: str) -> None:
        """Let places within pass.

        :raises UsageError: for one that lies elsewhere
        """
        for place in places:
            if not any(_holds(folder, place) for folder in self.folders):
                raise UsageError(f"{place} lies outside the folders of this session: {', '.join(self.folders)}.")

    def check_statement(self, statement: Any) -> None:
        """Let a statement pass whose places are all within.

        :param statement: a dataclass, whose places stand in fields named location, path or paths
        """
        self.check(*_named(statement))


def _named(statement: Any) -> Iterator[str]:
    """The places that a statement, or a part of it, names."""
    if isinstance(statement, (tuple, list)):
        for member in statement:
            yield from _named(member)
    elif is_dataclass(statement):
        for field in fields(statement):
            value = getattr(statement, field.name)
            if field.name not in _PLACES:
                yield from _named(value)
            elif isinstance(value, str):
                yield value
            else:
                yield from value or ()


def _holds(folder: str, place: str) -> bool:
    """Whether a place is a folder or lies in it."""
    return is_uri(folder) == is_uri(place) and (_whole(place) + "/").startswith(_whole(folder).rstrip("/") + "/")


def _whole(place: str) -> str:
    """A place without links and without ``..``."""
    if not is_uri(place):
        return os.path.realpath(local(place))
    scheme, _, path = place.partition("://")
    return f"{scheme}://{os.path.normpath(path)}"


class ConfinedCatalog(Catalog):
    """A catalog whose tables all lie within some folders; one that doesn't can be neither made nor found."""

    def __init__(self, warehouse: str, confinement: Confinement) -> None:
        super().__init__(warehouse)
        self._confinement = confinement

    def create_database(self, database: Database) -> None:
        self._confinement.check(database.location)
        super().create_database(database)

    def find(self, database: str, name: str) -> Table | None:
        table = super().find(database, name)
        if table is not None:
            self._check(table)
        return table

    def put(self, table: Table) -> None:
        self._check(table)
        super().put(table)

    def partitions(self, table: Table, spec: Mapping[str, str] | None = None) -> list[Partition]:
        found = super().partitions(table, spec)
        for partition in found:
            self._check(partition)
        return found

    def put_partitions(self, table: Table, partitions: Iterable[Partition]) -> None:
        partitions = list(partitions)
        for partition in partitions:
            self._check(partition)
        super().put_partitions(table, partitions)

    def _check(self, held: Table | Partition) -> None:
        if held.storage.input_format == SYMLINKS:
            raise UsageError("SymlinkTextInputFormat leads anywhere, which a session confined to folders can't have.")
        self._confinement.check(*_places(held))


def _places(held: Table | Partition) -> Iterator[str]:
    """Where the files of a table or a partition lie, and its Avro schema."""
    properties = {**held.properties, **held.storage.properties}
    return (place for place in (held.location, properties.get("avro.schema.url", "")) if place)
