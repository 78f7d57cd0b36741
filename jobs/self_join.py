"""Make candidates of k+1 items from item sets of k items: the join step of Apriori.

Each line is a set: its items in rising order, separated by white space; blank lines hold none. A set given twice counts
once; sets of several sizes may stand in one input.

Map: a set to (all items but the last, the last). Reduce: the set of the last ones, which is held in memory. Then map:
the items before, with each two of the last ones.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Self-Join; the algorithm:
Agrawal and Srikant, "Fast Algorithms for Mining Association Rules" (1994), section 2.1.1.
Output: a line a candidate, written as the input is, so that the job can run on its own output.
"""

from itertools import combinations

from bigdata import CollectSet, Job, MRStep, columnar

# what str.split() finds in ASCII
ITEMS = r"regexp_extract_all(line, '[^\t-\r\x1c- ]+')"


class SelfJoin(Job):
    OUTPUT_PROTOCOL = Job.INPUT_PROTOCOL

    def steps(self):
        return [MRStep(mapper=self.last_item, aggregator=CollectSet()), MRStep(mapper=self.candidates)]

    @columnar(
        f"""
        SELECT CASE WHEN list_sort(list_distinct(items)) = items THEN items[:-2] ELSE error('no set') END AS key,
               items[-1] AS value
        FROM (SELECT {ITEMS} AS items FROM input)
        WHERE len(items) > 0""",
        alphabet=r"\x01-\x7f",
    )
    def last_item(self, _, line):
        items = line.split()
        if any(a >= b for a, b in zip(items, items[1:])):
            raise ValueError(f"expected items in rising order, each once; got {line!r}")
        if items:
            yield items[:-1], items[-1]

    def candidates(self, first_items, last_items):
        for pair in combinations(sorted(last_items), 2):
            yield None, " ".join([*first_items, *pair])


if __name__ == "__main__":
    SelfJoin.run()
