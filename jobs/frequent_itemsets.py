"""Find the sets of items that at least a share of all baskets hold: SON, its second pass a shuffle.

Each line is a basket: its items, separated by white space; blank lines hold none.

A set that is frequent among all baskets is frequent in at least one of any chunks of them. So each map task mines its
input in chunks, and what it finds are candidates. It deals each chunk out to some groups, and sends every group all its
candidates: so candidates and baskets meet in a shuffle, and no task needs a file that another one wrote.

1. Map: a chunk to (group, [CANDIDATES, item sets]) and (group, [BASKETS, its part of the chunk]). Reduce: the
   candidates come first in the sorted values; then each is counted in one value of baskets at a time:
   (item set, [baskets that hold it, baskets] in this group).
2. Reduce: the sums, if they are enough.

Chunks decide how many candidates there are, never the result. Where a chunk has not many more than 1 / support baskets,
most sets that occur in it are candidates: give few large files, not many tiny ones, or limit --max-size.
Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 6.4.3 and 6.4.4, after Savasere,
Omiecinski and Navathe (1995). Chunks are mined by Eclat: Zaki, "Scalable Algorithms for Association Mining" (2000).
Output: item set as a sorted list, number of baskets that hold it.
"""

from collections import defaultdict
from functools import reduce
from operator import and_

from bigdata import Job, MRStep

CANDIDATES, BASKETS = 0, 1


def holders(baskets):
    """For each item the baskets that hold it, as the bits of a whole number."""
    bits = defaultdict(int)
    for number, basket in enumerate(baskets):
        for item in basket:
            bits[item] |= 1 << number
    return bits


def ones(bits):
    return bin(bits).count("1")


class FrequentItemsets(Job):
    SORT_VALUES = True
    CHUNK = 10_000  # baskets mined at a time

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--support", type=float, default=0.1, help="The least share of the baskets (0.1)")
        self.add_passthru_arg("--max-size", type=int, default=0, help="The most items of a set (0: no limit)")
        self.add_passthru_arg("--groups", type=int, default=8, help="How many groups count at the same time (8)")

    def load_args(self, args):
        super().load_args(args)
        if not 0 < self.options.support <= 1:
            self.arg_parser.error(f"--support: expected a share over 0 and up to 1; got {self.options.support}")
        if self.options.groups < 1:
            self.arg_parser.error(f"--groups: expected at least 1; got {self.options.groups}")

    def steps(self):
        return [
            MRStep(mapper_init=self.begin, mapper=self.gather, mapper_final=self.end, reducer=self.count),
            MRStep(reducer=self.total),
        ]

    def begin(self):
        self.baskets = []

    def gather(self, _, line):
        basket = line.split()
        if basket:
            self.baskets.append(basket)
        if len(self.baskets) == 2 * self.CHUNK:  # half of them stay, lest the last chunk be a small one
            yield from self.dealt(self.baskets[: self.CHUNK])
            del self.baskets[: self.CHUNK]

    def end(self):
        yield from self.dealt(self.baskets)

    def dealt(self, chunk):
        candidates = list(self.frequent(sorted(holders(chunk).items()), len(chunk)))
        for group in range(self.options.groups):
            yield group, [CANDIDATES, candidates]
            yield group, [BASKETS, chunk[group :: self.options.groups]]

    def frequent(self, items, baskets, prefix=()):
        """The frequent sets that go on from `prefix`.

        :param items: pairs of an item and the bits of the baskets that hold it and the prefix
        """
        items = [(item, bits) for item, bits in items if self.is_enough(ones(bits), baskets)]
        for place, (item, bits) in enumerate(items, 1):
            itemset = (*prefix, item)
            yield itemset
            if len(itemset) != self.options.max_size:
                yield from self.frequent([(other, bits & more) for other, more in items[place:]], baskets, itemset)

    def is_enough(self, held, baskets):
        return held / baskets >= self.options.support

    def count(self, _, values):
        counts, baskets = {}, 0
        for kind, content in values:
            if kind == CANDIDATES:
                counts.update((tuple(itemset), 0) for itemset in content)
            else:
                baskets += len(content)
                bits = holders(content)
                for itemset in counts:
                    counts[itemset] += ones(reduce(and_, (bits[item] for item in itemset)))
        for itemset, count in counts.items():
            yield itemset, [count, baskets]

    def total(self, itemset, counts):
        held, baskets = map(sum, zip(*counts))
        if self.is_enough(held, baskets):
            yield itemset, held


if __name__ == "__main__":
    FrequentItemsets.run()
