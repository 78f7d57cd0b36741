"""Tables as data: columns, how files hold their rows, partitions. What a catalog keeps and a SerDe reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bigdata.sql.sources import Source
from bigdata.sql.types import HiveType

MANAGED, EXTERNAL, VIEW = "MANAGED_TABLE", "EXTERNAL_TABLE", "VIRTUAL_VIEW"
#: what Hive calls a partition whose value is NULL or empty
NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class Column:
    """A column of a table; its name is in lower case."""

    name: str
    type: HiveType
    comment: str | None = None


@dataclass(frozen=True)
class Storage:
    """How files hold rows: SerDe and formats by the class names that Hive knows them by, and the SerDe's properties.

    The properties are Hive's: ``field.delim``, ``collection.delim``, ``mapkey.delim``, ``line.delim``,
    ``escape.delim``, ``serialization.null.format``, ``input.regex``, ``separatorChar``, ...
    """

    serde: str = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
    input_format: str = "org.apache.hadoop.mapred.TextInputFormat"
    output_format: str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Buckets:
    """CLUSTERED BY ... SORTED BY ... INTO n BUCKETS; each sort column with its direction, ASC or DESC."""

    columns: tuple[str, ...]
    count: int
    sorted_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Constraint:
    """What CREATE TABLE demands of columns; of keys Hive only takes note.

    :param kind: ``PRIMARY KEY``, ``UNIQUE``, ``FOREIGN KEY``, ``NOT NULL``, ``DEFAULT`` or ``CHECK``
    :param text: the expression of a default or a check; the table and columns of a foreign key
    :param enabled: whether rows are held to it
    """

    kind: str
    columns: tuple[str, ...]
    text: str = ""
    name: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class Table:
    """A table or a view.

    :param database: in lower case, as is the name
    :param columns: without the partition columns
    :param location: a path or URI of the folder that holds its files; empty for a view
    :param kind: one of :data:`MANAGED`, :data:`EXTERNAL`, :data:`VIEW`
    :param view: the view's text, its names resolved; and as it was written
    :param skewed: the columns of SKEWED BY and their values
    :param directories: whether it was made with STORED AS DIRECTORIES, which changes no answer
    :param created: seconds since 1970
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    partition_columns: tuple[Column, ...] = ()
    storage: Storage = field(default_factory=Storage)
    location: str = ""
    kind: str = MANAGED
    properties: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None
    buckets: Buckets | None = None
    skewed: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None = None
    directories: bool = False
    constraints: tuple[Constraint, ...] = ()
    view: str | None = None
    view_as_written: str | None = None
    owner: str = ""
    created: int = 0
    temporary: bool = False


@dataclass(frozen=True)
class Partition:
    """The rows of a table for some values of its partition columns.

    :param values: as text, in the order of the partition columns; :data:`NULL_PARTITION` for NULL
    :param columns: those of the table when the partition was made, by which its files are read
    """

    values: tuple[str, ...]
    location: str
    columns: tuple[Column, ...] = ()
    storage: Storage = field(default_factory=Storage)
    properties: Mapping[str, str] = field(default_factory=dict)
    created: int = 0


@dataclass(frozen=True)
class Scan:
    """What a query reads a table by.

    :param sql: a query that gives the table's columns, its partition columns, and the virtual columns
        ``INPUT__FILE__NAME`` and ``BLOCK__OFFSET__INSIDE__FILE``, under their names
    :param sources: what `sql` reads under which name
    :param size: of the files that it reads, in bytes
    """

    sql: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    size: int = 0
