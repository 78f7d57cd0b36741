"""Keep the lines that hold a text with a lazy Polars query on its streaming engine."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"  # Read once, when polars is imported.

import polars as pl

if __name__ == "__main__":
    text, source, output = sys.argv[1:]
    lines = pl.scan_lines(source).filter(pl.col("line").str.contains(text, literal=True))
    lines.sink_csv(output, include_header=False, quote_style="never", engine="streaming")
