"""Index documents by their words with PySpark's DataFrame interface on two local threads."""

import sys

from pyspark.sql import functions as F

from benchmarks.peers.spark_session import session

if __name__ == "__main__":
    with session("inverted_index") as spark:
        words = F.regexp_extract_all(F.lower("value"), F.lit(r"[\w']+"), F.lit(0))
        document = F.regexp_extract(F.input_file_name(), "[^/]+$", 0)
        lines = spark.read.text(f"{sys.argv[1]}/*.txt").select(
            document.alias("document"), F.explode(words).alias("word")
        )
        counts = lines.groupBy("word", "document").agg(F.count("*").alias("tf"))
        postings = F.sort_array(F.collect_list(F.struct("document", "tf")))
        counts.groupBy("word").agg(F.count("*").alias("df"), postings.alias("postings")).write.json(sys.argv[2])
