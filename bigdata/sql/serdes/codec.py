"""Hadoop's codecs, by their classes, by their short names, and by the endings of files.

Snappy is framed as Hadoop's BlockCompressorStream frames it: blocks of a plain length and chunks, each of which has its
stored length before it.

Sources: Hadoop's CompressionCodecFactory, DefaultCodec and SnappyCodec.
"""

from __future__ import annotations

import bz2
import gzip
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bigdata.errors import UsageError

_PACKAGE = "org.apache.hadoop.io.compress."
_BLOCK = 1 << 18


class Compressor(Protocol):
    """What compresses a stream, piece by piece."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


@dataclass(frozen=True)
class Codec:
    """A codec.

    :param name: its Java class
    :param ending: of the files that it compresses as a whole
    :param compressor: makes what compresses a stream
    :param decompress: the whole of what was compressed; ValueError, OSError, EOFError or zlib.error for what wasn't

    >>> gzip = CODECS["gzip"]
    >>> gzip.decompress(gzip.compress(b"abc"))
    b'abc'
    """

    name: str
    ending: str
    compressor: Callable[[], Compressor]
    decompress: Callable[[bytes], bytes]

    def compress(self, data: bytes) -> bytes:
        """Some bytes, compressed as a whole."""
        compressor = self.compressor()
        return compressor.compress(data) + compressor.flush()


@dataclass(frozen=True)
class _Pieces:
    """Compresses pieces by themselves, where one may follow the other in a file."""

    compress: Callable[[bytes], bytes]

    def flush(self) -> bytes:
        return b""


def _zstd(data: bytes) -> bytes:
    import pyarrow

    return bytes(pyarrow.compress(data, "zstd", asbytes=True))


def _unzstd(data: bytes) -> bytes:
    import pyarrow

    return bytes(pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read())


def _snappy(data: bytes) -> bytes:
    import pyarrow

    found = []
    for start in range(0, len(data), _BLOCK):
        plain = data[start : start + _BLOCK]
        stored = pyarrow.compress(plain, "snappy", asbytes=True)
        found += [struct.pack(">ii", len(plain), len(stored)), stored]
    return b"".join(found)


def _unsnappy(data: bytes) -> bytes:
    return b"".join(_chunks(data))


def _chunks(data: bytes) -> Iterator[bytes]:
    import pyarrow

    place = left = 0
    while place < len(data):
        if left == 0:
            left, place = _length(data, place)
            continue
        size, place = _length(data, place)
        stored = data[place : place + size]
        if size < 0 or len(stored) < size:
            raise EOFError("the file ends too early")
        plain = pyarrow.decompress(stored, _plain_size(stored), "snappy", asbytes=True)
        yield plain
        left -= len(plain)
        place += size


def _length(data: bytes, place: int) -> tuple[int, int]:
    return int.from_bytes(data[place : place + 4], "big", signed=True), place + 4


def _plain_size(stored: bytes) -> int:
    """The length that a chunk of Snappy begins with: seven bits a byte, the low ones first."""
    size = 0
    for number, byte in enumerate(stored[:5]):
        size |= (byte & 0x7F) << 7 * number
        if byte < 128:
            break
    return size


CODECS = {
    "deflate": Codec(_PACKAGE + "DefaultCodec", ".deflate", zlib.compressobj, zlib.decompress),
    "gzip": Codec(_PACKAGE + "GzipCodec", ".gz", lambda: zlib.compressobj(wbits=31), gzip.decompress),
    "bzip2": Codec(_PACKAGE + "BZip2Codec", ".bz2", bz2.BZ2Compressor, bz2.decompress),
    "zstd": Codec(_PACKAGE + "ZStandardCodec", ".zst", lambda: _Pieces(_zstd), _unzstd),
    "snappy": Codec(_PACKAGE + "SnappyCodec", ".snappy", lambda: _Pieces(_snappy), _unsnappy),
}
_CLASSES = {**{codec.name: codec for codec in CODECS.values()}, _PACKAGE + "DeflateCodec": CODECS["deflate"]}


def codec_of(name: str) -> Codec:
    """The codec of a class or a short name.

    :raises UsageError: for one that isn't there

    >>> codec_of("org.apache.hadoop.io.compress.SnappyCodec").ending
    '.snappy'
    """
    found = CODECS.get(name) or _CLASSES.get(name)
    if found is None:
        raise UsageError(f"the codec {name} can't be read or written. Expected one of {', '.join(_CLASSES)}.")
    return found
