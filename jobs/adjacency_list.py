"""Turn the edges of a directed graph into the adjacency lists of its nodes, both ways.

The input is an edge list of SNAP's. An edge given twice counts once; a loop puts a node into both of its own lists.

Map: an edge to (source, ["out", target]) and (target, ["in", source]). Reduce: the two sorted lists of a node.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), "Adjacency-List".
Output: node, {"in": [...], "out": [...]}. The lists of a node must fit in memory.
"""

from bigdata import EdgeList, Job


class AdjacencyList(Job):
    RECORDS = EdgeList()

    def mapper(self, _, edge):
        yield edge["source"], ["out", edge["target"]]
        yield edge["target"], ["in", edge["source"]]

    def reducer(self, node, ends):
        lists = {"in": set(), "out": set()}
        for direction, other in ends:
            lists[direction].add(other)
        yield node, {direction: sorted(others) for direction, others in lists.items()}


if __name__ == "__main__":
    AdjacencyList.run()
