"""TeraSort: rows of TeraGen as lines of hexadecimal digits, in order."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import part_files
from benchmarks.subject import OURS, READ_ONCE, Peer, Subject, Target
from bigdata import tera

OWN = "{python} -m benchmarks.peers.terasort"
FILES = "{input}/rows.txt {output}"
LINE_BYTES = 2 * tera.ROW_BYTES + 1


def summarise(files: list[Path]) -> pa.Table:
    """Count the rows of files in turn and those that come too early, and add up the checksums of all."""
    count, checksum, early, last = 0, 0, 0, b""
    for path in files:
        rows = np.fromfile(path, dtype=f"S{LINE_BYTES}")
        count += len(rows)
        checksum += tera.checksum(rows.tolist())
        early += int((rows[1:] < rows[:-1]).sum()) + bool(len(rows) and rows[0] < last)
        last = rows[-1] if len(rows) else last
    return pa.table({"rows": [count], "checksum": [checksum], "misordered": [early]})


def reference(folder: Path) -> pa.Table:
    """Take the rows and the checksum of the input; none is to come too early."""
    summary = summarise([folder / "rows.txt"])
    return summary.set_column(2, "misordered", pa.array([0]))


SUBJECT = Subject(
    summary="Sort TeraGen's rows, as lines of 200 hexadecimal digits, by their keys.",
    data=data.hexadecimal_rows,
    reference=reference,
    sizes=("20MB", "200MB", "2GB"),
    answers={"rows": lambda output: summarise(part_files(output))},
    peers={
        "bigdata": Peer("bigdata, native", f"{{python}} -m jobs.terasort {{input}}/rows.txt {OURS}"),
        "gnu": Peer("GNU sort, two threads", f"sh benchmarks/peers/terasort/gnu.sh {FILES}", needs=["sort"]),
        "duckdb": Peer("DuckDB SQL", f"{OWN}.duckdb_sql {FILES}"),
        "polars": Peer("Polars, streaming", f"{OWN}.polars_streaming {FILES}", needs=["polars"]),
        "datafusion": Peer("DataFusion SQL", f"{OWN}.datafusion_sql {FILES}", needs=["datafusion"], limit="200MB"),
        "spark-dataframe": Peer(
            "PySpark DataFrame, local[2]", f"{OWN}.spark_dataframe {FILES}", needs=["pyspark", "java"], limit="200MB"
        ),
        "read-once": READ_ONCE,
    },
    targets=(
        Target("speed, DuckDB SQL = 1", "duckdb", "bigdata", wanted="at least 1"),
        Target("speed, GNU sort = 1", "gnu", "bigdata", wanted="at least 1"),
    ),
)
