"""Sort lines with PySpark's DataFrame interface on two local threads, by ranges over all part files."""

import sys

from benchmarks.peers.spark_session import session

if __name__ == "__main__":
    with session("terasort") as spark:
        spark.read.text(sys.argv[1]).orderBy("value").write.text(sys.argv[2])
