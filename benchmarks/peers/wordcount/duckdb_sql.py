"""Count words with one hand-written DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = rf"""
    COPY (
        SELECT word, count(*)
        FROM (SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS word FROM {LINES})
        GROUP BY word
    ) TO '{{output}}' (DELIMITER '\t', HEADER false)
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
