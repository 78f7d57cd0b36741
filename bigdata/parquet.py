"""Parquet files as input: a split is a run of row groups, its rows are records by column, or pairs.

A job with record formats gets the columns that its format names. Any other job gets the columns ``key`` and ``value``,
as ``--output-format parquet`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bigdata.errors import DecodeError, InputError
from bigdata.explain import shown
from bigdata.records import Column, Records
from bigdata.splits import Split
from bigdata.storage import File, open_input
from bigdata.tasks import Unreadable

_ROWS = 1 << 13


def schema_of(columns: tuple[Column, ...]) -> Any:
    """The Arrow schema of records."""
    import pyarrow

    kinds = {
        "str": pyarrow.string(),
        "int": pyarrow.int64(),
        "float": pyarrow.float64(),
        "floats": pyarrow.list_(pyarrow.float64()),
    }
    return pyarrow.schema([(column.name, kinds[column.type]) for column in columns])


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    import pyarrow
    import pyarrow.parquet

    with open_input(path) as stored:
        try:
            yield pyarrow.parquet.ParquetFile(stored)
        except (pyarrow.ArrowInvalid, OSError) as error:
            raise InputError(f"{path}: not a whole Parquet file ({str(error).splitlines()[0]}).") from None


def splits(file: File, size: int) -> list[Split]:
    """Cut a file into runs of row groups of about `size` bytes."""
    with _opened(file.path) as parquet:
        groups = [parquet.metadata.row_group(number) for number in range(parquet.num_row_groups)]
    runs: list[list[int]] = [[]]
    length = 0
    for number, group in enumerate(groups):
        if runs[-1] and length + group.total_byte_size > size:
            runs.append([])
            length = 0
        runs[-1].append(number)
        length += group.total_byte_size
    share = file.size // len(runs)
    return [Split(file.path, run[0] if run else 0, share, "parquet", file.source, tuple(run)) for run in runs]


def rows_before(split: Split) -> int:
    """How many rows of its file come before a split."""
    with _opened(split.path) as parquet:
        return sum(parquet.metadata.row_group(number).num_rows for number in range(min(split.groups, default=0)))


def pairs(split: Split, records: Records | None) -> Iterator[list[Any]]:
    """The rows of a split in lists: ``(key, value)``, or ``(None or the input's name, record)`` for records.

    A row that is no record comes as an :class:`~bigdata.tasks.Unreadable`.
    """
    if records is not None:
        name = None if split.source == "input" else split.source
        for batch in _typed(split, records):
            rows = batch.to_pylist() if is_sound(batch, records) else _checked(batch, records)
            yield [row if isinstance(row, Unreadable) else (name, row) for row in rows]
        return
    for batch in _read(split, ("key", "value")):
        yield list(zip(batch["key"].to_pylist(), batch["value"].to_pylist()))


def batches(split: Split, records: Records, label: str) -> Iterator[Any]:
    """The records of a split as Arrow record batches.

    :param label: how messages name the stage
    :raises InputError: for a file that lacks a column, or has another type there
    :raises DecodeError: for a row that is no record, with its place
    """
    before = 0
    for batch in _typed(split, records):
        if not is_sound(batch, records):
            rows = enumerate(_checked(batch, records), rows_before(split) + before + 1)
            number, said = next((number, row) for number, row in rows if isinstance(row, Unreadable))
            raise DecodeError(f"{label}: {said}, in {split.path}, row {number}.")
        before += len(batch)
        yield batch


def _typed(split: Split, records: Records) -> Iterator[Any]:
    """The columns of records with the types that the format says."""
    import pyarrow

    schema = schema_of(records.columns)
    for batch in _read(split, tuple(schema.names)):
        arrays = [
            _cast(batch[column.name], column, field.type, split.path) for column, field in zip(records.columns, schema)
        ]
        yield pyarrow.record_batch(arrays, schema)


def _cast(values: Any, column: Column, wanted: Any, path: str) -> Any:
    """The values of a column as those of the Arrow type `wanted`."""
    import pyarrow

    reason = ""
    if _is_readable(values.type, column):
        try:
            # a whole number beyond 2 ** 53 is the nearest float, as from text
            return values.cast(wanted, safe=column.type in ("str", "int"))
        except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError) as error:
            reason = f" ({str(error).splitlines()[0]})"
    raise InputError(f"{path}: column {column.name}: expected {column.kind}; it is {values.type}{reason}.")


def _is_readable(kind: Any, column: Column) -> bool:
    """Whether a column of a record may come from values of an Arrow type."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if column.type == "floats" and not types.is_null(kind):
        if not (types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)):
            return False
        kind = kind.value_type
    is_number = types.is_integer(kind) or (column.type != "int" and (types.is_floating(kind) or types.is_decimal(kind)))
    return bool(column.type == "str" or is_number or types.is_null(kind))


def is_sound(batch: Any, records: Records) -> bool:
    """Whether no row of typed columns lacks a value that it must have, or has a number that isn't finite."""
    return all(_is_sound(batch[column.name], column) for column in records.columns)


def _is_sound(values: Any, column: Column) -> bool:
    import pyarrow.compute as pc

    if values.null_count and not column.optional:
        return False
    if column.type == "floats":
        if pc.any(pc.equal(pc.list_value_length(values), 0)).as_py():
            return False
        values = values.flatten()
        if values.null_count:
            return False
    return column.type in ("str", "int") or bool(pc.all(pc.is_finite(values), min_count=0).as_py())


def _checked(batch: Any, records: Records) -> Iterator[Any]:
    """The rows of a batch as dicts, or what says why they are no records."""
    for row in batch.to_pylist():
        try:
            for column in records.columns:
                column.check(row[column.name])
            yield row
        except ValueError as error:
            yield Unreadable(f"{type(records).__name__} can't read {shown(row)}: {error}")


def _read(split: Split, names: tuple[str, ...]) -> Iterator[Any]:
    with _opened(split.path) as parquet:
        found = parquet.schema_arrow.names
        missing = [name for name in names if name not in found]
        if missing:
            raise InputError(
                f"{split.path}: expected a column {missing[0]}; its columns are {', '.join(found)}."
                " A job names the columns that it reads in RECORDS."
            )
        yield from parquet.iter_batches(batch_size=_ROWS, row_groups=split.groups, columns=list(names))
