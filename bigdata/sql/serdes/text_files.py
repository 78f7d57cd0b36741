"""Text files as Hadoop's TextInputFormat reads them, and as Hive writes them.

Files are inflated by their endings: ``.gz``, ``.bz2``, ``.zst``, ``.snappy`` and ``.deflate``. What isn't UTF-8 becomes
the replacement character; a byte order mark is left out.

Sources: Hadoop's LineRecordReader and CompressionCodecFactory; Hive's HiveContextAwareRecordReader (header and footer).
"""

from __future__ import annotations

import io
import os
import zlib
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from itertools import accumulate

from bigdata.arrays import binaries, text_of
from bigdata.errors import InputError, UsageError
from bigdata.formats import blocks
from bigdata.splits import Split
from bigdata.sql.serdes.codec import CODECS, Codec, codec_of
from bigdata.sql.serdes.lines import Recode, split
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.storage import disk_errors, open_input

HEADER, FOOTER = "skip.header.line.count", "skip.footer.line.count"
#: what is inflated as it is read, by the endings of files; and what is inflated as a whole
_STREAMED = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd"}
_WHOLE = {codec.ending: codec for codec in CODECS.values() if codec.ending not in _STREAMED}
DELIMITER = "textinputformat.record.delimiter"
_UNKNOWN = (".lz4", ".lzo", ".lzo_deflate")


def read(file: DataFile, portion: Portion, recode: Recode) -> Iterator[Batch]:
    """The lines of a file, each with the offset of its first byte; those of its header and footer are left out.

    :param recode: makes UTF-8 of a block's bytes
    """
    skipped = portion.number(HEADER)
    held: deque[Batch] = deque()
    footer = portion.number(FOOTER)
    delimiter = portion.settings.get(DELIMITER, "").encode()
    for batch in _delimited(file, delimiter, recode) if delimiter else _batches(file, recode):
        count = len(batch.columns[0])
        if skipped >= count:
            skipped -= count
            continue
        held.append(_sliced(batch, skipped, count))
        skipped = 0
        while sum(len(later.columns[0]) for later in held) - len(held[0].columns[0]) >= footer:
            yield held.popleft()
            if not held:
                break
    kept = sum(len(later.columns[0]) for later in held) - footer
    for batch in held:
        if kept > 0:
            yield _sliced(batch, 0, kept)
        kept -= len(batch.columns[0])


def _sliced(batch: Batch, start: int, end: int) -> Batch:
    return Batch([column[start:end] for column in batch.columns], batch.offsets[start:end])


def _batches(file: DataFile, recode: Recode) -> Iterator[Batch]:
    for place, block in _content(file):
        lines, starts = split(block, recode)
        yield Batch([lines], starts + place)


def _delimited(file: DataFile, delimiter: bytes, recode: Recode) -> Iterator[Batch]:
    """Records that end at a delimiter of the session's, and nowhere else; the last may have none."""

    def batch(records: list[bytes], starts: list[int]) -> Batch:
        return Batch([binaries([recode(record) for record in records]).cast("string")], starts)

    start, rest = 0, b""
    for place, block in _content(file):
        *records, rest = (rest + block).split(delimiter)
        first = place + len(block) - len(rest) - sum(map(len, records)) - len(records) * len(delimiter)
        *starts, start = accumulate((len(record) + len(delimiter) for record in records), initial=first)
        if records:
            yield batch(records, starts)
    if rest:
        yield batch([rest], [start])


def _content(file: DataFile) -> Iterator[tuple[int, bytes]]:
    """The blocks of a file, each with the place where it begins; a byte order mark is left out."""
    place = 0
    for block in _blocks(file):
        if place == 0 and block.startswith(BOM_UTF8):
            place, block = len(BOM_UTF8), block[len(BOM_UTF8) :]
        yield place, block
        place += len(block)


def _blocks(file: DataFile) -> Iterator[bytes]:
    path = file.file.path
    ending = os.path.splitext(path)[1]
    if ending in _UNKNOWN:
        known = ", ".join(codec.ending for codec in CODECS.values())
        raise UsageError(f"{path}: {ending} files can't be read. Compress it as one of {known}.")
    if ending in _WHOLE:
        return iter([_inflated(path, _WHOLE[ending])])
    return blocks(Split(path, 0, file.file.size, _STREAMED.get(ending)))


def _inflated(path: str, codec: Codec) -> bytes:
    with open_input(path) as stored:
        data = io.BufferedReader(stored).read()  # type: ignore[type-var]
    try:
        return codec.decompress(data)
    except (zlib.error, OSError, EOFError, ValueError) as error:
        raise InputError(f"{path}: not a whole {codec.ending} file ({error}). Fetch or compress it again.") from None


def write(output: Output, line: str) -> str:
    """Write a query's rows as the lines of a text file; gives its path.

    :param line: the SQL of a line without its end
    :raises UsageError: for a codec that isn't there
    """
    codec = codec_of(output.compression) if output.compression else None
    path = output.path + (codec.ending if codec else "")
    compressor = codec.compressor() if codec else None
    with disk_errors(path), open(path, "wb") as sink:
        for batch in output.rows([f"{line} || chr(10)"]):
            data = text_of(batch.column(0))
            sink.write(compressor.compress(bytes(data)) if compressor else data)
        if compressor:
            sink.write(compressor.flush())
    return path
