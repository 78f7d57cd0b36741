"""k-means: five centres of points of the plane, from a given start to where they stay."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.subject import MRJOB, OURS, READ_ONCE, Peer, Subject

STILL = 1e-9
OWN = "{python} -m benchmarks.peers.kmeans"
FILES = "{input} {output}"
JOB = (
    f"{{python}} -m jobs.kmeans --k {data.CLUSTERS} --seed {data.START_SEED} --tolerance {STILL}"
    " {input}/points/points.csv"
)


def reference(folder: Path) -> pa.Table:
    """Move the centres to the means of their points until they stay."""
    points = np.loadtxt(folder / "points" / "points.csv", delimiter=",")
    centres, moved = np.loadtxt(folder / "start.csv", delimiter=","), np.inf
    while moved > STILL:
        distances = [((points - centre) ** 2).sum(axis=1) for centre in centres]
        nearest = np.argmin(distances, axis=0)
        means = np.array([points[nearest == number].mean(axis=0) for number in range(len(centres))])
        centres, moved = means, np.abs(means - centres).max()
    return pa.table({"x": centres[:, 0], "y": centres[:, 1]})


SUBJECT = Subject(
    summary="Cluster points of the plane around five centres by Lloyd's algorithm, until no centre moves.",
    data=data.points,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(x='DOUBLE', y='DOUBLE')}"),
        "pairs": query(f"SELECT (value->'centre'->0)::DOUBLE AS x, (value->'centre'->1)::DOUBLE AS y FROM {PAIRS}"),
    },
    sizes=("2MB", "20MB"),
    peers={
        "bigdata": Peer("bigdata, folded", f"{JOB} {OURS}", form="pairs"),
        "scikit-learn": Peer("scikit-learn, Lloyd", f"{OWN}.scikit_learn {FILES}", needs=["sklearn"]),
        "spark-mllib": Peer("Spark MLlib, local[2]", f"{OWN}.spark_mllib {FILES}", needs=["pyspark", "java"]),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{JOB} {MRJOB}", form="pairs", limit="2MB", once=True),
        "read-once": READ_ONCE,
    },
)
