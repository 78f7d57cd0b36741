"""Turn the edges of a directed graph into the adjacency lists of its nodes, both ways.

The input is an edge list of SNAP's. An edge given twice counts once; a loop puts a node into both of its own lists.

Map: an edge to (source, ["out", target]) and (target, ["in", source]). Reduce: the set of these, as two sorted lists.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), "Adjacency-List".
Output: node, {"in": [...], "out": [...]}. The lists of a node must fit in memory.
"""

from bigdata import CollectSet, EdgeList, Job, columnar


class Neighbours(CollectSet):
    """The distinct nodes of each direction, of values [direction, node]."""

    def present(self, state):
        return self.from_sql(super().present(state))

    def from_sql(self, result):
        return {way: sorted(node for direction, node in result if direction == way) for way in ("in", "out")}


class AdjacencyList(Job):
    RECORDS = EdgeList()
    aggregator = Neighbours()

    @columnar("""
        SELECT unnest([source, target]) AS key, unnest([['out', target], ['in', source]]) AS value
        FROM input""")
    def mapper(self, _, edge):
        yield edge["source"], ["out", edge["target"]]
        yield edge["target"], ["in", edge["source"]]


if __name__ == "__main__":
    AdjacencyList.run()
