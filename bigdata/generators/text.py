"""Text whose words follow Zipf's law.

A line is a sentence: a capital first, one word in quotes, a comma in the middle, a full stop. So a tokeniser has
something to do, and a reader that takes text for CSV gives itself away.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet
from bigdata.generators.words import Words, vocabulary

CHUNK_LINES = 1 << 14
URN_SLOTS = 1 << 22


def sentences(words: Words) -> bytes:
    """Punctuate a table of words, one line a row."""
    width = words.shape[1]
    tokens = np.char.add(words, b" ").astype(f"S{words.itemsize + 3}")
    tokens[:, 0] = np.char.capitalize(tokens[:, 0])
    tokens[:, width // 4] = np.char.add(np.char.add(b'"', words[:, width // 4]), b'" ')
    tokens[:, width // 2] = np.char.add(words[:, width // 2], b", ")
    tokens[:, -1] = np.char.add(words[:, -1], b".\n")
    return tokens.tobytes().translate(None, b"\0")


def zipf(words: int = 100_000, exponent: float = 1.1, words_per_line: int = 16, seed: int = 1) -> Iterator[bytes]:
    """Yield chunks of endless text; the word of rank r comes as often as r**-exponent says.

    >>> from zlib import crc32
    >>> f"{crc32(next(zipf(words=1000))):x}"
    'a30afd82'
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    spelled = vocabulary(words, rng)
    frequency = np.arange(1, words + 1, dtype=float) ** -exponent
    # Drawing a slot of an urn costs one look-up a word, where a search in the cumulative frequencies costs seventeen.
    slots = np.maximum(np.rint(frequency / frequency.sum() * max(URN_SLOTS, 8 * words)), 1).astype(np.int64)
    urn = np.repeat(np.arange(words, dtype=np.int32), slots)
    while True:
        yield sentences(spelled[urn[rng.integers(len(urn), size=(CHUNK_LINES, words_per_line))]])


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    for start, chunk in zip(range(0, rows, CHUNK_LINES), zipf(seed=seed)):
        yield "text.txt", b"".join(chunk.splitlines(keepends=True)[: rows - start])


DATASET = DataSet(
    name="text",
    summary="sentences of made-up words by Zipf's law",
    files={"text.txt": "a sentence"},
    unit="lines",
    rows=100_000,
    chunks=chunks,
)
