"""A directed graph whose degrees follow a power law of exponent 3, as an edge list in the format of SNAP.

Node v of n sends about m * (sqrt((v + 1) / n) - sqrt(v / n)) of the m edges. It cuts the other nodes, by descending
in-degree, into as many runs of equal weight as it has edges, and each edge goes to a node of a run of its own; so no
edge comes twice, and none has to be remembered. The exponent is that of Barabasi and Albert, "Emergence of scaling in
random networks" (1999).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cbrt, ceil

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import Numbers, scatter, uniforms

EDGES_PER_NODE = 8


def node_count(edges: int) -> int:
    """How many nodes: an eighth of the edges, or as many as the first node of a small graph needs for targets.

    >>> node_count(80_000), node_count(100)
    (10000, 23)
    """
    return max(ceil(edges / EDGES_PER_NODE), ceil(cbrt(edges) ** 2) + 1)


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    nodes = node_count(rows)
    header = (
        f"# Directed graph (each edge is saved once): graph.txt\n# Degrees by a power law of exponent 3; seed {seed}\n"
        f"# Nodes: {nodes} Edges: {rows}\n# FromNodeId\tToNodeId\n"
    )
    yield "graph.txt", header.encode()
    for start, count in blocks(nodes):
        first = np.floor(rows * np.sqrt(np.arange(start, start + count + 1) / nodes)).astype(np.int64)
        degrees = np.diff(first)
        source = np.repeat(scatter(np.arange(start, start + count), nodes), degrees)
        degree = np.repeat(degrees, degrees)
        run = np.arange(first[0], first[-1]) - np.repeat(first[:-1], degrees)
        low, high = run_start(run, degree, nodes - 1), run_start(run + 1, degree, nodes - 1)
        (place,) = uniforms(seed, int(first[0]), len(source), 1)
        target = ((np.sqrt(low) * (1 - place) + np.sqrt(high) * place) ** 2).astype(np.int64).clip(low, high - 1)
        yield "graph.txt", lines("{}\t{}\n", source, target + (target >= source))


def run_start(run: Numbers, runs: Numbers, nodes: int) -> Numbers:
    """The rank at which a run begins; the ranks below r weigh sqrt(r), and a run has at least one of them."""
    return np.maximum(run, (nodes * (run / runs) ** 2).astype(np.int64))


DATASET = DataSet(
    name="graph",
    summary="a directed graph of power-law degrees, SNAP's format",
    files={"graph.txt": "source and target, by a tab"},
    unit="edges",
    rows=100_000,
    chunks=chunks,
    least=5,
)
