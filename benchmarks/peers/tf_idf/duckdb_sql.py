"""Weigh the terms of documents with one DuckDB query on two threads."""

import sys

import duckdb

QUERY = r"""
    COPY (
        SELECT document, term, tf * (ln((1 + documents) / (1 + count(*) OVER (PARTITION BY term))) + 1) AS weight
        FROM (
            SELECT term, document, count(*) AS tf
            FROM (
                SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS term, parse_filename(filename) AS document
                FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
                              strict_mode = false, delim = '\n', quote = '', escape = '', filename = true)
            )
            GROUP BY term, document
        ), (SELECT count(*) AS documents FROM glob(?))
    ) TO '{output}' (HEADER false, DELIMITER '\t')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    query = QUERY.replace("{output}", sys.argv[2])
    connection.execute(query, [f"{sys.argv[1]}/*.txt"] * 2)
