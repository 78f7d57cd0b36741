"""Count words near each other with one DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = rf"""
    COPY (
        SELECT words[i] AS word, words[i + distance] AS neighbour, count(*)
        FROM (
            SELECT words, i, unnest([-2, -1, 1, 2]) AS distance
            FROM (
                SELECT words, unnest(range(1, len(words) + 1)) AS i
                FROM (SELECT regexp_extract_all(lower(line), '[\w'']+') AS words FROM {LINES})
            )
        )
        WHERE i + distance BETWEEN 1 AND len(words)
        GROUP BY word, neighbour
    ) TO '{{output}}' (HEADER false, DELIMITER '\t')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
