"""Web pages with their page ranks: the first table of AMPLab's Big Data Benchmark (2013-2014).

The share of pages whose rank is above x is (19.2 / x)**2, after the benchmark's own results: of 90 million pages,
89,974,976 rank above 10, 3,331,851 above 100, and 32,888 above 1,000.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import Numbers, below, scatter, uniforms
from bigdata.generators.words import spell

SYLLABLES = 5
SCALE = 19.2


def urls(pages: Numbers) -> list[str]:
    """The URLs of pages by their numbers, the same for every seed.

    >>> urls(np.arange(2))
    ['http://qevajozowi.example/', 'http://goqarizisu.example/']
    """
    hosts = spell(scatter(pages, 100**SYLLABLES), SYLLABLES).astype(str).tolist()
    return [f"http://{host}.example/" for host in hosts]


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    for start, count in blocks(rows):
        rank, duration = uniforms(seed, start, count, 2)
        ranks = np.ceil(SCALE / np.sqrt(1 - rank)).astype(np.int64)
        yield (
            "rankings.csv",
            lines("{},{},{}\n", urls(np.arange(start, start + count)), ranks, 1 + below(duration, 100)),
        )


DATASET = DataSet(
    name="rankings",
    summary="pages and their ranks (AMPLab's Big Data Benchmark)",
    files={"rankings.csv": "pageURL,pageRank,avgDuration"},
    unit="pages",
    rows=1_200,
    chunks=chunks,
)
