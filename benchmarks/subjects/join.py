"""Join: visits with the pages that they visit."""

import json
from pathlib import Path

import pyarrow as pa
from pyarrow import csv

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.peers.visits import JOINED, RANKINGS, VISITS
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject

OWN = "{python} -m benchmarks.peers"
FILES = "{input} {output}"
JOB = (
    "{python} -m jobs.join --left-columns 'ip, url, day, revenue:float, agent, country, language, word, seconds:int'"
    " --right-columns 'url, rank:int, length:int' --on url"
    " --input left={input}/uservisits --input right={input}/rankings"
)
COLUMNS = {name: {**VISITS, **RANKINGS}[name] for name in JOINED}


def reference(folder: Path) -> pa.Table:
    """Join by Arrow's own hash join."""
    tables = [
        csv.read_csv(
            folder / name / f"{name}.csv",
            csv.ReadOptions(column_names=list(columns)),
            convert_options=csv.ConvertOptions(column_types={"day": pa.string()}),
        )
        for name, columns in {"uservisits": VISITS, "rankings": RANKINGS}.items()
    ]
    return tables[0].join(tables[1], "url", join_type="inner").select(JOINED)


SUBJECT = Subject(
    summary="Join each visit with the page that it visits: AMPLab's uservisits and rankings.",
    data=data.visits,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(**COLUMNS)}"),
        "pairs": query(
            f"SELECT record.* FROM (SELECT from_json(value, '{json.dumps(COLUMNS)}') AS record FROM {PAIRS})"
        ),
    },
    peers={
        "bigdata": Peer("bigdata, columnar", f"{JOB} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_visits JOIN {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.join.polars_streaming {FILES}", needs=["polars"]),
        "datafusion": Peer("DataFusion SQL", f"{OWN}.datafusion_visits JOIN {FILES}", needs=["datafusion"]),
        "spark-dataframe": Peer("Spark SQL, local[2]", f"{OWN}.spark_visits JOIN {FILES}", needs=["pyspark", "java"]),
        "dask-dataframe": Peer("Dask DataFrame", f"{OWN}.join.dask_dataframe {FILES}", needs=["dask", "pandas"]),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="20MB", once=True),
        "read-once": READ_ONCE,
    },
)
