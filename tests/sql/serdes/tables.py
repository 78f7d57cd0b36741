"""Tables over files, read and printed, and written, without a session."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from bigdata.sql import serdes
from bigdata.sql.hive import library, printing
from bigdata.sql.tables import Column, Partition, Storage, Table
from bigdata.sql.types import parse_type, quoted

_HIVE = "org.apache.hadoop.hive"
_TEXT = ("org.apache.hadoop.mapred.TextInputFormat", f"{_HIVE}.ql.io.HiveIgnoreKeyTextOutputFormat")
_SEQUENCE = ("org.apache.hadoop.mapred.SequenceFileInputFormat", f"{_HIVE}.ql.io.HiveSequenceFileOutputFormat")
LAZY = f"{_HIVE}.serde2.lazy.LazySimpleSerDe"
_RC = (f"{_HIVE}.ql.io.RCFileInputFormat", f"{_HIVE}.ql.io.RCFileOutputFormat")
FORMATS = {
    "text": (LAZY, *_TEXT),
    "sequence": (LAZY, *_SEQUENCE),
    "json": ("org.apache.hive.hcatalog.data.JsonSerDe", *_TEXT),
    "binary": (f"{_HIVE}.serde2.lazybinary.LazyBinarySerDe", *_SEQUENCE),
    "rc": (f"{_HIVE}.serde2.columnar.ColumnarSerDe", *_RC),
    "binary rc": (f"{_HIVE}.serde2.columnar.LazyBinaryColumnarSerDe", *_RC),
    "parquet": (
        f"{_HIVE}.ql.io.parquet.serde.ParquetHiveSerDe",
        f"{_HIVE}.ql.io.parquet.MapredParquetInputFormat",
        f"{_HIVE}.ql.io.parquet.MapredParquetOutputFormat",
    ),
    "orc": (f"{_HIVE}.ql.io.orc.OrcSerde", f"{_HIVE}.ql.io.orc.OrcInputFormat", f"{_HIVE}.ql.io.orc.OrcOutputFormat"),
    "avro": (
        f"{_HIVE}.serde2.avro.AvroSerDe",
        f"{_HIVE}.ql.io.avro.AvroContainerInputFormat",
        f"{_HIVE}.ql.io.avro.AvroContainerOutputFormat",
    ),
}


def columns(text: str) -> tuple[Column, ...]:
    """Columns written as those of a struct: ``a: int, b: array<string>``."""
    return tuple(Column(name, kind) for name, kind in parse_type(f"struct<{text}>").fields)


def storage(form: str, properties: Mapping[str, str] | None = None) -> Storage:
    """How a format stores rows; or text by a SerDe's class."""
    serde, input_format, output_format = FORMATS.get(form, (form, *_TEXT))
    return Storage(serde, input_format, output_format, properties or {})


def table(folder: Path, held: str, form: str = "text", **given: Any) -> Table:
    """A table over a folder.

    :param given: ``serde``, properties of its SerDe; ``partitioned``, its partition columns; ``properties``, its own
    """
    return Table(
        "default",
        "t",
        columns(held),
        columns(given["partitioned"]) if "partitioned" in given else (),
        storage(form, given.get("serde")),
        str(folder),
        properties=given.get("properties", {}),
    )


def rows(
    read: Table,
    partitions: Sequence[Partition] = (),
    settings: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> list[str]:
    """A table's rows as Hive prints them: of all columns and partition columns, or of some."""
    scan = serdes.scan(read, partitions, "t", settings)
    held = {
        column.name: column
        for column in (*read.columns, *read.partition_columns, *columns("input__file__name: string"))
    }
    held["block__offset__inside__file"] = columns("o: bigint")[0]
    wanted = names or [column.name for column in (*read.columns, *read.partition_columns)]
    connection = duckdb.connect()
    library.define(connection, scan.sql, set())
    for name, source in scan.sources.items():
        connection.register(name, source)
    relation = connection.sql(f"SELECT {', '.join(map(quoted, wanted))} FROM ({scan.sql})")
    kinds = [held[name].type for name in wanted]
    typed = connection.sql("SELECT " + ", ".join(f"CAST(NULL AS {kind.duckdb})" for kind in kinds))
    assert relation.types == typed.types
    return list(printing.lines(relation.to_arrow_reader(1000), kinds))


def write(folder: Path, written: Table, sql: str, compression: str | None = None) -> Path:
    """Write the rows of a query to a table's folder; gives the only file."""
    made = serdes.write(
        duckdb.connect(),
        sql,
        written.columns,
        written.storage,
        written.properties,
        str(folder),
        compression=compression,
    )
    assert [os.path.basename(path) for path in made] == sorted(os.listdir(folder))
    return Path(made[0])
