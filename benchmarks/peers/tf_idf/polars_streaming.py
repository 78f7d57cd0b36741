"""Weigh the terms of documents with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    documents = len(os.listdir(sys.argv[1]))
    lines = pl.scan_lines(f"{sys.argv[1]}/*.txt", include_file_paths="path")
    words = lines.select(
        term=pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+"),
        document=pl.col("path").str.extract(r"([^/]+)$"),
    )
    counts = words.explode("term").drop_nulls().group_by("document", "term").agg(tf=pl.len())
    idf = ((1 + documents) / (1 + pl.len().over("term"))).log() + 1
    weights = counts.select("document", "term", weight=pl.col("tf") * idf)
    weights.sink_csv(sys.argv[2], include_header=False, separator="\t", engine="streaming")
