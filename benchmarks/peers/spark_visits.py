"""Run a query over the visits and rankings with PySpark on two local threads: `QUERY FOLDER OUTPUT`."""

import sys

from benchmarks.peers import visits
from benchmarks.peers.spark_session import session

TYPES = {"VARCHAR": "string", "DOUBLE": "double", "BIGINT": "bigint"}

if __name__ == "__main__":
    name, folder, output = sys.argv[1:]
    with session(name) as spark:
        for table, file, columns in (
            ("visits", "uservisits/uservisits.csv", visits.VISITS),
            ("rankings", "rankings/rankings.csv", visits.RANKINGS),
        ):
            schema = ", ".join(f"{column} {TYPES[kind]}" for column, kind in columns.items())
            spark.read.csv(f"{folder}/{file}", schema=schema).createOrReplaceTempView(table)
        spark.sql(getattr(visits, name)).write.csv(output, sep="\t")
