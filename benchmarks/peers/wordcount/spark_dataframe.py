"""Count words with PySpark's DataFrame interface on two local threads."""

import sys

from pyspark.sql import functions as F

from benchmarks.peers.spark_session import session

if __name__ == "__main__":
    with session("wordcount") as spark:
        words = F.regexp_extract_all(F.lower("value"), F.lit(r"[\w']+"), F.lit(0))
        counts = spark.read.text(sys.argv[1]).select(F.explode(words).alias("word")).groupBy("word").count()
        counts.write.csv(sys.argv[2], sep="\t")
