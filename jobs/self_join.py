"""Make candidates of k+1 items from item sets of k items: the join step of Apriori.

Each line is a set: its items in rising order, separated by white space; blank lines hold none. A set given twice counts
once; sets of several sizes may stand in one input.

Map: a set to (all items but the last, the last). Reduce: the items before, with each two of the last ones. The last
items of a key are held in memory; what goes out is of the square of their number.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Self-Join; the algorithm:
Agrawal and Srikant, "Fast Algorithms for Mining Association Rules" (1994), section 2.1.1.
Output: a line a candidate, written as the input is, so that the job can run on its own output.
"""

from itertools import combinations

from bigdata import Job


class SelfJoin(Job):
    OUTPUT_PROTOCOL = Job.INPUT_PROTOCOL

    def mapper(self, _, line):
        items = line.split()
        if any(a >= b for a, b in zip(items, items[1:])):
            raise ValueError(f"expected items in rising order, each once; got {line!r}")
        if items:
            yield items[:-1], items[-1]

    def reducer(self, first_items, last_items):
        for pair in combinations(sorted(set(last_items)), 2):
            yield None, " ".join([*first_items, *pair])


if __name__ == "__main__":
    SelfJoin.run()
