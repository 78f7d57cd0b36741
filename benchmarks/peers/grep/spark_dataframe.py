"""Keep the lines that hold a text with PySpark's DataFrame interface on two local threads."""

import sys

from pyspark.sql import functions as F

from benchmarks.peers.spark_session import session

if __name__ == "__main__":
    text, source, output = sys.argv[1:]
    with session("grep") as spark:
        spark.read.text(source).filter(F.col("value").contains(text)).write.text(output)
