"""Co-occurrence: how often two words come at most two words apart in a line."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.numbered import apart, counted, numbered
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject, Target

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
    peers={
        "bigdata": Peer("bigdata, native", f"{JOB} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="20MB", once=True),
        "read-once": READ_ONCE,
    },
    targets=(Target("speed, DuckDB SQL = 1", "duckdb", "bigdata", wanted="at least 3"),),
)
