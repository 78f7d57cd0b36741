"""Text files as Hadoop's TextInputFormat reads them, and as Hive writes them.

Files are inflated by their endings: ``.gz``, ``.bz2``, ``.zst`` and ``.deflate``. What isn't UTF-8 becomes the
replacement character; a byte order mark is left out.

Sources: Hadoop's LineRecordReader and CompressionCodecFactory; Hive's HiveContextAwareRecordReader (header and footer).
"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import zlib
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import IO, Any

from bigdata.arrays import text_of
from bigdata.errors import InputError, UsageError
from bigdata.formats import blocks
from bigdata.splits import Split
from bigdata.sql.serdes.lines import Recode, split
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.storage import disk_errors, open_input

HEADER, FOOTER = "skip.header.line.count", "skip.footer.line.count"
_CODECS = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd", ".deflate": "deflate"}
_ENDINGS = {None: "", "gzip": ".gz", "bzip2": ".bz2", "zstd": ".zst", "deflate": ".deflate"}
DELIMITER = "textinputformat.record.delimiter"
_UNKNOWN = (".snappy", ".lz4", ".lzo", ".lzo_deflate")


def read(file: DataFile, portion: Portion, recode: Recode) -> Iterator[Batch]:
    """The lines of a file, each with the offset of its first byte; those of its header and footer are left out.

    :param recode: makes UTF-8 of a block's bytes
    """
    if portion.settings.get(DELIMITER, "\n") not in ("", "\n"):
        raise UsageError(f"{DELIMITER} is set, and lines can only end at line ends. RESET it.")
    skipped = portion.number(HEADER)
    held: deque[Batch] = deque()
    footer = portion.number(FOOTER)
    for batch in _batches(file, recode):
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
    place = 0
    for block in _blocks(file):
        if place == 0 and block.startswith(BOM_UTF8):
            place, block = len(BOM_UTF8), block[len(BOM_UTF8) :]
        lines, starts = split(block, recode)
        yield Batch([lines], starts + place)
        place += len(block)


def _blocks(file: DataFile) -> Iterator[bytes]:
    path = file.file.path
    ending = os.path.splitext(path)[1]
    if ending in _UNKNOWN:
        raise UsageError(f"{path}: {ending} files can't be read. Compress it as one of {', '.join(_CODECS)}.")
    if ending == ".deflate":
        return iter([_inflated(path)])
    return blocks(Split(path, 0, file.file.size, _CODECS.get(ending)))


def _inflated(path: str) -> bytes:
    with open_input(path) as stored:
        data = io.BufferedReader(stored).read()  # type: ignore[type-var]
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise InputError(f"{path}: not a whole .deflate file ({error}). Fetch or compress it again.") from None


def write(output: Output, line: str) -> str:
    """Write a query's rows as the lines of a text file; gives its path.

    :param line: the SQL of a line without its end
    """
    path = output.path + _ENDINGS[output.compression]
    with disk_errors(path), open(path, "wb") as stored, _deflated(stored, output.compression) as sink:
        for batch in output.rows([f"{line} || chr(10)"]):
            sink.write(text_of(batch.column(0)))
    return path


class _Deflate(io.RawIOBase):
    """A sink that compresses as Hadoop's DefaultCodec does: one zlib stream."""

    def __init__(self, stored: IO[bytes]) -> None:
        self._stored = stored
        self._compressor = zlib.compressobj()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._stored.write(self._compressor.compress(data))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stored.write(self._compressor.flush())
        super().close()


def _deflated(stored: IO[bytes], compression: str | None) -> Any:
    if compression is None:
        return nullcontext(stored)
    if compression == "zstd":
        import pyarrow

        return pyarrow.CompressedOutputStream(stored, "zstd")
    opened: dict[str, Callable[[], Any]] = {
        "gzip": lambda: gzip.GzipFile("", "wb", fileobj=stored, mtime=0),
        "bzip2": lambda: bz2.BZ2File(stored, "wb"),
        "deflate": lambda: _Deflate(stored),
    }
    return opened[compression]()
