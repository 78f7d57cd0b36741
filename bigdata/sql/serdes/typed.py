"""Files whose columns have types of their own: matching them to a table's columns, by name or by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from bigdata.errors import InputError, UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.library import macro
from bigdata.sql.hive.moments import NANOSECONDS
from bigdata.sql.serdes.arrow import arrow_type, hive_type
from bigdata.sql.serdes.conversion import stored
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import PLACE, Batch, Stream
from bigdata.sql.tables import Column, Scan
from bigdata.sql.types import FINE_TIMESTAMP, TIMESTAMP, TIMESTAMP_LTZ, HiveType, fine, quoted

# epoch_ns of microseconds has room for few centuries
macro(
    "hive_coarse_of_nanoseconds(moment)",
    f"""CASE WHEN typeof(moment) = 'TIMESTAMP_NS' AND epoch_ns(CAST(moment AS TIMESTAMP_NS)) % 1000 <> 0
        THEN CAST(hive_fail('{NANOSECONDS} in ' || moment) AS TIMESTAMP) ELSE CAST(moment AS TIMESTAMP) END""",
)
macro(
    "hive_fine_of_nanoseconds(moment)",
    """CASE WHEN typeof(moment) = 'TIMESTAMP_NS'
        THEN CAST(CAST(epoch_ns(TRY_CAST(moment AS TIMESTAMP_NS)) AS DECIMAL(21, 0)) * 0.000000001 AS DECIMAL(21, 9))
        ELSE hive_fine(CAST(moment AS TIMESTAMP)) END""",
)
#: types of Arrow's that DuckDB reads as what Hive has for them
_ALIKE = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "float", "double", "string", "date32[day]", "timestamp[us]"}
)
#: a column for rows of which none is needed
NOTHING = 'NULL AS "nothing"'


def held(schema: Any, columns: Sequence[Column], by_place: bool) -> list[Any]:
    """The field of an Arrow schema for each of a table's columns; ``None`` where a file has none.

    Names are matched whatever their case.

    >>> import pyarrow
    >>> from bigdata.sql.types import INT
    >>> held(pyarrow.schema([("A", pyarrow.int8())]), [Column("b", INT), Column("a", INT)], False)
    [None, pyarrow.Field<A: int8>]
    """
    if by_place:
        return [schema[number] if number < len(schema) else None for number in range(len(columns))]
    fields = {field.name.lower(): field for field in reversed(list(schema))}
    return [fields.get(column.name) for column in columns]


#: the SQL of a file's column, an Arrow field, as a type of Hive
Read = Callable[[Any, HiveType], str]


def column(field: Any, wanted: HiveType) -> str:
    """The SQL of a file's column as another type.

    :raises UsageError: where Hive has no such conversion
    """
    kind, name, arrow = hive_type(field.type), quoted(field.name), str(field.type)
    if getattr(field.type, "tz", None):
        name = f"timezone('UTC', {name})"
    if kind == TIMESTAMP and wanted == TIMESTAMP_LTZ:  # the clock of the file is that of UTC
        return f"CAST({name} AS TIMESTAMP)"
    if arrow == "timestamp[ns]":
        kind = FINE_TIMESTAMP if wanted.is_fine else TIMESTAMP
        return stored(f"hive_{'fine' if wanted.is_fine else 'coarse'}_of_nanoseconds({name})", kind, wanted)
    if arrow in _ALIKE or kind.name == "decimal":
        return stored(name, kind, wanted)
    return stored(f"CAST({name} AS {kind.duckdb})", kind, wanted)


def selected(fields: Sequence[Any], portion: Portion, read: Read = column) -> list[str]:
    """The SQL of the columns that are needed out of those that a file holds.

    :param read: how the format reads one
    :raises UsageError: for a type that doesn't become the column's
    """
    found = []
    for field, wanted in zip(fields, portion.columns):
        if not portion.needs(wanted.name):
            continue
        sql = f"CAST(NULL AS {wanted.type.duckdb})"
        if field is not None:
            try:
                sql = read(field, wanted.type)
            except UsageError as error:
                raise UsageError(f"column {wanted.name}: {error}") from None
        found.append(f"{sql} AS {quoted(wanted.name)}")
    return found


def by_schema(
    files: Iterable[DataFile], schema_of: Callable[[str], Any], format: str
) -> list[tuple[Any, list[DataFile]]]:
    """Files that hold anything, with those of one schema together.

    :param schema_of: the Arrow schema of the file at a path
    :raises InputError: for a file that isn't of the format
    """
    import pyarrow

    found: dict[str, tuple[Any, list[DataFile]]] = {}
    for file in files:
        if file.file.size == 0:
            continue
        try:
            schema = schema_of(file.file.path).remove_metadata()
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{file.file.path}: not {format} ({reason}). Write it again, or take it out of the table's folder."
            ) from None
        found.setdefault(schema.to_string(), (schema, []))[1].append(file)
    return list(found.values())


def streamed(
    portion: Portion,
    number: int,
    fields: Sequence[Any],
    files: Sequence[DataFile],
    batches: Callable[..., Any],
    read: Read = column,
) -> Scan:
    """Files of one schema, read as Arrow.

    :param number: of their schema in the portion
    :param batches: gives those of a file, with some columns by name
    :param read: how the format reads a column
    """
    import pyarrow

    source = f"{portion.source}_{number}"
    needed = (field for field, one in zip(fields, portion.columns) if portion.needs(one.name))
    wanted = list(dict.fromkeys(field for field in needed if field is not None))
    names = [field.name for field in wanted]
    stream = Stream(pyarrow.schema(wanted), tuple(files), partial(_whole, batches, names))
    columns = ", ".join([*selected(fields, portion, read), *PLACE])
    return Scan(f"SELECT {columns} FROM {quoted(source)}", {source: stream})


def _whole(read: Callable[..., Iterable[Batch]], names: Sequence[str], file: DataFile) -> Iterator[Batch]:
    """The batches of a file.

    :raises InputError: for a file that is damaged behind its schema
    """
    import pyarrow

    try:
        yield from read(file, names)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{file.file.path}: can't be read to its end ({reason}). Write it again.") from None


def joined(scans: Sequence[Scan], columns: Sequence[Column]) -> Scan:
    """The rows of some scans, one after the other."""
    if not scans:
        nothing = [f"CAST(NULL AS {column.type.duckdb}) AS {quoted(column.name)}" for column in columns]
        return Scan(f'SELECT {", ".join(nothing)}, \'\' AS "file", 0 AS "offset", 0 AS "partition" WHERE false')
    sources = {name: source for scan in scans for name, source in scan.sources.items()}
    return Scan(" UNION ALL ".join(scan.sql for scan in scans), sources)


def batches(output: Output, names: Sequence[str], in_seconds: bool = False) -> tuple[Any, Iterable[Any]]:
    """The Arrow schema of what is to be written, and its batches.

    :param names: of the columns in the file
    :param in_seconds: whether timestamps are decimals, as :func:`seconds` says
    :raises UsageError: for a type that no such file has
    """
    import pyarrow

    for column in output.columns:
        if _has(column.type, "interval"):
            raise UsageError(
                f"column {column.name}: {column.type} can't be written to files. Make it a number or a text."
            )
    kinds = [arrow_type(seconds(column.type) if in_seconds else column.type) for column in output.columns]
    schema = pyarrow.schema(list(zip(names, kinds)))
    written = _in_seconds if in_seconds else _in_nanoseconds
    rows = output.rows([written(name, column.type) for name, column in zip(output.names, output.columns)])
    return schema, (
        pyarrow.RecordBatch.from_arrays([part.cast(kind) for part, kind in zip(batch.columns, kinds)], schema=schema)
        for batch in rows
    )


def _in_nanoseconds(name: str, kind: HiveType) -> str:
    return f"make_timestamp_ns(CAST({name} * 1000000000 AS BIGINT))" if kind.is_fine else name


def _in_seconds(name: str, kind: HiveType) -> str:
    return str(cast(name, kind, fine(kind)))


def seconds(kind: HiveType) -> HiveType:
    """A type with decimals in the place of timestamps: their seconds since 1970, with nanoseconds.

    >>> from bigdata.sql.types import array
    >>> str(seconds(array(TIMESTAMP)))
    'array<decimal(21,9)>'
    """
    if kind.name == "timestamp":
        return HiveType("decimal", (21, 9))
    return HiveType(kind.name, kind.sizes, tuple((name, seconds(member)) for name, member in kind.fields))


def of_seconds(name: str, kind: HiveType) -> str:
    """The SQL of a value that a file gives with decimals in the place of timestamps."""
    if kind == fine(kind):
        return name
    coarse = cast(name, fine(kind), kind)
    failed = f"CAST(hive_fail('{NANOSECONDS} in ' || CAST({name} AS VARCHAR)) AS {kind.duckdb})"
    return f"CASE WHEN {cast(str(coarse), kind, fine(kind))} IS DISTINCT FROM {name} THEN {failed} ELSE {coarse} END"


def _has(kind: HiveType, name: str) -> bool:
    return kind.name.startswith(name) or any(_has(member, name) for member in kind.members)
