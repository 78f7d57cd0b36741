"""Index documents by their words with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    lines = pl.scan_lines(f"{sys.argv[1]}/*.txt", include_file_paths="path")
    words = lines.select(
        word=pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+"),
        document=pl.col("path").str.extract(r"([^/]+)$"),
    )
    counts = words.explode("word").drop_nulls().group_by("word", "document").agg(tf=pl.len())
    postings = pl.struct("document", "tf").sort_by("document")
    index = counts.group_by("word").agg(df=pl.len(), postings=postings)
    index.sink_ndjson(sys.argv[2], engine="streaming")
