"""What DESCRIBE FUNCTION says of a function or an operator: the short texts of Hive's @Description annotations.

A line of ``descriptions.tsv`` is a name, its synonyms between commas, and the text, in which ``\\n`` is a line's end.

Source: Apache Hive (Apache License 2.0), and its LanguageManual UDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Description:
    """The lines of a text, and the other names of what it is about."""

    lines: tuple[str, ...]
    synonyms: tuple[str, ...]


@cache
def descriptions() -> Mapping[str, Description]:
    """The texts by name.

    >>> descriptions()["ceil"]
    Description(lines=('ceil(x) - Find the smallest integer not smaller than x',), synonyms=('ceiling',))
    """
    rows = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    parts = (row.split("\t") for row in rows)
    return {
        name: Description(tuple(text.split("\\n")), tuple(synonyms.split(",")) if synonyms else ())
        for name, synonyms, text in parts
    }
