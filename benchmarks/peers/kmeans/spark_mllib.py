"""Cluster points with Spark MLlib's KMeans over an RDD, which can start from given centres, on two local threads."""

import sys

import numpy as np
from pyspark.mllib.clustering import KMeans, KMeansModel

from benchmarks.peers.spark_session import session

if __name__ == "__main__":
    folder, output = sys.argv[1:]
    start = np.loadtxt(f"{folder}/start.csv", delimiter=",")
    with session("kmeans") as spark:
        frame = spark.read.csv(f"{folder}/points/points.csv", schema="x double, y double")
        points = frame.rdd.map(lambda row: (row.x, row.y)).cache()
        model = KMeans.train(
            points, len(start), maxIterations=100, epsilon=1e-9, initialModel=KMeansModel(list(map(np.array, start)))
        )
    np.savetxt(output, np.array(model.clusterCenters), delimiter="\t", fmt="%.17g")
