"""Run a query over the visits and rankings with DuckDB on two threads: `QUERY FOLDER OUTPUT`."""

import sys

import duckdb

from benchmarks.peers import visits

if __name__ == "__main__":
    name, folder, output = sys.argv[1:]
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    for table, file, columns in (
        ("visits", "uservisits/uservisits.csv", visits.VISITS),
        ("rankings", "rankings/rankings.csv", visits.RANKINGS),
    ):
        connection.sql(
            f"CREATE VIEW {table} AS FROM read_csv('{folder}/{file}', header = false, delim = ',', columns = {columns})"
        )
    connection.sql(f"COPY ({getattr(visits, name)}) TO '{output}' (HEADER false, DELIMITER '\\t')")
