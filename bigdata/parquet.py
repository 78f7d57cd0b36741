"""Parquet files as input: a split is a run of row groups, its rows are records by column, or pairs.

A job with record formats gets the columns that its format names. Any other job gets the columns ``key`` and ``value``,
as ``--output-format parquet`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bigdata.errors import DecodeError, InputError
from bigdata.records import Column, Records
from bigdata.splits import Split
from bigdata.storage import File, open_input

_ROWS = 1 << 13
_ARROW = {"str": "string", "int": "int64", "float": "float64"}


def schema_of(columns: tuple[Column, ...]) -> Any:
    """The Arrow schema of records."""
    import pyarrow

    return pyarrow.schema([(column.name, _ARROW[column.type]) for column in columns])


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


def pairs(split: Split, records: Records | None) -> Iterator[list[tuple[Any, Any]]]:
    """The rows of a split in lists: ``(key, value)``, or ``(None or the input's name, record)`` for records."""
    if records is not None:
        name = None if split.source == "input" else split.source
        for batch in batches(split, records):
            yield [(name, row) for row in batch.to_pylist()]
        return
    for batch in _read(split, ("key", "value")):
        yield list(zip(batch["key"].to_pylist(), batch["value"].to_pylist()))


def batches(split: Split, records: Records) -> Iterator[Any]:
    """The records of a split as Arrow record batches.

    :raises InputError: for a file that lacks a column, or has another type there
    :raises DecodeError: for an empty value in a column that may not be empty
    """
    import pyarrow

    schema = schema_of(records.columns)
    for batch in _read(split, tuple(schema.names)):
        arrays = []
        for column, field in zip(records.columns, schema):
            values = batch[column.name]
            if values.null_count and not column.optional:
                raise DecodeError(f"{split.path}: column {column.name}: expected {column.kind}; got an empty value.")
            try:
                arrays.append(values.cast(field.type))
            except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
                raise InputError(
                    f"{split.path}: column {column.name}: expected {column.kind}; it is {values.type}."
                ) from None
        yield pyarrow.record_batch(arrays, schema)


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
