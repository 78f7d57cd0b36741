"""Records as Arrow columns: lines in a format's native form are taken apart in bulk, the others by its own Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bigdata import kernels, objects, parquet
from bigdata.engines.columns import line_array
from bigdata.errors import DecodeError
from bigdata.explain import shown
from bigdata.formats import blocks, lines_before, text_block
from bigdata.records import JSON, WRITTEN, Csv, JsonLines, Records
from bigdata.splits import Split
from bigdata.storage import ahead

#: bytes of text in a batch
_BLOCK = 1 << 20
#: columns of objects that the kernel reads
_MOST_MEMBERS = 64


@dataclass(frozen=True)
class _Taken:
    """What is taken from a block of lines.

    :param rows: the records of lines in the native form, as a record batch, if there are any
    :param others: the other lines, beside such as carry no record, with their numbers
    :param lines: how many lines there are
    """

    rows: Any
    others: list[tuple[int, bytes]]
    lines: int


def row_batches(sources: Iterable[Split], records: Records, label: str, threads: int = 1) -> Iterator[Any]:
    """The records of some splits as Arrow record batches, a column each.

    :param label: how messages name the stage
    :param threads: how many take lines apart before they are asked for
    :raises DecodeError: for a line that is no record, with its place
    """
    take = _way_of(records)
    for source in sources:
        if source.compression == "parquet":
            yield from parquet.batches(source, records, label)
            continue
        count = 0
        for taken in ahead((partial(take, block) for block in blocks(source, _BLOCK)), threads + 1, threads):
            if taken.rows is not None and len(taken.rows):
                yield taken.rows
            yield from _read(taken.others, records, label, source, count)
            count += taken.lines


def _way_of(records: Records) -> Callable[[bytes], _Taken]:
    """What takes a block of lines apart."""
    reader = _native_reader(records)
    if reader is not None:
        return partial(_natively, reader, parquet.schema_of(records.columns))
    if records.native is None:
        return lambda block: _untaken(line_array(text_block(block)))
    return partial(_json if records.native == JSON else _matched, records)


def _native_reader(records: Records) -> Any:
    """The kernel's reader of a format, if it has one."""
    if kernels.native is None:
        return None
    types = [column.type + "?" * column.optional for column in records.columns]
    if isinstance(records, Csv) and records.separated is not None:
        form = records.separated
        return kernels.native.FieldReader(types, form.separator, form.quote, form.rest, list(form.headers))
    if isinstance(records, JsonLines) and records.is_own and len(types) <= _MOST_MEMBERS:
        return kernels.native.ObjectReader([column.name for column in records.columns], types)
    return None


def _read(lines: list[tuple[int, bytes]], records: Records, label: str, source: Split, before: int) -> Iterator[Any]:
    """The records of lines that Python reads one by one."""
    import pyarrow

    found = []
    for number, line in lines:
        if not records.skips(line):
            try:
                found.append(records.read(line)[1])
            except ValueError as error:
                name = type(records).__name__
                where = f"in {source.path}, line {lines_before(source) + before + number + 1}"
                raise DecodeError(f"{label}: {name} can't read {shown(line)}: {error}, {where}.") from None
    if found:
        yield pyarrow.RecordBatch.from_pylist(found, parquet.schema_of(records.columns))


def _untaken(lines: Any) -> _Taken:
    """Lines that are all left to Python."""
    import pyarrow

    return _Taken(None, list(enumerate(lines.cast(pyarrow.binary()).to_pylist())), len(lines))


def _natively(reader: Any, schema: Any, block: bytes) -> _Taken:
    """Lines that the kernel takes apart."""
    import pyarrow

    text = text_block(block)
    fields = reader.read(text)
    columns = zip(pyarrow.record_batch(fields).columns, schema)
    rows = pyarrow.record_batch([_parsed(column, field.type) for column, field in columns], schema)
    return _Taken(rows, [(number, text[begin:end]) for number, begin, end in fields.odd], fields.lines)


def _matched(records: Records, block: bytes) -> _Taken:
    """Lines that match the native form's regular expression, taken apart by it."""
    import pyarrow
    import pyarrow.compute as pc

    lines = line_array(text_block(block))
    fields = pc.extract_regex(lines, pattern=f"^(?:{records.native})$")
    good = pc.and_(fields.is_valid(), pc.invert(pc.match_substring_regex(lines, records.blank)))
    columns = [fields.field(column.name) for column in records.columns]
    for place, column in enumerate(records.columns):
        if column.type != "str":
            written = pc.match_substring_regex(columns[place], _IS[column.type])
            if column.optional:
                empty = pc.match_substring_regex(columns[place], "^$")
                written = pc.or_(written, empty)
                columns[place] = pc.if_else(empty, pyarrow.NULL, columns[place])
            good = pc.and_(good, written)
    schema = parquet.schema_of(records.columns)
    typed = [_parsed(column.filter(good), field.type) for column, field in zip(columns, schema)]
    others = pc.indices_nonzero(pc.invert(good)).to_pylist()
    return _Taken(
        pyarrow.record_batch(typed, schema), [(place, lines[place].as_py().encode()) for place in others], len(lines)
    )


def _parsed(fields: Any, kind: Any) -> Any:
    """Fields in the native form as values of an Arrow type."""
    import pyarrow.compute as pc
    from pyarrow import types

    return (pc.split_pattern(fields, ",") if types.is_list(kind) else fields).cast(kind)


def _json(records: Records, block: bytes) -> _Taken:
    """Lines that hold a JSON object each, read by Arrow; left to Python where Arrow may read one otherwise."""
    import pyarrow.compute as pc

    lines = line_array(text_block(block))
    found = lines.filter(pc.invert(pc.match_substring_regex(lines, records.blank)))
    text = objects.joined(found)
    if text is None or _NEGATIVE_ZERO.search(text):  # a whole number has no sign there
        return _untaken(lines)
    table = objects.read(text, parquet.schema_of(records.columns), len(found))
    if table is None:
        return _untaken(lines)
    batch = table.combine_chunks().to_batches()[0]
    return _Taken(batch, [], len(lines)) if parquet.is_sound(batch, records) else _untaken(lines)


_NEGATIVE_ZERO = re.compile(rb"-0[^.0-9eE]")
_IS = {kind: f"^(?:{pattern})$" for kind, pattern in WRITTEN.items()}
