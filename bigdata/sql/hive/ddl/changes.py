"""What ALTER TABLE changes in a definition: of a table, or of one of its partitions.

Source: Hive's DDLTask (alterTableOrSinglePartition).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from bigdata.errors import NameNotFound, UsageError
from bigdata.sql.hive.ddl.columns import Skewed, refuse_twins
from bigdata.sql.hive.ddl.evolution import refuse_moving, refuse_replacing
from bigdata.sql.hive.ddl.places import located
from bigdata.sql.hive.ddl.storage import FileFormat, with_format
from bigdata.sql.tables import EXTERNAL, MANAGED, VIEW, Buckets, Column, Constraint, Partition, Table

D = TypeVar("D", Table, Partition)


class Change(Protocol):
    """A change of a definition; with `cascade`, partitions get the columns that their table has then."""

    @property
    def cascade(self) -> bool: ...

    def apply(self, held: D) -> D: ...


@dataclass(frozen=True)
class Local:
    """A change that leaves partitions alone."""

    @property
    def cascade(self) -> bool:
        return False


@dataclass(frozen=True)
class SetProperties(Local):
    """``SET TBLPROPERTIES``: of them, Hive keeps a table's comment and whether it is external."""

    properties: Mapping[str, str]

    def apply(self, held: D) -> D:
        properties = {**held.properties, **self.properties}
        if isinstance(held, Partition):
            return replace(held, properties=properties)
        comment = properties.pop("comment", held.comment)
        external = properties.get("EXTERNAL", "").lower() == "true"
        kind = VIEW if held.kind == VIEW else EXTERNAL if external else MANAGED
        return replace(held, properties=properties, comment=comment, kind=kind)


@dataclass(frozen=True)
class UnsetProperties(Local):
    """``UNSET TBLPROPERTIES [IF EXISTS]``."""

    keys: tuple[str, ...]
    if_exists: bool = False

    def apply(self, held: D) -> D:
        missing = [key for key in self.keys if key not in held.properties and key != "comment"]
        if missing and not self.if_exists:
            raise NameNotFound(f"Property not found: {missing[0]!r}. Add IF EXISTS to pass it over.")
        properties = {key: value for key, value in held.properties.items() if key not in self.keys}
        if isinstance(held, Partition):
            return replace(held, properties=properties)
        kind = MANAGED if "EXTERNAL" in self.keys and held.kind == EXTERNAL else held.kind
        comment = None if "comment" in self.keys else held.comment
        return replace(held, properties=properties, kind=kind, comment=comment)


@dataclass(frozen=True)
class SetSerde(Local):
    """``SET SERDE 'class' [WITH SERDEPROPERTIES (...)]`` and ``SET SERDEPROPERTIES (...)``."""

    serde: str | None
    properties: Mapping[str, str] = field(default_factory=dict)

    def apply(self, held: D) -> D:
        properties = {**held.storage.properties, **self.properties}
        serde = self.serde or held.storage.serde
        return replace(held, storage=replace(held.storage, serde=serde, properties=properties))


@dataclass(frozen=True)
class SetFormat(Local):
    """``SET FILEFORMAT``."""

    files: FileFormat

    def apply(self, held: D) -> D:
        return replace(held, storage=with_format(held.storage, self.files))


@dataclass(frozen=True)
class SetLocation(Local):
    """``SET LOCATION``."""

    path: str

    def apply(self, held: D) -> D:
        return replace(held, location=located(self.path) or "")


@dataclass(frozen=True)
class SetOwner(Local):
    """``SET OWNER USER|GROUP|ROLE name``."""

    owner: str

    def apply(self, held: D) -> D:
        return held if isinstance(held, Partition) else replace(held, owner=self.owner)


@dataclass(frozen=True)
class AddColumns:
    """``ADD COLUMNS (...) [CASCADE]``."""

    columns: tuple[Column, ...]
    cascade: bool = False

    def apply(self, held: D) -> D:
        refuse_twins(*held.columns, *self.columns)
        return replace(held, columns=(*held.columns, *self.columns))


@dataclass(frozen=True)
class ReplaceColumns:
    """``REPLACE COLUMNS (...) [CASCADE]``."""

    columns: tuple[Column, ...]
    cascade: bool = False

    def apply(self, held: D) -> D:
        refuse_replacing(held, self.columns)
        return replace(held, columns=self.columns)


@dataclass(frozen=True)
class ChangeColumn:
    """``CHANGE [COLUMN] old new type [COMMENT ...] [FIRST|AFTER column] [CASCADE]``.

    :param after: the column that it follows; empty for the first place; ``None`` to stay
    """

    old: str
    column: Column
    after: str | None = None
    constraints: tuple[Constraint, ...] = ()
    cascade: bool = False

    def apply(self, held: D) -> D:
        columns = list(held.columns)
        place = self._place(columns, self.old)
        comment = columns[place].comment if self.column.comment is None else self.column.comment
        changed = replace(self.column, comment=comment)
        if self.after is None:
            columns[place] = changed
        else:
            refuse_moving(held)
            del columns[place]
            columns.insert(self._place(columns, self.after) + 1 if self.after else 0, changed)
        refuse_twins(*columns)
        held = replace(held, columns=tuple(columns))
        if isinstance(held, Partition):
            return held
        constraints = (*held.constraints, *self.constraints)
        return replace(held, constraints=constraints, buckets=held.buckets and self._renamed(held.buckets))

    def _renamed(self, buckets: Buckets) -> Buckets:
        """Buckets that follow the column's new name."""
        new = {self.old: self.column.name}
        order = tuple((new.get(name, name), direction) for name, direction in buckets.sorted_by)
        return replace(buckets, columns=tuple(new.get(name, name) for name in buckets.columns), sorted_by=order)

    @staticmethod
    def _place(columns: list[Column], name: str) -> int:
        names = [column.name for column in columns]
        if name not in names:
            raise NameNotFound(f"Invalid column reference: {name}. The columns are: {', '.join(names)}.")
        return names.index(name)


@dataclass(frozen=True)
class ChangePartitionColumn(Local):
    """``PARTITION COLUMN (name type)``."""

    column: Column

    def apply(self, held: D) -> D:
        if isinstance(held, Partition):
            return held
        names = [column.name for column in held.partition_columns]
        if self.column.name not in names:
            raise NameNotFound(f"Partition column not found: {self.column.name}. Those of {held.name} are: {names}.")
        columns = (self.column if column.name == self.column.name else column for column in held.partition_columns)
        return replace(held, partition_columns=tuple(columns))


@dataclass(frozen=True)
class Cluster(Local):
    """``CLUSTERED BY ... INTO n BUCKETS`` and ``NOT CLUSTERED``."""

    buckets: Buckets | None

    def apply(self, held: D) -> D:
        if isinstance(held, Partition):
            return held
        names = {column.name for column in held.columns}
        wrong = [name for name in (self.buckets.columns if self.buckets else ()) if name not in names]
        if wrong:
            raise UsageError(f"Invalid column reference: {wrong[0]} is no column of {held.name}.")
        return replace(held, buckets=self.buckets)


@dataclass(frozen=True)
class BucketCount(Local):
    """``INTO n BUCKETS`` and ``NOT SORTED``, for which `count` is ``None``."""

    count: int | None

    def apply(self, held: D) -> D:
        if isinstance(held, Partition) or held.buckets is None:
            return held
        if self.count is None:
            return replace(held, buckets=replace(held.buckets, sorted_by=()))
        return replace(held, buckets=replace(held.buckets, count=self.count))


@dataclass(frozen=True)
class Skew(Local):
    """``SKEWED BY ...``, ``NOT SKEWED``, and ``NOT STORED AS DIRECTORIES``, for which `kept` is true."""

    skewed: Skewed | None = None
    directories: bool = False
    kept: bool = False

    def apply(self, held: D) -> D:
        if isinstance(held, Partition):
            return held
        return replace(held, skewed=held.skewed if self.kept else self.skewed, directories=self.directories)


@dataclass(frozen=True)
class AddConstraint(Local):
    """``ADD CONSTRAINT``."""

    constraint: Constraint

    def apply(self, held: D) -> D:
        return held if isinstance(held, Partition) else replace(held, constraints=(*held.constraints, self.constraint))


@dataclass(frozen=True)
class DropConstraint(Local):
    """``DROP CONSTRAINT name``."""

    name: str

    def apply(self, held: D) -> D:
        if isinstance(held, Partition):
            return held
        kept = tuple(one for one in held.constraints if one.name != self.name)
        if kept == held.constraints:
            raise NameNotFound(f"Constraint not found: {self.name}. DESCRIBE EXTENDED {held.name} shows them.")
        return replace(held, constraints=kept)


@dataclass(frozen=True)
class Nothing(Local):
    """What changes no answer: statistics and CONCATENATE."""

    def apply(self, held: D) -> D:
        return held
