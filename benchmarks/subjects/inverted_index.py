"""Inverted index: for each word, the documents that it occurs in and how often."""

from collections import defaultdict
from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query
from benchmarks.peers.wordcount.counter_loop import count
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject, Target

OWN = "{python} -m benchmarks.peers.inverted_index"
FILES = "{input} {output}"
JOB = "{python} -m jobs.inverted_index {input}"
# a posting a row, with its place in the list, which is to be in order
POSTINGS = """
    SELECT word, df, generate_subscripts(postings, 1) AS place, unnest(postings, recursive := true)
    FROM ({index})
"""
OF_PEERS = """
    SELECT * FROM read_json($files, format = 'newline_delimited',
        columns = {'word': 'VARCHAR', 'df': 'BIGINT', 'postings': 'STRUCT(document VARCHAR, tf BIGINT)[]'})
"""
OF_PAIRS = f"""
    SELECT key->>'$' AS word, (value->'df')::BIGINT AS df, list_transform(
        from_json(value->'postings', '["JSON"]'), lambda p: {{'document': p->>0, 'tf': (p->1)::BIGINT}}
    ) AS postings FROM {PAIRS}
"""


def reference(folder: Path) -> pa.Table:
    """Count each document with the standard library."""
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        with open(path, encoding="utf-8") as lines:
            for word, frequency in count(lines).items():
                index[word].append((path.name, frequency))
    rows = (
        (word, len(postings), place, *posting)
        for word, postings in index.items()
        for place, posting in enumerate(postings, start=1)
    )
    return pa.table(dict(zip(("word", "df", "place", "document", "tf"), map(list, zip(*rows)))))


SUBJECT = Subject(
    summary="Index documents of a megabyte each by their words.",
    data=data.documents,
    reference=reference,
    answers={
        "rows": query(POSTINGS.replace("{index}", OF_PEERS)),
        "pairs": query(POSTINGS.replace("{index}", OF_PAIRS)),
    },
    peers={
        "bigdata": Peer("bigdata, native", f"{JOB} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "spark-dataframe": Peer(
            "PySpark DataFrame, local[2]", f"{OWN}.spark_dataframe {FILES}", needs=["pyspark", "java"]
        ),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="20MB", once=True),
        "read-once": READ_ONCE,
    },
    targets=(Target("speed, DuckDB SQL = 1", "duckdb", "bigdata", wanted="at least 3"),),
)
