"""Add up the revenue by the beginning of the address with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

from benchmarks.peers.visits import VISITS

TYPES = {"VARCHAR": pl.String, "DOUBLE": pl.Float64, "BIGINT": pl.Int64}

if __name__ == "__main__":
    schema = {name: TYPES[kind] for name, kind in VISITS.items()}
    visits = pl.scan_csv(f"{sys.argv[1]}/uservisits/uservisits.csv", has_header=False, schema=schema)
    prefix = pl.col("ip").str.slice(0, 8).alias("prefix")
    revenue = visits.group_by(prefix).agg(pl.col("revenue").sum())
    revenue.sink_csv(sys.argv[2], separator="\t", include_header=False, engine="streaming")
