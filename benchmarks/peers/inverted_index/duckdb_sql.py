"""Index documents by their words with one DuckDB query on two threads."""

import sys

import duckdb

QUERY = r"""
    COPY (
        SELECT word, count(*) AS df, list({document: document, tf: tf} ORDER BY document) AS postings
        FROM (
            SELECT word, document, count(*) AS tf
            FROM (
                SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS word, parse_filename(filename) AS document
                FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
                              strict_mode = false, delim = '\n', quote = '', escape = '', filename = true)
            )
            GROUP BY word, document
        )
        GROUP BY word
    ) TO '{output}' (FORMAT json)
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    query = QUERY.replace("{output}", sys.argv[2])
    connection.execute(query, [f"{sys.argv[1]}/*.txt"])
