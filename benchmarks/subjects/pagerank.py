"""PageRank: the ranks of a directed graph's nodes, until a round changes them by one hundredth in all."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject

DAMPING, TOLERANCE = 0.85, 0.01
OWN = "{python} -m benchmarks.peers.pagerank"
FILES = f"{TOLERANCE} {{input}}/graph.txt {{output}}"
JOB = f"{{python}} -m jobs.pagerank --tolerance {TOLERANCE} {{input}}/graph.txt"


def reference(folder: Path) -> pa.Table:
    """Iterate with sums by bins, without a matrix."""
    edges = np.loadtxt(folder / "graph.txt", dtype=np.int64)
    nodes, numbers = np.unique(edges, return_inverse=True)
    source, target = numbers.reshape(edges.shape).T
    degrees = np.bincount(source, minlength=len(nodes))
    ranks, change = np.full(len(nodes), 1 / len(nodes)), 1.0
    while change > TOLERANCE:
        incoming = np.bincount(target, ranks[source] / degrees[source], len(nodes))
        idle = ranks[degrees == 0].sum()
        after = (1 - DAMPING + DAMPING * idle) / len(nodes) + DAMPING * incoming
        change, ranks = np.abs(after - ranks).sum(), after
    return pa.table({"node": nodes, "rank": ranks})


SUBJECT = Subject(
    summary="Rank the nodes of a graph by PageRank, until a round changes the ranks by 0.01 in all.",
    data=data.graph,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(node='BIGINT', rank='DOUBLE')}"),
        "pairs": query(f"SELECT (key->>'$')::BIGINT AS node, value::DOUBLE AS rank FROM {PAIRS}"),
    },
    sizes=("2MB", "10MB"),
    peers={
        "bigdata": Peer("bigdata, sorted", f"{JOB} {OURS}", form="pairs"),
        "scipy": Peer("scipy sparse, one thread", f"{OWN}.scipy_sparse {FILES}", needs=["scipy"]),
        "networkx": Peer("networkx", f"{OWN}.networkx_pagerank {FILES}", needs=["networkx", "scipy"]),
        "spark-dataframe": Peer(
            "PySpark DataFrame, local[2]", f"{OWN}.spark_dataframe {FILES}", needs=["pyspark", "java"]
        ),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="2MB", once=True),
        "read-once": READ_ONCE,
    },
)
