"""Made-up words of syllables, two letters each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bigdata.generators.draws import Numbers

SYLLABLES = np.array([c + v for c in "bcdfghjklmnpqrstvwxz" for v in "aeiou"], dtype="S2")

Words = NDArray[np.bytes_]


def spell(numbers: Numbers, syllables: int) -> Words:
    """Write each number below 100**syllables as a word of that many syllables.

    >>> spell(np.array([0, 1, 9999]), 2)
    array([b'baba', b'babe', b'zuzu'], dtype='|S4')
    """
    base = len(SYLLABLES)
    digits = np.stack([numbers // base**place % base for place in reversed(range(syllables))], axis=-1)
    return np.ascontiguousarray(SYLLABLES[digits]).view(f"S{2 * syllables}")[..., 0]


def vocabulary(words: int, rng: np.random.Generator) -> Words:
    """Make so many different words, the shortest first, in an order of keys that tells nothing of their rank.

    Every fiftieth has an apostrophe.
    """
    parts: list[list[bytes]] = []
    wanted, syllables = words, 1
    while wanted:
        there = len(SYLLABLES) ** syllables
        taken = min(wanted, there)
        parts.append(spell(rng.choice(there, taken, replace=False), syllables).tolist())
        wanted, syllables = wanted - taken, syllables + 1
    spelled = [word for part in parts for word in part]
    spelled[49::50] = [word[:-1] + b"'" + word[-1:] for word in spelled[49::50]]
    return np.array(spelled)
