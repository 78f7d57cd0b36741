"""Sort lines with a DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = f"COPY (SELECT line FROM {LINES} ORDER BY line) TO '{{output}}' (HEADER false)"

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
