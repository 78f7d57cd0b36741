"""Word count, by every way of ours and by each peer."""

from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import LINES, PAIRS, query, rows
from benchmarks.peers.wordcount.counter_pair import count_halves
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject, Target

OWN = "{python} -m benchmarks.peers.wordcount"
FILES = "{input}/text.txt {output}"
NATIVE_LOOP = "c++ -std=c++20 -O3 -march=native -pthread -o {built} benchmarks/peers/wordcount/native_loop.cpp"


def reference(folder: Path) -> pa.Table:
    """Count with the standard library; the text's words are told apart by Python."""
    counts = count_halves(str(folder / "text.txt"))
    return pa.table({"word": list(counts), "count": list(counts.values())})


SUBJECT = Subject(
    summary="Count how often each word of a text occurs.",
    data=data.text,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(word='VARCHAR', count='BIGINT')}"),
        "pairs": query(f"SELECT key->>'$' AS word, value::BIGINT AS count FROM {PAIRS}"),
        # bare words, right-aligned counts before them
        "uniq": query(
            f"SELECT regexp_extract(line, '\\S+$') AS word, regexp_extract(line, '\\d+')::BIGINT AS count FROM {LINES}"
        ),
    },
    ours="bigdata-native",
    sizes=("1kB", "20MB", "200MB", "2GB"),
    peers={
        "bigdata-native": Peer("bigdata, native", f"{{python}} -m jobs.wordcount {{input}} {OURS}", form="pairs"),
        "bigdata-columnar": Peer(
            "bigdata, columnar", f"{OWN}.bigdata_columnar {{input}} {OURS}", form="pairs", limit="200MB"
        ),
        "bigdata-folded": Peer(
            "bigdata, folded", f"{OWN}.bigdata_folded {{input}} {OURS}", form="pairs", limit="200MB"
        ),
        "bigdata-sorted": Peer("bigdata, sorted", f"{OWN}.bigdata_sorted {{input}} {OURS}", form="pairs", limit="20MB"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "datafusion": Peer("DataFusion SQL", f"{OWN}.datafusion_sql {FILES}", needs=["datafusion"], limit="200MB"),
        "spark-dataframe": Peer(
            "PySpark DataFrame, local[2]", f"{OWN}.spark_dataframe {FILES}", needs=["pyspark", "java"], limit="200MB"
        ),
        "spark-rdd": Peer("PySpark RDD, local[2]", f"{OWN}.spark_rdd {FILES}", needs=["pyspark", "java"], limit="20MB"),
        "dask-bag": Peer("Dask Bag", f"{OWN}.dask_bag {FILES}", needs=["dask"], limit="20MB"),
        "mrjob-inline": Peer(
            "mrjob -r inline",
            f"{OWN}.mrjob_job {{input}} -o {{output}} --no-conf --no-cat-output -r inline",
            form="pairs",
            limit="20MB",
            once=True,
        ),
        "mrjob-local": Peer(
            "mrjob -r local", f"{OWN}.mrjob_job {{input}} {MRJOB}", form="pairs", limit="200MB", once=True
        ),
        "gnu": Peer(
            "GNU tr, sort, uniq",
            f"sh benchmarks/peers/wordcount/gnu.sh {FILES}",
            needs=["sort", "uniq"],
            form="uniq",
            limit="200MB",
        ),
        "counter-pair": Peer("two Counter loops side by side", f"{OWN}.counter_pair {FILES}", limit="200MB"),
        "counter-loop": Peer("one Counter loop", f"{OWN}.counter_loop {FILES}", limit="20MB"),
        "native-loop": Peer(
            "a C++ loop for this job alone (limit)", f"{{built}} {FILES}", needs=["c++"], build=NATIVE_LOOP
        ),
        "wc": Peer("wc -w (limit)", "wc -w {input}/text.txt", needs=["wc"], form=None, limit="200MB"),
        "read-once": READ_ONCE,
    },
    targets=(
        Target("speed of folded, two Counter loops = 1", "counter-pair", "bigdata-folded", wanted="at least 1"),
        Target("speed of folded, mrjob -r local = 1", "mrjob-local", "bigdata-folded", wanted="at least 20"),
        Target("time of columnar, DuckDB SQL = 1", "bigdata-columnar", "duckdb", wanted="at most 1.1"),
        Target("speed of native, DuckDB SQL = 1", "duckdb", "bigdata-native", wanted="at least 10"),
        Target("speed of native, Polars = 1", "polars", "bigdata-native", wanted="at least 10"),
        Target("speed of native, the C++ loop = 1", "native-loop", "bigdata-native", wanted="at least 0.5"),
        Target("speed of native, mrjob -r local = 1", "mrjob-local", "bigdata-native", wanted="at least 300"),
    ),
)
