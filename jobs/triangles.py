"""Count the triangles of an undirected graph.

The input is an edge list of SNAP's. Directions, repetitions and loops count for nothing.

Nodes are ordered by degree, equal ones by name, and each triangle is found at its least node. In a graph of m edges no
node has more than sqrt(2m) neighbours after it; a reducer holds no more in memory, and even a hub makes few pairs.

1. Map: an edge to both ends, twice. Reduce: of a node's sorted neighbours the first copies are counted, and the second
   go out with the degree that is known by then (order inversion): ([a, b], [degree, a]) and ([a, b], [degree, b]).
2. Reduce an edge to (lesser end, greater end).
3. Reduce a node to its edges and to the pairs of its greater neighbours: (pair, [PAIR, node]).
4. Reduce a pair to the triangles that it closes if it is an edge, which the first of its sorted values says.
5. Sum.

Source: Suri and Vassilvitskii, "Counting Triangles and the Curse of the Last Reducer" (2011), NodeIterator++; order
inversion: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.3.
Output: "triangles", number; or, with ``--per-node``, for each node that has an edge: node, number of its triangles.
"""

from itertools import combinations, groupby, permutations

from bigdata import EdgeList, Job, MRStep, Sum

COUNT, EMIT = 0, 1
EDGE, PAIR = 0, 1


class Triangles(Job):
    RECORDS = EdgeList()
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--per-node", action="store_true", help="count the triangles of each node")

    def steps(self):
        return [
            MRStep(mapper=self.ends, reducer=self.degree),
            *(MRStep(reducer=reducer) for reducer in (self.direct, self.pairs, self.close)),
            MRStep(aggregator=Sum()),
        ]

    def ends(self, _, edge):
        for node, neighbour in permutations({edge["source"], edge["target"]}, 2):  # a loop has none
            yield node, [COUNT, neighbour]
            yield node, [EMIT, neighbour]

    def degree(self, node, copies):
        degree = 0
        for (use, neighbour), _ in groupby(copies):
            if use == COUNT:
                degree += 1
            else:
                yield sorted([node, neighbour]), [degree, node]

    def direct(self, _, ends):
        (_, lesser), (_, greater) = sorted(ends)
        yield lesser, greater

    def pairs(self, node, greater):
        greater = sorted(greater)
        for neighbour in greater:
            yield sorted([node, neighbour]), [EDGE, node]
        for pair in combinations(greater, 2):
            yield pair, [PAIR, node]

    def close(self, pair, found):
        if next(found)[0] == EDGE:
            count = 0
            for _, node in found:
                count += 1
                if self.options.per_node:
                    yield node, 1
            for key in pair if self.options.per_node else ["triangles"]:
                yield key, count


if __name__ == "__main__":
    Triangles.run()
