"""Count bigrams with one DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = rf"""
    COPY (
        SELECT words[i] || ' ' || words[i + 1] AS bigram, count(*)
        FROM (
            SELECT words, unnest(range(1, len(words))) AS i
            FROM (SELECT regexp_extract_all(lower(line), '[\w'']+') AS words FROM {LINES})
        )
        GROUP BY bigram
    ) TO '{{output}}' (HEADER false, DELIMITER '\t')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
