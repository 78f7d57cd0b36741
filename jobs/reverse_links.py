"""Reverse a graph of links: for each target, the sources that link to it.

Each line is a link, source and target separated by white space; lines that start with # (SNAP's comments) and blank
lines hold none. A link given twice counts once; a node may link to itself.

Map: a link to (target, source). Reduce: the set of sources.
Source: Dean and Ghemawat, "MapReduce" (2004), section 2.3, "Reverse Web-Link Graph".
Output: target, its distinct sources, sorted by their JSON texts. The list of a target must fit in memory.
"""

from bigdata import CollectSet, Job


class ReverseLinks(Job):
    aggregator = CollectSet()

    def mapper(self, _, line):
        if line.startswith("#") or not line.strip():
            return
        nodes = line.split()
        if len(nodes) != 2:
            raise ValueError(f"expected a link, source and target; got {line!r}")
        source, target = nodes
        yield target, source


if __name__ == "__main__":
    ReverseLinks.run()
