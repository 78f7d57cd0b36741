"""Find the most frequent terms of each document with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    lines = pl.scan_lines(f"{sys.argv[1]}/*.txt", include_file_paths="path")
    words = lines.select(
        term=pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+"),
        document=pl.col("path").str.extract(r"([^/]+)$"),
    )
    counts = words.explode("term").drop_nulls().group_by("document", "term").agg(count=pl.len())
    frequent = counts.filter(pl.col("count") >= 2)
    terms = pl.struct("term", "count").sort_by("count", "term", descending=[True, False]).head(10)
    vectors = frequent.group_by("document").agg(terms=terms)
    vectors.sink_ndjson(sys.argv[2], engine="streaming")
