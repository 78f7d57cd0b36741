"""Reverse a graph of links: for each target, the sources that link to it.

The input is an edge list of SNAP's. A link given twice counts once; a node may link to itself.

Map: a link to (target, source). Reduce: the set of sources.
Source: Dean and Ghemawat, "MapReduce" (2004), section 2.3, "Reverse Web-Link Graph".
Output: target, its distinct sources, sorted by their JSON texts. The list of a target must fit in memory.
"""

from bigdata import CollectSet, EdgeList, Job, columnar


class ReverseLinks(Job):
    RECORDS = EdgeList()
    aggregator = CollectSet()

    @columnar("SELECT target AS key, source AS value FROM input")
    def mapper(self, _, link):
        yield link["target"], link["source"]


if __name__ == "__main__":
    ReverseLinks.run()
