r"""ROW FORMAT and STORED AS: how a table's files hold its rows, by the names that Hive knows.

Source: Hive's StorageFormat, the descriptors of its IOConstants, RowFormatParams and HiveFileFormatUtils.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from bigdata.errors import SqlSyntaxError, UnsupportedStatement, UsageError
from bigdata.sql.hive.context import DEFAULTS
from bigdata.sql.hive.ddl.tokens import Tokens
from bigdata.sql.tables import Column, Storage
from bigdata.sql.types import STRING

_HIVE = "org.apache.hadoop.hive"
_TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat"
_TEXT_OUTPUT = f"{_HIVE}.ql.io.HiveIgnoreKeyTextOutputFormat"
LAZY_SIMPLE = f"{_HIVE}.serde2.lazy.LazySimpleSerDe"
OPEN_CSV = f"{_HIVE}.serde2.OpenCSVSerde"
#: the SerDes of which Hive keeps the columns itself
_DECLARED = {
    LAZY_SIMPLE,
    f"{_HIVE}.ql.io.orc.OrcSerde",
    f"{_HIVE}.ql.io.parquet.serde.ParquetHiveSerDe",
    f"{_HIVE}.serde2.MetadataTypedColumnsetSerDe",
    f"{_HIVE}.serde2.columnar.ColumnarSerDe",
    f"{_HIVE}.serde2.columnar.LazyBinaryColumnarSerDe",
    f"{_HIVE}.serde2.dynamic_type.DynamicSerDe",
    f"{_HIVE}.serde2.lazybinary.LazyBinarySerDe",
}
AVRO = f"{_HIVE}.serde2.avro.AvroSerDe"
#: those that keep comments too, of which there is an empty one without one
_COMMENTED = {AVRO, f"{_HIVE}.serde2.RegexSerDe"}
#: the comment on what only the SerDe knows
UNDOCUMENTED = "from deserializer"


@dataclass(frozen=True)
class FileFormat:
    """What STORED AS names; the SerDe is that of ROW FORMAT, or LazySimpleSerDe, if it has none."""

    input_format: str
    output_format: str
    serde: str | None = None


_TEXT = FileFormat(_TEXT_INPUT, _TEXT_OUTPUT)
_SEQUENCE = FileFormat(
    "org.apache.hadoop.mapred.SequenceFileInputFormat", f"{_HIVE}.ql.io.HiveSequenceFileOutputFormat"
)
_ORC = FileFormat(
    f"{_HIVE}.ql.io.orc.OrcInputFormat", f"{_HIVE}.ql.io.orc.OrcOutputFormat", f"{_HIVE}.ql.io.orc.OrcSerde"
)
_PARQUET = FileFormat(
    f"{_HIVE}.ql.io.parquet.MapredParquetInputFormat",
    f"{_HIVE}.ql.io.parquet.MapredParquetOutputFormat",
    f"{_HIVE}.ql.io.parquet.serde.ParquetHiveSerDe",
)
_AVRO = FileFormat(
    f"{_HIVE}.ql.io.avro.AvroContainerInputFormat",
    f"{_HIVE}.ql.io.avro.AvroContainerOutputFormat",
    AVRO,
)
FORMATS = {
    "textfile": _TEXT,
    "sequencefile": _SEQUENCE,
    "rcfile": FileFormat(
        f"{_HIVE}.ql.io.RCFileInputFormat",
        f"{_HIVE}.ql.io.RCFileOutputFormat",
        f"{_HIVE}.serde2.columnar.LazyBinaryColumnarSerDe",
    ),
    "orc": _ORC,
    "orcfile": _ORC,
    "parquet": _PARQUET,
    "parquetfile": _PARQUET,
    "avro": _AVRO,
    "avrofile": _AVRO,
    "jsonfile": FileFormat(_TEXT_INPUT, _TEXT_OUTPUT, f"{_HIVE}.serde2.JsonSerDe"),
}
#: output formats of Hadoop, for which Hive takes its own
_SUBSTITUTES = {
    "org.apache.hadoop.mapred.SequenceFileOutputFormat": _SEQUENCE.output_format,
    "org.apache.hadoop.mapred.TextOutputFormat": _TEXT_OUTPUT,
    f"{_HIVE}.ql.io.IgnoreKeyTextOutputFormat": _TEXT_OUTPUT,
}


@dataclass(frozen=True)
class RowFormat:
    """What ROW FORMAT says."""

    serde: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


def parse_row_format(tokens: Tokens) -> RowFormat:
    """What follows ``ROW FORMAT``."""
    if tokens.take("SERDE"):
        serde = tokens.string()
        return RowFormat(serde, tokens.properties() if tokens.take("WITH SERDEPROPERTIES") else {})
    tokens.expect("DELIMITED")
    properties = {}
    if tokens.take("FIELDS TERMINATED BY"):
        properties["field.delim"] = properties["serialization.format"] = tokens.string()
        if tokens.take("ESCAPED BY"):
            properties["escape.delim"] = tokens.string()
    for words, key in (
        ("COLLECTION ITEMS TERMINATED BY", "collection.delim"),
        ("MAP KEYS TERMINATED BY", "mapkey.delim"),
        ("LINES TERMINATED BY", "line.delim"),
        ("NULL DEFINED AS", "serialization.null.format"),
    ):
        if tokens.take(words):
            properties[key] = tokens.string()
    if properties.get("line.delim", "\n") not in ("\n", "10"):
        raise UsageError(f"LINES TERMINATED BY {properties['line.delim']!r}: Hive knows only '\\n'. Leave it out.")
    return RowFormat(None, properties)


def parse_file_format(tokens: Tokens) -> FileFormat:
    """What follows ``STORED AS`` or ``SET FILEFORMAT``."""
    if tokens.take("INPUTFORMAT"):
        input_format = tokens.string()
        tokens.expect("OUTPUTFORMAT")
        output_format = tokens.string()
        serde = tokens.string() if tokens.take("SERDE") else None
        if tokens.take("INPUTDRIVER"):
            tokens.string()
            tokens.expect("OUTPUTDRIVER")
            tokens.string()
        return FileFormat(input_format, _SUBSTITUTES.get(output_format, output_format), serde)
    return file_format(tokens.name())


def file_format(name: str) -> FileFormat:
    """A file format by its name.

    :raises SqlSyntaxError: for a name that is none

    >>> file_format("ORC").serde
    'org.apache.hadoop.hive.ql.io.orc.OrcSerde'
    """
    if name.lower() not in FORMATS:
        raise SqlSyntaxError(f"STORED AS {name}: no such file format. Hive has {', '.join(FORMATS)}.")
    return FORMATS[name.lower()]


def refuse_handler(handler: str) -> NoReturn:
    """:raises UnsupportedStatement: always, for STORED BY"""
    raise UnsupportedStatement(
        f"STORED BY {handler!r}: storage handlers are Java classes for other systems, and don't run here."
        " Export the data to files, and use STORED AS."
    )


def storage(
    rows: RowFormat | None, files: FileFormat | None, settings: Mapping[str, str], managed: bool = False
) -> Storage:
    """How a table's files hold rows, of what CREATE TABLE says and else of the settings.

    :param managed: whether it is a table that is Hive's own, which may have a setting of its own
    """
    given = {**DEFAULTS, **settings}
    own = given["hive.default.fileformat.managed"]
    files = files or file_format(own if managed and own.lower() != "none" else given["hive.default.fileformat"])
    rows = rows or RowFormat()
    serde = rows.serde or files.serde or LAZY_SIMPLE
    properties = {"serialization.format": "1", **rows.properties}
    return Storage(serde, files.input_format, files.output_format, properties)


def deserialized(columns: tuple[Column, ...], serde: str) -> tuple[Column, ...]:
    """Columns as their SerDe gives them, where Hive asks it rather than its metastore: OpenCSVSerde knows but texts.

    Source: Hive's setting hive.serdes.using.metastore.for.schema, MetaStoreUtils.determineFieldComment.
    """
    if serde in _DECLARED:
        return columns
    if serde in _COMMENTED:
        return tuple(replace(column, comment=column.comment or "") for column in columns)
    return tuple(
        replace(column, type=STRING if serde == OPEN_CSV else column.type, comment=UNDOCUMENTED) for column in columns
    )


def with_format(held: Storage, files: FileFormat) -> Storage:
    """A storage in another file format; its SerDe stays if the format has none."""
    return replace(
        held, serde=files.serde or held.serde, input_format=files.input_format, output_format=files.output_format
    )
