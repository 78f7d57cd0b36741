"""Keep the lines that hold a text with a DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = f"""
    COPY (SELECT line FROM {LINES} WHERE contains(line, ?)) TO '{{output}}' (HEADER false, DELIMITER '\\x01', QUOTE '')
"""

if __name__ == "__main__":
    text, source, output = sys.argv[1:]
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    connection.execute(QUERY.replace("{output}", output), [source, text])
