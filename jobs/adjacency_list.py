"""Turn the edges of a directed graph into the adjacency lists of its nodes, both ways.

Each line is an edge, source and target separated by white space; lines that start with # (SNAP's comments) and blank
lines hold none. An edge given twice counts once; a loop puts a node into both of its own lists.

Map: an edge to (source, ["out", target]) and (target, ["in", source]). Reduce: the two sorted lists of a node.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), "Adjacency-List".
Output: node, {"in": [...], "out": [...]}. The lists of a node must fit in memory.
"""

from bigdata import Job


class AdjacencyList(Job):
    def mapper(self, _, line):
        if line.startswith("#") or not line.strip():
            return
        nodes = line.split()
        if len(nodes) != 2:
            raise ValueError(f"expected an edge, source and target; got {line!r}")
        source, target = nodes
        yield source, ["out", target]
        yield target, ["in", source]

    def reducer(self, node, ends):
        lists = {"in": set(), "out": set()}
        for direction, other in ends:
            lists[direction].add(other)
        yield node, {direction: sorted(others) for direction, others in lists.items()}


if __name__ == "__main__":
    AdjacencyList.run()
