"""Count words near each other with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    lines = pl.scan_lines(sys.argv[1])
    words = lines.select(words=pl.col("line").str.to_lowercase().str.extract_all(r"[\w']+"))

    def apart(distance: int) -> pl.LazyFrame:
        """Give each two words that are so far apart."""
        long = words.filter(pl.col("words").list.len() > distance)
        rest = pl.col("words").list.len() - distance
        pairs = long.select(word=pl.col("words").list.head(rest), neighbour=pl.col("words").list.tail(rest))
        return pairs.explode("word", "neighbour")

    before = pl.concat([apart(1), apart(2)])
    after = before.select(word="neighbour", neighbour="word")
    counts = pl.concat([before, after]).group_by("word", "neighbour").agg(n=pl.len())
    counts.sink_csv(sys.argv[2], include_header=False, separator="\t", engine="streaming")
