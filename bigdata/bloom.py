"""Bloom filters: which bits a value sets."""

from __future__ import annotations

from hashlib import blake2b


def bloom_bits(value: str, size: int, hashes: int) -> list[int]:
    """The bits that a value sets in a Bloom filter.

    :param size: how many bits the filter has
    :param hashes: how many of them a value sets, some perhaps twice

    Two hashes make all the others. Source: Kirsch and Mitzenmacher, "Less Hashing, Same Performance" (2006).

    >>> bloom_bits("ann", size=1000, hashes=3) == bloom_bits("ann", size=1000, hashes=3)
    True
    """
    digest = blake2b(value.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big")
    return [(first + number * step) % size for number in range(hashes)]
