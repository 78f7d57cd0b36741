"""Aggregation: the revenue of visits by the first characters of the address."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.peers.visits import VISITS
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject

OWN = "{python} -m benchmarks.peers"
FILES = "{input} {output}"
JOB = "{python} -m benchmarks.peers.uservisits"
SOURCE = "{input}/uservisits"


def reference(folder: Path) -> pa.Table:
    """Group by Arrow's own hash aggregation."""
    read = csv.ReadOptions(column_names=list(VISITS))
    visits = csv.read_csv(folder / "uservisits" / "uservisits.csv", read)
    prefixes = pc.utf8_slice_codeunits(visits["ip"], 0, 8)
    sums = (
        pa.table({"prefix": prefixes, "revenue": visits["revenue"]}).group_by("prefix").aggregate([("revenue", "sum")])
    )
    return sums.select(["prefix", "revenue_sum"]).rename_columns(["prefix", "revenue"])


SUBJECT = Subject(
    summary="Add up the revenue of AMPLab's uservisits by the first eight characters of the address.",
    data=data.visits,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(prefix='VARCHAR', revenue='DOUBLE')}"),
        "pairs": query(f"SELECT key->>'$' AS prefix, value::DOUBLE AS revenue FROM {PAIRS}"),
    },
    peers={
        "bigdata": Peer("bigdata, columnar", f"{JOB}.bigdata_columnar {SOURCE} {OURS}", form="pairs"),
        "bigdata-folded": Peer("bigdata, folded", f"{JOB}.bigdata_folded {SOURCE} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_visits REVENUE {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.uservisits.polars_streaming {FILES}", needs=["polars"]),
        "datafusion": Peer("DataFusion SQL", f"{OWN}.datafusion_visits REVENUE {FILES}", needs=["datafusion"]),
        "spark-dataframe": Peer(
            "Spark SQL, local[2]", f"{OWN}.spark_visits REVENUE {FILES}", needs=["pyspark", "java"]
        ),
        "dask-dataframe": Peer("Dask DataFrame", f"{OWN}.uservisits.dask_dataframe {FILES}", needs=["dask", "pandas"]),
        "mrjob-local": Peer(
            "mrjob -r local, the same class",
            f"{JOB}.bigdata_folded {SOURCE} {MRJOB}",
            form="pairs",
            limit="20MB",
            once=True,
        ),
        "read-once": READ_ONCE,
    },
)
