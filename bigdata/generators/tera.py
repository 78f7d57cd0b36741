"""The rows of TeraGen, many at once; :mod:`bigdata.tera` says what they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata import tera
from bigdata.generators.dataset import Chunk, DataSet, blocks
from bigdata.generators.draws import Numbers

LIMBS = 8  # of 16 bits, the least first: eight products of two and a carry fit in 64 bits
HEX = np.array([list(b"%02X" % byte) for byte in range(256)], dtype=np.uint8)
FILLER = np.array([list(filler) for filler in tera.FILLER], dtype=np.uint8)
TEMPLATE = np.frombuffer(tera.row(0), dtype=np.uint8)


def limbs(number: int) -> list[int]:
    """A number of 128 bits in limbs."""
    return [number >> 16 * place & 0xFFFF for place in range(LIMBS)]


def states(start: int, count: int) -> Numbers:
    """The generator's states for rows from number `start` on, each a column of limbs.

    The states known so far give as many more by one leap over all of them.
    """
    known = np.array([limbs(tera.leap(start + 1)[1])], dtype=np.int64).T
    while known.shape[1] < count:
        multiplier, increment = map(limbs, tera.leap(known.shape[1]))
        more = np.empty_like(known)
        carry: Numbers | int = 0
        for place in range(LIMBS):
            total = carry + increment[place] + sum(known[i] * multiplier[place - i] for i in range(place + 1))
            more[place], carry = total & 0xFFFF, total >> 16
        known = np.concatenate([known, more], axis=1)
    return known[:, :count]


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    for start, count in blocks(rows):
        table = np.tile(TEMPLATE, (count, 1))
        random = np.ascontiguousarray(states(start, count)[::-1].T.astype(">u2")).view(np.uint8)
        numbers = np.arange(start, start + count, dtype=">u8").view(np.uint8).reshape(count, 8)
        table[:, : tera.KEY_BYTES] = random[:, : tera.KEY_BYTES]
        table[:, 28:44] = HEX[numbers].reshape(count, 16)
        table[:, 48:96] = FILLER[random[:, tera.KEY_BYTES :]].reshape(count, 48)
        yield "tera.bin", table.tobytes()


DATASET = DataSet(
    name="tera",
    summary="the rows of Hadoop's TeraGen; there is no seed",
    files={"tera.bin": "100 bytes: a key of 10, the row's number, filler"},
    unit="rows",
    rows=1_000_000,
    chunks=chunks,
    seeded=False,
)
