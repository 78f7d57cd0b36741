"""Rank nodes by power iteration over PySpark DataFrames on two local threads: `TOLERANCE INPUT OUTPUT`.

The edges are cached, and the ranks of each round cut off from how they were made, as iterations on Spark are.
"""

import sys

from pyspark.sql import functions as F

from benchmarks.peers.spark_session import session

DAMPING = 0.85

if __name__ == "__main__":
    tolerance, source, output = float(sys.argv[1]), *sys.argv[2:]
    with session("pagerank") as spark:
        edges = spark.read.csv(source, sep="\t", comment="#", schema="source bigint, target bigint")
        degrees = edges.groupBy("source").agg(F.count("*").alias("degree"))
        links = edges.join(degrees, "source").repartition(4, "source").cache()
        nodes = edges.select(F.col("source").alias("node")).union(edges.select("target")).distinct()
        number = nodes.count()
        state = nodes.join(degrees.withColumnRenamed("source", "node"), "node", "left")
        state = state.withColumn("rank", F.lit(1 / number)).localCheckpoint()
        change = float("inf")
        while change > tolerance:
            idle = state.filter("degree IS NULL").agg(F.sum("rank")).first()[0] or 0.0
            shares = links.join(state.select("node", "rank"), links.source == state.node)
            incoming = shares.groupBy("target").agg(F.sum(F.col("rank") / F.col("degree")).alias("incoming"))
            base = (1 - DAMPING + DAMPING * idle) / number
            rank = F.lit(base) + DAMPING * F.coalesce("incoming", F.lit(0.0))
            state = state.withColumnRenamed("rank", "before").join(
                incoming.withColumnRenamed("target", "node"), "node", "left"
            )
            state = state.select("node", "degree", "before", rank.alias("rank")).localCheckpoint()
            change = state.agg(F.sum(F.abs(F.col("rank") - F.col("before")))).first()[0]
            state = state.drop("before")
        state.select("node", "rank").write.csv(output, sep="\t")
