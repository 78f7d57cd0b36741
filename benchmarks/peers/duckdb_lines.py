"""A text file to DuckDB: a line is a CSV row of one column when nothing delimits, quotes or escapes."""

LINES = r"""read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, strict_mode = false,
                     delim = '\n', quote = '', escape = '')"""
