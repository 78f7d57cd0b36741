"""Co-occurrence: how often two words come at most two words apart in a line."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.numbered import apart, counted, numbered
from benchmarks.subject import THREE_TIMES, Subject, text_family

OWN = "{python} -m benchmarks.peers.cooccurrence"
FILES = "{input}/text.txt {output}"
JOB = "{python} -m jobs.cooccurrence {input}"


def reference(folder: Path) -> pa.Table:
    """Count pairs of the numbers of words with numpy."""
    names, words, lines = numbered(folder / "text.txt")
    before, after = map(np.concatenate, zip(*(apart(words, lines, distance) for distance in (1, 2)), strict=True))
    first, second, counts = counted(np.concatenate([before, after]), np.concatenate([after, before]))
    return pa.table({"word": names.take(first), "neighbour": names.take(second), "count": counts})


SUBJECT = Subject(
    summary="Count how often two words come at most two words apart in a line.",
    data=data.text,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(word='VARCHAR', neighbour='VARCHAR', count='BIGINT')}"),
        "pairs": query(f"SELECT key->>0 AS word, key->>1 AS neighbour, value::BIGINT AS count FROM {PAIRS}"),
    },
    peers=text_family(OWN, FILES, JOB),
    targets=THREE_TIMES,
)
