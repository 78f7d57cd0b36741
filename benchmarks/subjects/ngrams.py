"""N-grams: how often each two words follow one another in a line."""

import itertools
from collections import Counter
from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.peers.wordcount.counter_loop import WORD
from benchmarks.subject import THREE_TIMES, Subject, text_family

OWN = "{python} -m benchmarks.peers.ngrams"
FILES = "{input}/text.txt {output}"
JOB = "{python} -m jobs.ngrams {input}"


def reference(folder: Path) -> pa.Table:
    """Count with the standard library."""
    counts: Counter[str] = Counter()
    with open(folder / "text.txt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(map(" ".join, itertools.pairwise(WORD.findall(line.lower()))))
    return pa.table({"bigram": list(counts), "count": list(counts.values())})


SUBJECT = Subject(
    summary="Count how often each two words follow one another in a line.",
    data=data.text,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(bigram='VARCHAR', count='BIGINT')}"),
        "pairs": query(f"SELECT key->>'$' AS bigram, value::BIGINT AS count FROM {PAIRS}"),
    },
    peers=text_family(OWN, FILES, JOB),
    targets=THREE_TIMES,
)
