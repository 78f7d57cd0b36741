"""Join visits with their pages by a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

from benchmarks.peers.visits import RANKINGS, VISITS

TYPES = {"VARCHAR": pl.String, "DOUBLE": pl.Float64, "BIGINT": pl.Int64}


def scan(path: str, columns: dict[str, str]) -> pl.LazyFrame:
    """Scan a table without a header."""
    schema = {name: TYPES[kind] for name, kind in columns.items()}
    return pl.scan_csv(path, has_header=False, schema=schema)


if __name__ == "__main__":
    visits = scan(f"{sys.argv[1]}/uservisits/uservisits.csv", VISITS)
    rankings = scan(f"{sys.argv[1]}/rankings/rankings.csv", RANKINGS)
    joined = visits.join(rankings, on="url")
    joined.sink_csv(sys.argv[2], separator="\t", include_header=False, engine="streaming")
