"""Find the most frequent terms of each document with one DuckDB query on two threads."""

import sys

import duckdb

QUERY = r"""
    COPY (
        SELECT document, list({term: term, count: count} ORDER BY count DESC, term)[:10] AS terms
        FROM (
            SELECT document, term, count(*) AS count
            FROM (
                SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS term, parse_filename(filename) AS document
                FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
                              strict_mode = false, delim = '\n', quote = '', escape = '', filename = true)
            )
            GROUP BY document, term
            HAVING count(*) >= 2
        )
        GROUP BY document
    ) TO '{output}' (FORMAT json)
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    query = QUERY.replace("{output}", sys.argv[2])
    connection.execute(query, [f"{sys.argv[1]}/*.txt"])
