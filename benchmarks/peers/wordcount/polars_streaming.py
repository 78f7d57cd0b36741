"""Count words with a lazy Polars query on its streaming engine, written to the file as it comes."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    words = pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+")
    counts = pl.scan_lines(sys.argv[1]).select(word=words).explode("word").drop_nulls().group_by("word").len()
    counts.sink_csv(sys.argv[2], separator="\t", include_header=False, engine="streaming")
