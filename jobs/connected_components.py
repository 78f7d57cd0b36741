"""Find the connected components of a graph whose edges have no direction, by alternating stars.

The input is an edge list of SNAP's. Two steps turn edges until every node has one edge, to the least of its component;
neither parts what is connected. The state is pairs (node, lesser neighbour); the least has a loop.

Large star, map: an edge both ways; reduce: the greater neighbours of a node get the least of its neighbourhood.
Small star, map: an edge as it is; reduce: a node and its lesser neighbours get the least of these.
The least comes first (values are sorted), so a group streams and hubs do no harm. A counter takes the edges that have
been turned. Converges when a round turns none, after some log n rounds in practice, where handing labels from neighbour
to neighbour takes as many as the longest path has edges.
Source: Kiveris and others, "Connected Components in MapReduce and Beyond" (2014), algorithm "Alternating".
Output: node, the component's least node by name.
"""

from itertools import groupby

from bigdata import EdgeList, IterativeJob, MRStep, OrderedProtocol


class ConnectedComponents(IterativeJob):
    RECORDS = EdgeList()
    INTERNAL_PROTOCOL = OrderedProtocol
    SORT_VALUES = True

    def start_steps(self):
        return [MRStep(mapper=self.edge)]

    def edge(self, _, edge):
        lesser, greater = sorted([edge["source"], edge["target"]])
        yield greater, lesser
        yield lesser, lesser

    def round_steps(self):
        return [MRStep(mapper=self.both_ways, reducer=self.large_star), MRStep(reducer=self.small_star)]

    def both_ways(self, node, neighbour):
        yield node, neighbour
        if node != neighbour:
            yield neighbour, node

    def large_star(self, node, neighbours):
        least = None
        for neighbour, _ in groupby(neighbours):
            if least is None:
                least = min(node, neighbour)
            if neighbour > node:
                self.turn(node, least)
                yield neighbour, least
            elif node == neighbour == least:
                yield node, node

    def small_star(self, node, neighbours):
        distinct = (neighbour for neighbour, _ in groupby(neighbours))
        least = next(distinct)
        yield node, least
        for neighbour in distinct:
            if neighbour != node:
                self.turn(neighbour, least)
                yield neighbour, least

    def turn(self, old, new):
        if old != new:
            self.increment_counter("components", "turned")

    def converged(self, result):
        return not any("components" in counters for counters in result.counters)


if __name__ == "__main__":
    ConnectedComponents.run()
