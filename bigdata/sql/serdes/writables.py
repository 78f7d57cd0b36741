"""Hadoop's own ways to put numbers, texts and compressed bytes into files: what sequence files and RCFiles are made of.

Sources: Hadoop's WritableUtils (variable-length integers), Text, SequenceFile.Metadata, DefaultCodec.
"""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import IO, Any

from bigdata.errors import InputError, UsageError
from bigdata.storage import File, open_input

_PACKAGE = "org.apache.hadoop.io.compress."
#: from the short name of a codec to its class
CODECS = {
    "deflate": _PACKAGE + "DefaultCodec",
    "gzip": _PACKAGE + "GzipCodec",
    "bzip2": _PACKAGE + "BZip2Codec",
    "zstd": _PACKAGE + "ZStandardCodec",
}
_SAME = {_PACKAGE + "DeflateCodec": "deflate"}
SYNC_SIZE = 16
_DAMAGED = (EOFError, OSError, zlib.error, struct.error, ValueError)


def vint(number: int) -> bytes:
    """A variable-length integer.

    >>> vint(5), vint(-1), vint(300).hex(), vint(-300).hex()
    (b'\\x05', b'\\xff', '8e012c', '86012b')
    """
    if -112 <= number <= 127:
        return struct.pack("b", number)
    first, number = (-112, number) if number >= 0 else (-120, ~number)
    digits = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return struct.pack("b", first - len(digits)) + digits


def read_vint(data: bytes, place: int) -> tuple[int, int]:
    """A variable-length integer, and the place behind it.

    >>> read_vint(bytes.fromhex("8e012c"), 0)
    (300, 3)
    """
    first = data[place]
    if first < 128:
        return first, place + 1
    if first >= 144:
        return first - 256, place + 1
    end = place + 1 + (136 if first < 136 else 144) - first
    number = int.from_bytes(data[place + 1 : end], "big")
    return (~number if first < 136 else number), end


def text(value: str) -> bytes:
    """A text with its length before it."""
    data = value.encode()
    return vint(len(data)) + data


def metadata(pairs: Mapping[str, str]) -> bytes:
    """What a file's header says about it."""
    return struct.pack(">i", len(pairs)) + b"".join(text(name) + text(value) for name, value in pairs.items())


def short_name(codec: str) -> str:
    """The short name of a codec.

    :param codec: its class, or the short name itself
    :raises UsageError: for one that isn't there

    >>> short_name("org.apache.hadoop.io.compress.GzipCodec")
    'gzip'
    """
    found = {**{name: short for short, name in CODECS.items()}, **_SAME}.get(codec, codec)
    if found not in CODECS:
        raise UsageError(f"the codec {codec} can't be read or written. Expected one of {', '.join(CODECS.values())}.")
    return found


class Codec:
    """A codec of Hadoop's, by its class or short name.

    :raises UsageError: for one that isn't there

    >>> codec = Codec("gzip")
    >>> codec.name, codec.decompress(codec.compress(b"abc"))
    ('org.apache.hadoop.io.compress.GzipCodec', b'abc')
    """

    def __init__(self, name: str) -> None:
        short = short_name(name)
        self.name = CODECS[short]
        self.compress, self.decompress = _COMPRESS[short]


def _zstd(data: bytes) -> bytes:
    import pyarrow

    return bytes(pyarrow.compress(data, "zstd", asbytes=True))


def _unzstd(data: bytes) -> bytes:
    import pyarrow

    return bytes(pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read())


_COMPRESS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "deflate": (zlib.compress, zlib.decompress),
    "gzip": (lambda data: gzip.compress(data, mtime=0), gzip.decompress),
    "bzip2": (bz2.compress, bz2.decompress),
    "zstd": (_zstd, _unzstd),
}


class Source:
    """The bytes of a file, one after the other.

    :raises InputError: when the file ends too early, or isn't what it should be
    """

    def __init__(self, file: File) -> None:
        self.path = file.path
        self.place = 0
        self._size = file.size
        self._stored: IO[bytes] = io.BufferedReader(open_input(file.path), 1 << 20)  # type: ignore[type-var]

    def __enter__(self) -> Source:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._stored.close()
        if isinstance(error, _DAMAGED):
            raise InputError(f"{self.path}: damaged at byte {self.place}: {error}. Fetch or write it again.") from None

    def at_end(self) -> bool:
        return self.place >= self._size

    def take(self, count: int) -> bytes:
        data = self._stored.read(count)
        if count < 0 or len(data) != count:
            raise EOFError("the file ends too early")
        self.place += count
        return data

    def integer(self) -> int:
        return int.from_bytes(self.take(4), "big", signed=True)

    def flag(self) -> bool:
        return self.take(1) != b"\0"

    def vint(self) -> int:
        first = self.take(1)
        more = 0 if first[0] < 128 or first[0] >= 144 else (136 if first[0] < 136 else 144) - first[0]
        return read_vint(first + self.take(more), 0)[0]

    def text(self) -> str:
        return self.take(self.vint()).decode()

    def metadata(self) -> dict[str, str]:
        return {self.text(): self.text() for _ in range(self.integer())}
