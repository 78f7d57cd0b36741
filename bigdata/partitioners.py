"""Hadoop's partitioners: which reducer a key goes to, byte for byte as Hadoop places it.

A partitioner is a function from a record's key bytes to a number; the reducer is that number, with the sign bit
cleared, modulo the number of reducers. So ``part-00002`` holds the same keys on every engine.
"""

from __future__ import annotations

import base64
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from bigdata.errors import UnsupportedPlan

HASH = "org.apache.hadoop.mapred.lib.HashPartitioner"
KEY_FIELD = "org.apache.hadoop.mapred.lib.KeyFieldBasedPartitioner"
TOTAL_ORDER = "org.apache.hadoop.mapred.lib.TotalOrderPartitioner"
#: the property with TotalOrderPartitioner's cut points, in Base64 with commas, and the file that Hadoop has them in
CUTS = "bigdata.totalorderpartitioner.cuts"
PARTITION_FILE = "_partition.lst"
_NAMES = {
    TOTAL_ORDER: TOTAL_ORDER,
    "org.apache.hadoop.mapreduce.lib.partition.TotalOrderPartitioner": TOTAL_ORDER,
    HASH: HASH,
    "org.apache.hadoop.mapreduce.lib.partition.HashPartitioner": HASH,
    KEY_FIELD: KEY_FIELD,
    "org.apache.hadoop.mapreduce.lib.partition.KeyFieldBasedPartitioner": KEY_FIELD,
}


def java_hash(data: bytes, seed: int = 1) -> int:
    """The hash that Hadoop gives to bytes: ``h = 31 * h + b`` over signed bytes, in 32 bits.

    Source: ``org.apache.hadoop.io.WritableComparator.hashBytes``.

    >>> java_hash(b"a"), java_hash("é".encode())
    (128, -1017)
    """
    h = seed
    for byte in data:
        h = (31 * h + (byte - 256 if byte > 127 else byte)) & 0xFFFFFFFF
    return h - (1 << 32) if h & 0x80000000 else h


def partitioner(name: str | None, jobconf: Mapping[str, Any]) -> Callable[[bytes], int]:
    """The function from key bytes to a hash for Hadoop's partitioner class `name` (``None``: the hash partitioner).

    :param jobconf: the step's jobconf; KeyFieldBasedPartitioner reads ``mapreduce.partition.keypartitioner.options``
        (``-k1,2``) and ``mapreduce.map.output.key.field.separator`` from it
    :raises UnsupportedPlan: for a class that only Hadoop can load

    >>> partitioner(None, {})(b"a")
    128
    """
    known = _NAMES.get(name or HASH)
    if known is None:
        raise UnsupportedPlan(
            f"partitioner {name} is a Java class that only Hadoop can load. Use -r hadoop or -r emr, or one of"
            f" {HASH}, {KEY_FIELD}."
        )
    if known == HASH:
        return java_hash
    if known == TOTAL_ORDER:
        if CUTS not in jobconf:
            raise UnsupportedPlan(f"partitioner {name} needs cut points: set TOTAL_ORDER = True, which samples them.")
        cuts = [base64.b64decode(cut) for cut in jobconf[CUTS].split(",") if cut]
        return lambda key: bisect_right(cuts, key)
    options = jobconf.get("mapreduce.partition.keypartitioner.options") or jobconf.get(
        "mapred.text.key.partitioner.options"
    )
    if not options:
        return _string_hash
    separator = jobconf.get("mapreduce.map.output.key.field.separator") or jobconf.get(
        "map.output.key.field.separator", "\t"
    )
    if len(separator.encode("utf-8")) != 1:
        raise UnsupportedPlan(
            f"key.field.separator {separator!r}: Hadoop's KeyFieldBasedPartitioner loses its place in a key with a"
            " separator of more than one byte. Choose one byte."
        )
    return _by_fields(_ranges(options), separator.encode("utf-8"))


def _string_hash(key: bytes) -> int:
    """Java's ``String.hashCode`` of a key as text: over UTF-16 units, where :func:`java_hash` has bytes."""
    units = _as_text(key).encode("utf-16-be")
    h = 0
    for high, low in zip(units[::2], units[1::2]):
        h = (31 * h + (high << 8 | low)) & 0xFFFFFFFF
    return h


def _as_text(key: bytes) -> str:
    """A key as ``Text.toString`` gives it, with U+FFFD for what is no UTF-8 (half a surrogate aside)."""
    return key.decode("utf-8", "replace")


def _ranges(options: str) -> list[tuple[int, int | None]]:
    """Read ``-k1,2 -k3`` as pairs of first and last field, counted from 1; the last is ``None`` for 'to the end'."""
    ranges = []
    for word in options.split():
        match = re.match(r"^-k(\d+)(?:,(\d+))?[nr]*$", word)
        if match is None:
            raise UnsupportedPlan(f"keypartitioner.options {options!r}: expected -kM or -kM,N; got {word!r}.")
        ranges.append((int(match.group(1)), int(match.group(2)) if match.group(2) else None))
    return ranges


def _by_fields(ranges: list[tuple[int, int | None]], separator: bytes) -> Callable[[bytes], int]:
    def hash_of(key: bytes) -> int:
        fields = _as_text(key).encode("utf-8").split(separator)
        h = 0
        for first, last in ranges:
            if first <= len(fields):
                h = java_hash(separator.join(fields[first - 1 : last]), h)
        return h

    return hash_of
