"""Run a query over the visits and rankings with DataFusion on two threads: `QUERY FOLDER OUTPUT`."""

import sys

import pyarrow as pa

from benchmarks.peers import visits
from benchmarks.peers.datafusion_session import register, session, write

TYPES = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "BIGINT": pa.int64()}

if __name__ == "__main__":
    name, folder, output = sys.argv[1:]
    context = session()
    for table, file, columns in (
        ("visits", "uservisits/uservisits.csv", visits.VISITS),
        ("rankings", "rankings/rankings.csv", visits.RANKINGS),
    ):
        schema = pa.schema([(column, TYPES[kind]) for column, kind in columns.items()])
        register(context, table, f"{folder}/{file}", schema)
    write(context, getattr(visits, name), output)
