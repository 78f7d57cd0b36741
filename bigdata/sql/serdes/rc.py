"""RCFiles: groups of rows, stored column by column.

After a header each group has a key, which says how many rows it has and how long each cell is, and the bytes of the
columns, one after the other. Of cells of one length in a row only their number is stored.

Source: the format's grammar in Hive's RCFile.java; version 1 and the first, which began like a sequence file.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from bigdata.arrays import text_of
from bigdata.errors import InputError, UsageError
from bigdata.sql.serdes.codec import CODECS, Codec, codec_of
from bigdata.sql.serdes.lines import Recode
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile
from bigdata.sql.serdes.stream import Batch
from bigdata.sql.serdes.writables import SYNC_SIZE, Source, metadata, read_vint, text, vint
from bigdata.storage import disk_errors

_VERSION, _FIRST_VERSION = b"RCF\x01", b"SEQ\x06"
_COLUMNS = "hive.io.rcfile.column.number"
INPUT = "org.apache.hadoop.hive.ql.io.RCFileInputFormat"
OUTPUT = "org.apache.hadoop.hive.ql.io.RCFileOutputFormat"
#: makes an Arrow array of the bytes of a column's cells, and their lengths
Column = Callable[[bytes, Any], Any]


def check(serde: str, given: str, expected: str) -> None:
    """Whether a SerDe's files are RCFiles.

    :param given: the input or output format that the files have
    :raises UsageError: if it isn't the expected one
    """
    if given != expected:
        raise UsageError(f"{serde} goes with RCFILE, that is {expected}; got {given}.")


def read(file: DataFile, columns: Sequence[Column]) -> Iterator[Batch]:
    """The first columns of a file, a group of rows a batch; those that the file lacks are NULL.

    :param columns: what makes arrays of them
    :raises InputError: for a file that is no RCFile, or a damaged one
    """
    with Source(file.file) as source:
        codec, held, sync = _header(source)
        while not source.at_end():
            place = source.place
            length = source.integer()
            if length == -1:
                if source.take(SYNC_SIZE) != sync:
                    raise ValueError("a wrong marker between groups of rows")
                length = source.integer()
            key_length, stored = source.integer(), source.take(source.integer())
            key = codec.decompress(stored) if codec else stored
            rows, sizes, lengths = _key(key, held)
            values = source.take(length - key_length)
            arrays, start = [], 0
            for column, size, cells in zip(columns, sizes, lengths):
                data = values[start : start + size]
                arrays.append(column(codec.decompress(data) if codec else data, _lengths(cells, rows)))
                start += size
            yield Batch(arrays, [place] * rows)


def _header(source: Source) -> tuple[Codec | None, int, bytes]:
    """The codec, the number of columns, and the marker between groups."""
    version = source.take(4)
    if version not in (_VERSION, _FIRST_VERSION):
        raise InputError(f"{source.path}: not an RCFile. Take it out of the table's folder.")
    if version == _FIRST_VERSION and not source.text().endswith("RCFile$KeyBuffer"):
        raise InputError(f"{source.path}: a sequence file, not an RCFile. Store the table AS SEQUENCEFILE.")
    if version == _FIRST_VERSION:
        source.text()
    compressed = source.flag()
    if version == _FIRST_VERSION:
        source.flag()
    codec = codec_of(source.text()) if compressed else None
    return codec, int(source.metadata()[_COLUMNS]), source.take(SYNC_SIZE)


def _key(key: bytes, columns: int) -> tuple[int, list[int], list[bytes]]:
    """The number of rows, and of each column its stored size and the lengths of its cells."""
    rows, place = read_vint(key, 0)
    sizes, lengths = [], []
    for _ in range(columns):
        size, place = read_vint(key, place)
        _, place = read_vint(key, place)
        length, place = read_vint(key, place)
        sizes.append(size)
        lengths.append(key[place : place + length])
        place += length
    return rows, sizes, lengths


def _lengths(data: bytes, rows: int) -> Any:
    """The length of each cell; a negative number is a complement: how often the last length comes again."""
    import numpy

    lengths: list[int] = []
    times: list[int] = []
    place = 0
    while place < len(data):
        number, place = read_vint(data, place)
        if number < 0:
            times[-1] = 1 + ~number
        else:
            lengths.append(number)
            times.append(1)
    found = numpy.repeat(numpy.array(lengths, numpy.int64), times)
    if len(found) != rows:
        raise ValueError(f"{len(found)} cells in a column of {rows} rows")
    return found


def texts(data: bytes, lengths: Any, recode: Recode) -> Any:
    """An Arrow array of the texts that some bytes are."""
    import numpy
    import pyarrow

    offsets = numpy.concatenate([[0], numpy.cumsum(lengths)])
    if data.isascii():
        buffers = pyarrow.py_buffer(offsets.astype(numpy.int32)), pyarrow.py_buffer(data)
        return pyarrow.StringArray.from_buffers(len(lengths), *buffers)
    cells = (data[start:end] for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist()))
    return pyarrow.array([recode(cell).decode() for cell in cells], pyarrow.string())


def write(output: Output, groups: Iterable[Sequence[Any]]) -> str:
    """Write groups of rows; gives the path of the file.

    :param groups: Arrow arrays of texts or bytes, without nulls, one a column
    :raises UsageError: for a codec that won't do
    """
    codec = codec_of(output.compression) if output.compression else None
    if codec is CODECS["bzip2"]:
        raise UsageError("Hive can't read RCFiles with bzip2. Choose another codec, such as gzip.")
    sync = hashlib.md5(output.path.encode(), usedforsecurity=False).digest()
    header = _VERSION + bytes([codec is not None]) + (text(codec.name) if codec else b"")
    with disk_errors(output.path), open(output.path, "wb") as sink:
        sink.write(header + metadata({_COLUMNS: str(len(output.columns))}) + sync)
        for number, columns in enumerate(groups):
            if number:
                sink.write(struct.pack(">i", -1) + sync)
            sink.write(_group(columns, codec))
    return output.path


def _group(columns: Sequence[Any], codec: Codec | None) -> bytes:
    """A group of rows."""
    import pyarrow.compute

    key, values = [vint(len(columns[0]))], []
    for column in columns:
        plain = bytes(text_of(column))
        stored = codec.compress(plain) if codec else plain
        lengths = _runs(pyarrow.compute.binary_length(column).to_pylist())
        key += [vint(len(stored)), vint(len(plain)), vint(len(lengths)), lengths]
        values.append(stored)
    plain = b"".join(key)
    stored = codec.compress(plain) if codec else plain
    length = len(plain) + sum(map(len, values))
    return struct.pack(">iii", length, len(plain), len(stored)) + stored + b"".join(values)


def _runs(lengths: Sequence[int]) -> bytes:
    found = []
    for length, run in groupby(lengths):
        times = sum(1 for _ in run)
        found.append(vint(length) + (vint(~(times - 1)) if times > 1 else b""))
    return b"".join(found)
