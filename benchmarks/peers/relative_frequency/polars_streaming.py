"""Estimate the probability of the next word with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    lines = pl.scan_lines(sys.argv[1])
    words = lines.select(words=pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+"))
    words = words.filter(pl.col("words").list.len() > 1)
    last = pl.col("words").list.len() - 1
    pairs = words.select(word=pl.col("words").list.head(last), next=pl.col("words").list.tail(last))
    counts = pairs.explode("word", "next").group_by("word", "next").agg(n=pl.len())
    probabilities = counts.select("word", "next", probability=pl.col("n") / pl.col("n").sum().over("word"))
    probabilities.sink_csv(sys.argv[2], include_header=False, separator="\t", engine="streaming")
