"""Sort lines with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    pl.scan_lines(sys.argv[1]).sort("line").sink_csv(sys.argv[2], include_header=False, engine="streaming")
