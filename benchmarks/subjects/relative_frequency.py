"""Relative frequencies: the probability of the word that follows a word in a line."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.numbered import apart, counted, numbered
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject, Target

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
    peers={
        "bigdata": Peer("bigdata, native and columnar", f"{JOB} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="20MB", once=True),
        "read-once": READ_ONCE,
    },
    targets=(Target("speed, DuckDB SQL = 1", "duckdb", "bigdata", wanted="at least 3"),),
)
