"""Count words with a DataFusion query on two threads."""

import sys

from benchmarks.peers.datafusion_session import register_lines, session, write

# Its regular expressions don't give all matches of a row, so the text between words becomes a blank to cut at.
QUERY = r"""
    SELECT word, count(*)
    FROM (SELECT unnest(string_to_array(regexp_replace(lower(line), '[^\w'']+', ' ', 'g'), ' ')) AS word FROM lines)
    WHERE word <> ''
    GROUP BY word
"""

if __name__ == "__main__":
    context = session()
    register_lines(context, sys.argv[1])
    write(context, QUERY, sys.argv[2])
