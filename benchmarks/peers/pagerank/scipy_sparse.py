"""Rank nodes by power iteration with a sparse matrix of scipy, edges read by pyarrow: `TOLERANCE INPUT OUTPUT`."""

import sys

import numpy as np
import pyarrow as pa
from pyarrow import csv
from scipy import sparse

DAMPING = 0.85

if __name__ == "__main__":
    tolerance, source, output = float(sys.argv[1]), *sys.argv[2:]
    pa.set_cpu_count(2)
    with open(source) as lines:
        comments = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    read = csv.ReadOptions(skip_rows=comments, column_names=["source", "target"])
    edges = csv.read_csv(source, read_options=read, parse_options=csv.ParseOptions(delimiter="\t"))
    ends = np.concatenate([edges["source"].to_numpy(), edges["target"].to_numpy()])
    nodes, numbers = np.unique(ends, return_inverse=True)
    sources, targets = np.split(numbers, 2)
    degrees = np.bincount(sources, minlength=len(nodes))
    shares = sparse.csr_array((1 / degrees[sources], (targets, sources)), shape=(len(nodes), len(nodes)))
    ranks, change = np.full(len(nodes), 1 / len(nodes)), np.inf
    while change > tolerance:
        before = ranks
        idle = ranks[degrees == 0].sum()
        ranks = (1 - DAMPING + DAMPING * idle) / len(nodes) + DAMPING * (shares @ ranks)
        change = np.abs(ranks - before).sum()
    table = pa.table({"node": nodes, "rank": ranks})
    csv.write_csv(table, output, csv.WriteOptions(include_header=False, delimiter="\t"))
