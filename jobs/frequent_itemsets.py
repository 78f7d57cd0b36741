"""Find the sets of items that at least a share of all baskets hold: SON, two passes over the baskets.

Each line is a basket: its items, separated by white space; blank lines hold none.

A set that is frequent among all baskets is frequent in at least one of any chunks of them. So the sets that are
frequent in a chunk are candidates, and among them is all that is looked for.

Start, map: a chunk to (item set, [baskets of the chunk that hold it, baskets of the chunk]) for each set that is
frequent in it; reduce: the sums, if they are enough. Its item sets are the candidates. Round, of which there is one:
the same for all the candidates in every chunk, so that the sums are those of all baskets.

Chunks decide how many candidates there are, never the result; the candidates must fit in memory. Where a chunk has not
many more than 1 / support baskets, most sets that occur in it are candidates: give few large files, not many tiny ones,
or limit --max-size.
Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 6.4.3 and 6.4.4, after Savasere,
Omiecinski and Navathe (1995). Chunks are mined by Eclat: Zaki, "Scalable Algorithms for Association Mining" (2000).
Output: item set as a sorted list, number of baskets that hold it.
"""

from collections import defaultdict
from functools import reduce

from bigdata import IterativeJob, MRStep, at_least, share

ones = getattr(int, "bit_count", lambda bits: bin(bits).count("1"))  # Python 3.9 has no bit_count


class FrequentItemsets(IterativeJob):
    READS_INPUT = True
    LEAST_ROUNDS = ROUNDS = 1
    CHUNK = 10_000  # baskets mined at a time

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--support", type=share, default=0.1, help="The least share of the baskets (0.1)")
        self.add_passthru_arg("--max-size", type=at_least(0), default=0, help="The most items of a set (0: no limit)")

    def start_steps(self):
        return [MRStep(mapper_init=self.begin, mapper=self.gather, mapper_final=self.counts, reducer=self.total)]

    round_steps = start_steps

    def begin(self):
        self.baskets = []
        self.candidates = [itemset for itemset, _ in self.state()] if self.options.phase == "round" else None

    def gather(self, _, line):
        if line.strip():
            self.baskets.append(line.split())
        if len(self.baskets) == 2 * self.CHUNK:  # half of them stay, lest the last chunk be a small one
            yield from self.counts(self.CHUNK)

    def counts(self, most=None):
        chunk, holders = self.baskets[:most], defaultdict(int)  # an item's holders are the bits of a whole number
        del self.baskets[:most]
        for number, basket in enumerate(chunk):
            for item in basket:
                holders[item] |= 1 << number
        found = self.frequent(sorted(holders.items()), len(chunk)) if self.candidates is None else self.candidates
        for itemset in found:
            yield itemset, [ones(reduce(int.__and__, (holders[item] for item in itemset))), len(chunk)]

    def frequent(self, holders, baskets, prefix=()):
        holders = [(item, bits) for item, bits in holders if ones(bits) / baskets >= self.options.support]
        for place, (item, bits) in enumerate(holders, 1):
            itemset = (*prefix, item)
            yield itemset
            if len(itemset) != self.options.max_size:
                yield from self.frequent([(other, bits & more) for other, more in holders[place:]], baskets, itemset)

    def total(self, itemset, counts):
        held, baskets = map(sum, zip(*counts))
        if held / baskets >= self.options.support:
            yield itemset, held


if __name__ == "__main__":
    FrequentItemsets.run()
