"""Count words with one hand-written DuckDB query on two threads."""

import sys

import duckdb

# A line is a CSV row of one column when nothing delimits, quotes or escapes.
QUERY = r"""
    COPY (
        SELECT word, count(*)
        FROM (
            SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS word
            FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, strict_mode = false,
                          delim = '\n', quote = '', escape = '')
        )
        GROUP BY word
    ) TO '{output}' (DELIMITER '\t', HEADER false)
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(QUERY.replace("{output}", sys.argv[2]), [sys.argv[1]])
