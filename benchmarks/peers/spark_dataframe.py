"""Count words with PySpark's DataFrame interface on two local threads."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

if __name__ == "__main__":
    builder = SparkSession.builder.master("local[2]").appName("wordcount").config("spark.ui.enabled", "false")
    with builder.getOrCreate() as session:
        words = F.regexp_extract_all(F.lower("value"), F.lit(r"[\w']+"), F.lit(0))
        counts = session.read.text(sys.argv[1]).select(F.explode(words).alias("word")).groupBy("word").count()
        counts.write.csv(sys.argv[2], sep="\t")
