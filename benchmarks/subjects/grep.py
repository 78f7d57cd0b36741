"""Grep: the lines that hold a text, of one line in a hundred."""

from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import LINES, query
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject

TEXT = "tupi"
OWN = "{python} -m benchmarks.peers.grep"
FILES = f"{TEXT} {{input}}/text.txt {{output}}"


def reference(folder: Path) -> pa.Table:
    """Look for the text in each line."""
    with open(folder / "text.txt", encoding="utf-8") as lines:
        return pa.table({"line": [line.rstrip("\n") for line in lines if TEXT in line]})


SUBJECT = Subject(
    summary="Find the lines that hold a text, about one in a hundred.",
    data=data.text,
    reference=reference,
    answers={"rows": query(f"SELECT line FROM {LINES}")},
    peers={
        "bigdata": Peer("bigdata, columnar", f"{{python}} -m jobs.grep --pattern {TEXT} {{input}} {OURS}"),
        # in a group it is no plain text to the job, which then runs its mapper
        "bigdata-python": Peer(
            "bigdata, Python mapper", f"{{python}} -m jobs.grep --pattern '(?:{TEXT})' {{input}} {OURS}"
        ),
        "gnu": Peer("GNU grep -F, one thread", f"sh benchmarks/peers/grep/gnu.sh {FILES}", needs=["grep"]),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "spark-dataframe": Peer(
            "PySpark DataFrame, local[2]", f"{OWN}.spark_dataframe {FILES}", needs=["pyspark", "java"]
        ),
        "mrjob-local": Peer(
            "mrjob -r local, the same class",
            f"{{python}} -m jobs.grep --pattern {TEXT} {{input}} {MRJOB}",
            limit="20MB",
            once=True,
        ),
        "read-once": READ_ONCE,
    },
)
