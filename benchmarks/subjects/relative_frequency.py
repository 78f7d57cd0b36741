"""Relative frequencies: the probability of the word that follows a word in a line."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.numbered import apart, counted, numbered
from benchmarks.subject import THREE_TIMES, Subject, text_family

OWN = "{python} -m benchmarks.peers.relative_frequency"
FILES = "{input}/text.txt {output}"
JOB = "{python} -m jobs.relative_frequency {input}"


def reference(folder: Path) -> pa.Table:
    """Count pairs of the numbers of words with numpy."""
    names, words, lines = numbered(folder / "text.txt")
    first, second, counts = counted(*apart(words, lines, 1))
    totals = np.bincount(first, weights=counts)
    return pa.table({"word": names.take(first), "next": names.take(second), "probability": counts / totals[first]})


SUBJECT = Subject(
    summary="Estimate the probability of the word that follows a word in a line.",
    data=data.text,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(word='VARCHAR', next='VARCHAR', probability='DOUBLE')}"),
        "pairs": query(f"SELECT key->>0 AS word, key->>1 AS next, value::DOUBLE AS probability FROM {PAIRS}"),
    },
    peers=text_family(OWN, FILES, JOB, "bigdata, native and columnar"),
    targets=THREE_TIMES,
)
