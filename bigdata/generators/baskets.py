"""Market baskets with planted frequent item sets, and the sets.

A basket holds up to six items by Zipf's law, and each planted set with that set's probability.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import below, uniforms, zipf

ITEMS = 500
MOST_OTHERS = 6
#: size and probability of each planted set
PLANTED = ((2, 0.2), (3, 0.15), (3, 0.12), (4, 0.1), (5, 0.08))


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    (order,) = uniforms(seed, 0, ITEMS, 1, table=1)
    drawn = iter((1 + np.argsort(order)).tolist())
    planted = [sorted(next(drawn) for _ in range(size)) for size, _ in PLANTED]
    probabilities = np.array([probability for _, probability in PLANTED])
    yield "planted.csv", lines("{},{}\n", probabilities, [" ".join(map(str, items)) for items in planted])
    for start, count in blocks(rows):
        size, *draws = uniforms(seed, start, count, 1 + MOST_OTHERS + len(PLANTED))
        sizes = (1 + below(size, MOST_OTHERS)).tolist()
        others = (1 + zipf(np.stack(draws[:MOST_OTHERS], axis=1), ITEMS)).tolist()
        bought = (np.stack(draws[MOST_OTHERS:], axis=1) < probabilities).tolist()
        baskets = [
            set(items[:size]).union(*(items for items, is_in in zip(planted, ins) if is_in))
            for size, items, ins in zip(sizes, others, bought)
        ]
        yield "baskets.txt", lines("{}\n", [" ".join(map(str, sorted(basket))) for basket in baskets])


DATASET = DataSet(
    name="baskets",
    summary="market baskets with planted frequent item sets",
    files={"planted.csv": "probability,items of a planted set", "baskets.txt": "items, by blanks"},
    unit="baskets",
    rows=10_000,
    chunks=chunks,
)
