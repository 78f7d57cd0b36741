"""Hadoop's own ways to put numbers and texts into files: what sequence files and RCFiles are made of.

Sources: Hadoop's WritableUtils (variable-length integers), Text, SequenceFile.Metadata.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from typing import IO, Any

from bigdata.errors import InputError
from bigdata.storage import File, open_input

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
