"""Sequence files: records as Hadoop's SequenceFile holds them, of which the value is a text and the key is ignored.

A file is a header, then records, with a marker between some of them at which a reader can begin. Records are stored as
they are, with each value compressed, or many together as a block of compressed lengths, keys and values.

Source: Hadoop's SequenceFile, version 6; Hive's HiveSequenceFileOutputFormat (its keys are empty BytesWritables).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bigdata.arrays import binaries
from bigdata.errors import InputError, UsageError
from bigdata.sql.serdes.codec import Codec, codec_of
from bigdata.sql.serdes.lines import Recode
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.sql.serdes.writables import SYNC_SIZE, Source, metadata, read_vint, text, vint
from bigdata.storage import disk_errors

_TEXT, _BYTES = "org.apache.hadoop.io.Text", "org.apache.hadoop.io.BytesWritable"
_NO_KEY = bytes(4)
_VERSION = b"SEQ\x06"
_INTERVAL = 100 * (SYNC_SIZE + 4)
_ROWS, _BLOCK = 1 << 14, 1 << 20
_TYPE = "mapreduce.output.fileoutputformat.compress.type"


def read(file: DataFile, portion: Portion, recode: Recode) -> Iterator[Batch]:
    """The values of a file as text."""
    for rows in records(file):
        values = [value if value.isascii() else recode(value) for _, value in rows]
        yield Batch([binaries(values).cast("string")], [place for place, _ in rows])


def records(file: DataFile) -> Iterator[list[tuple[int, bytes]]]:
    """Some values of a file at a time, each with the place where it, or the block that holds it, begins.

    :raises InputError: for a file that is no sequence file of texts or bytes, or a damaged one
    """
    with Source(file.file) as source:
        found = _records(source)
        while rows := list(islice(found, _ROWS)):
            yield rows


def _records(source: Source) -> Iterator[tuple[int, bytes]]:
    """Where each record, or the block that holds it, begins, and its value."""
    if source.take(4) != _VERSION:
        raise InputError(f"{source.path}: not a sequence file of version 6. Take it out of the table's folder.")
    _, kind = source.text(), source.text()
    unwrap = {_TEXT: _unwrapped_text, _BYTES: _unwrapped_bytes}.get(kind)
    if unwrap is None:
        raise InputError(f"{source.path}: its values are {kind}. Expected {_TEXT} or {_BYTES}.")
    compressed, in_blocks = source.flag(), source.flag()
    codec = codec_of(source.text()) if compressed else None
    source.metadata()
    sync = source.take(SYNC_SIZE)
    while not source.at_end():
        place = source.place
        length = source.integer()
        if length == -1:
            if source.take(SYNC_SIZE) != sync:
                raise ValueError("a wrong marker between records")
            if in_blocks and codec is not None:
                yield from ((place, unwrap(value)) for value in _block(source, codec))
            continue
        source.take(key_length := source.integer())
        value = source.take(length - key_length)
        yield place, unwrap(value if codec is None else codec.decompress(value))


def _unwrapped_text(value: bytes) -> bytes:
    length, start = read_vint(value, 0)
    return value[start : start + length]


def _unwrapped_bytes(value: bytes) -> bytes:
    return value[4 : 4 + int.from_bytes(value[:4], "big")]


def _block(source: Source, codec: Codec) -> Iterator[bytes]:
    """The values of a compressed block."""
    count = source.vint()
    _, _, lengths, values = (codec.decompress(source.take(source.vint())) for _ in range(4))
    place = start = 0
    for _ in range(count):
        length, place = read_vint(lengths, place)
        yield values[start : start + length]
        start += length


def write(output: Output, line: str) -> str:
    """Write a query's rows as a sequence file of texts; gives its path.

    :param line: the SQL of a row's text
    """
    values = (
        vint(len(value)) + value for batch in output.rows([f"encode({line})"]) for value in batch.column(0).to_pylist()
    )
    return _write(output, _TEXT, values)


def write_bytes(output: Output, rows: Iterable[bytes]) -> str:
    """Write rows that are bytes as a sequence file; gives its path."""
    return _write(output, _BYTES, (len(row).to_bytes(4, "big") + row for row in rows))


def _write(output: Output, writable: str, values: Iterable[bytes]) -> str:
    """Write values as the bytes of a class of Hadoop's.

    :raises UsageError: for an unknown codec, or kind of compression
    """
    kind = output.properties.get(_TYPE, output.properties.get("mapred.output.compression.type", "RECORD")).upper()
    if kind not in ("RECORD", "BLOCK", "NONE"):
        raise UsageError(f"{_TYPE} is {kind}. Expected RECORD, BLOCK or NONE.")
    codec = codec_of(output.compression) if output.compression and kind != "NONE" else None
    sync = hashlib.md5(output.path.encode(), usedforsecurity=False).digest()
    header = _VERSION + text(_BYTES) + text(writable)
    header += bytes([codec is not None, codec is not None and kind == "BLOCK"])
    header += (text(codec.name) if codec else b"") + metadata({}) + sync
    pieces = _blocks(values, codec, sync) if codec and kind == "BLOCK" else _one_by_one(values, codec, sync)
    with disk_errors(output.path), open(output.path, "wb") as sink:
        sink.write(header)
        sink.writelines(pieces)
    return output.path


def _one_by_one(values: Iterable[bytes], codec: Codec | None, sync: bytes) -> Iterator[bytes]:
    compress: Callable[[bytes], bytes] = codec.compress if codec else bytes
    since = 0
    for value in values:
        if since >= _INTERVAL:
            yield struct.pack(">i", -1) + sync
            since = 0
        stored = compress(value)
        record = struct.pack(">ii", len(_NO_KEY) + len(stored), len(_NO_KEY)) + _NO_KEY + stored
        since += len(record)
        yield record


def _blocks(values: Iterable[bytes], codec: Codec, sync: bytes) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for value in values:
        held.append(value)
        size += len(value)
        if size >= _BLOCK:
            yield _packed(held, codec, sync)
            held, size = [], 0
    if held:
        yield _packed(held, codec, sync)


def _packed(values: list[bytes], codec: Codec, sync: bytes) -> bytes:
    lengths = b"".join(vint(len(value)) for value in values)
    parts = (vint(len(_NO_KEY)) * len(values), _NO_KEY * len(values), lengths, b"".join(values))
    stored = [codec.compress(part) for part in parts]
    return struct.pack(">i", -1) + sync + vint(len(values)) + b"".join(vint(len(part)) + part for part in stored)
