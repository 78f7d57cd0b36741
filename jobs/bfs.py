"""Find the shortest paths from one node of a directed graph to all that can be reached from it: breadth-first search.

The input is an edge list of SNAP's; all edges are of length 1.

Start: each node with its targets; the source has distance 0. Round, map: a node to itself, and from a node that has a
distance, one more to each target; reduce: the least distance, with the predecessor that it came from, of several the
least by name. Finish: the nodes that have a distance.
Converges when a round reaches no node for the first time: after as many rounds as the longest path has edges, and one.
Source: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 5.2.
Output: node, {"distance", "predecessor"}; the source has no predecessor. The targets of a node must fit in memory.
"""

from bigdata import EdgeList, IterativeJob, MRStep, UsageError


class BreadthFirstSearch(IterativeJob):
    RECORDS = EdgeList()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--source", required=True, help="The node to begin at")

    def start_steps(self):
        return [MRStep(mapper=self.edge, reducer=self.node)]

    def edge(self, _, edge):
        yield edge["source"], edge["target"]
        yield edge["target"], None

    def node(self, name, targets):
        path = [0, None] if name == self.options.source else None
        self.increment_counter("bfs", "reached", int(path is not None))
        yield name, {"path": path, "targets": sorted({target for target in targets if target is not None})}

    def round_steps(self):
        return [MRStep(mapper=self.step, reducer=self.shortest)]

    def step(self, name, node):
        yield name, node
        if node["path"] is not None:
            self.increment_counter("bfs", "reached")
            for target in node["targets"]:
                yield target, [node["path"][0] + 1, name]

    def shortest(self, name, values):
        node, path = None, None
        for value in values:
            if isinstance(value, dict):
                node = value
            else:
                path = min(value, path or value)
        if path and node["path"] is None:
            node["path"] = path
            self.increment_counter("bfs", "newly reached")
        yield name, node

    def round_args(self, result):
        if not result.counter("bfs", "reached"):
            raise UsageError(f"--source: expected a node that an edge has; got {self.options.source!r}.")
        return []

    def converged(self, result):
        return not result.counter("bfs", "newly reached")

    def finish(self, name, node):
        if node["path"] is not None:
            yield name, dict(zip(("distance", "predecessor"), node["path"]))


if __name__ == "__main__":
    BreadthFirstSearch.run()
