"""Points of the plane in Gaussian clusters, and the clusters' true centres."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import below, uniforms

CLUSTERS = 5
HALF_WIDTH = 20


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    centres = (2 * uniforms(seed, 0, CLUSTERS, 2, table=1) - 1) * HALF_WIDTH
    yield "centres.csv", lines("{:.6f},{:.6f}\n", *centres)
    for start, count in blocks(rows):
        cluster, radius, turn = uniforms(seed, start, count, 3)
        # two normal coordinates, by Box and Muller
        length, angle = np.sqrt(-2 * np.log(1 - radius)), 2 * np.pi * turn
        x, y = centres[:, below(cluster, CLUSTERS)] + length * np.stack([np.cos(angle), np.sin(angle)])
        yield "points.csv", lines("{:.6f},{:.6f}\n", x, y)


DATASET = DataSet(
    name="points",
    summary="points of the plane in five Gaussian clusters",
    files={"centres.csv": "x,y of a cluster's centre", "points.csv": "x,y"},
    unit="points",
    rows=100_000,
    chunks=chunks,
)
