"""Estimate the probability of the next word with one DuckDB query on two threads."""

import sys

import duckdb

from benchmarks.peers.duckdb_lines import LINES

QUERY = rf"""
    COPY (
        SELECT word, next, count / sum(count) OVER (PARTITION BY word) AS probability
        FROM (
            SELECT words[i] AS word, words[i + 1] AS next, count(*) AS count
            FROM (
                SELECT words, unnest(range(1, len(words))) AS i
                FROM (SELECT regexp_extract_all(lower(line), '[\w'']+') AS words FROM {LINES})
            )
            GROUP BY word, next
        )
    ) TO '{{output}}' (HEADER false, DELIMITER '\t')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
