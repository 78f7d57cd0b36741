"""Splits: what one map task reads of the input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Split:
    """A run of bytes of one file, or of its row groups, that one map task reads.

    :param path: the file
    :param start: where it begins, on a line border
    :param length: bytes, as stored
    :param compression: of the whole file, which is then one split; or ``parquet`` or ``pairs``
    :param source: the name of the input that the file belongs to
    :param groups: the numbers of its row groups, in a Parquet file
    """

    path: str
    start: int
    length: int
    compression: str | None = None
    source: str = ""
    groups: tuple[int, ...] = ()

    @property
    def holds_pairs(self) -> bool:
        """Whether it has pairs or records, and no lines."""
        return self.compression in ("parquet", "pairs")
