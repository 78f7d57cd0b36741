"""The rows that Hadoop's TeraGen makes (from version 2 on), each from its number alone.

A row has 100 bytes: a key of 10 bytes, 00 11, its number in 32 hexadecimal digits, 88 99 AA BB, 48 bytes of filler,
CC DD EE FF. Key and filler are the high 10 bytes and the low 12 hexadecimal digits, each four times over, of a 128-bit
linear congruential generator after number + 1 steps from 0. Source: Nyberg's gensort, whose multiplier is L'Ecuyer's,
"Tables of linear congruential generators of different sizes and good lattice structure" (1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

ROW_BYTES = 100
KEY_BYTES = 10
MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
INCREMENT = 0x4A696D47726179524950202020202001
MODULUS = 1 << 128

#: what a job sets TOTAL_ORDER to that does nothing but sort such rows, so that engines may do it in another way
ROWS = "rows"

#: what stands after the key of every row
MARK = b"\x00\x11"

#: a byte's two hexadecimal digits, each four times over
FILLER = tuple(bytes(digit for digit in b"%02X" % byte for _ in range(4)) for byte in range(256))


def leap(steps: int) -> tuple[int, int]:
    """The multiplier and the increment that take the generator so many steps at once, by repeated squaring.

    >>> leap(1) == (MULTIPLIER, INCREMENT)
    True
    """
    multiplier, increment = 1, 0
    power, sum_of_powers = MULTIPLIER, INCREMENT
    while steps:
        if steps & 1:
            multiplier, increment = multiplier * power % MODULUS, (increment * power + sum_of_powers) % MODULUS
        power, sum_of_powers = power * power % MODULUS, (power + 1) * sum_of_powers % MODULUS
        steps >>= 1
    return multiplier, increment


def rows(start: int, count: int) -> Iterator[bytes]:
    """The rows from number `start` on.

    >>> next(rows(7, 1)) == row(7)
    True
    """
    _, state = leap(start)
    for number in range(start, start + count):
        state = (MULTIPLIER * state + INCREMENT) % MODULUS
        random = state.to_bytes(16, "big")
        filler = b"".join([FILLER[byte] for byte in random[10:]])
        yield b"%b\x00\x11%032X\x88\x99\xaa\xbb%b\xcc\xdd\xee\xff" % (random[:10], number, filler)


def row(number: int) -> bytes:
    """One row.

    >>> row(0)[12:44]
    b'00000000000000000000000000000000'
    """
    return next(rows(number, 1))


def checksum(rows: Iterable[bytes]) -> int:
    """The sum of the rows' CRC-32, which TeraValidate prints in hexadecimal; the rows' order doesn't matter.

    >>> f"{checksum(rows(0, 1000)):x}"
    '1f9ffe645ec'
    """
    return sum(map(crc32, rows))


def read(path: str) -> Iterator[bytes]:
    """The rows of a file: binary as TeraGen writes them, or lines as :class:`RowProtocol` does.

    :raises ValueError: for a file that holds other things than whole rows
    """
    with open(path, "rb") as file:
        head = file.read(KEY_BYTES + len(MARK))
        file.seek(0)
        if head.endswith(MARK):
            while row := file.read(ROW_BYTES):
                if len(row) < ROW_BYTES:
                    raise ValueError(f"expected rows of {ROW_BYTES} bytes; the last has {len(row)}")
                yield row
        else:
            protocol = RowProtocol()
            for line in file:
                yield protocol.read(line)[1]


class RowProtocol:
    """Rows as lines of text, in hexadecimal, which sorts as they do; their first 10 bytes are the key.

    >>> protocol = RowProtocol()
    >>> protocol.read(protocol.write(None, row(5))) == (row(5)[:10], row(5))
    True
    """

    def write(self, _: Any, row: bytes) -> bytes:
        return row.hex().encode("ascii")

    def read(self, line: bytes) -> tuple[bytes, bytes]:
        digits = line.strip()
        row = bytes.fromhex(digits.decode("ascii")) if digits.isalnum() else b""
        if len(row) != ROW_BYTES:
            raise ValueError(f"expected a row as {2 * ROW_BYTES} hexadecimal digits; got {line[:40]!r}")
        return row[:KEY_BYTES], row
