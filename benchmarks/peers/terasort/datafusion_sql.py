"""Sort lines with a DataFusion query on two threads, into one file: the files of a folder would have no order."""

import sys

from benchmarks.peers.datafusion_session import register_lines, session

if __name__ == "__main__":
    context = session()
    register_lines(context, sys.argv[1])
    query = "SELECT line FROM lines ORDER BY line"
    options = "OPTIONS ('format.has_header' 'false')"
    context.sql(f"COPY ({query}) TO '{sys.argv[2]}/part.csv' STORED AS CSV {options}").collect()
