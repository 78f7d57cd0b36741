"""Cluster points with scikit-learn's KMeans, Lloyd's algorithm from given centres, points read by pyarrow."""

import os
import sys

os.environ["OMP_NUM_THREADS"] = "2"  # Read once, when OpenMP is loaded.

import numpy as np
import pyarrow as pa
from pyarrow import csv
from sklearn.cluster import KMeans

if __name__ == "__main__":
    folder, output = sys.argv[1:]
    pa.set_cpu_count(2)
    table = csv.read_csv(f"{folder}/points/points.csv", csv.ReadOptions(autogenerate_column_names=True))
    points = np.column_stack([column.to_numpy() for column in table.columns])
    start = np.loadtxt(f"{folder}/start.csv", delimiter=",")
    model = KMeans(len(start), init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=100).fit(points)
    np.savetxt(output, model.cluster_centers_, delimiter="\t", fmt="%.17g")
