"""Rank the nodes of a directed graph by PageRank.

A node's rank is (1 - d) / N, and d times what comes to it: each node shares its rank among its targets, and those
without targets share theirs among all N. The input is an edge list of SNAP's; an edge given twice counts once, a loop
counts as any edge.

Start: each node with its targets, and rank 1; ranks are times N until the finish. Round, map: a node to itself, and its
share of rank to each target; reduce: the new rank. Counters give N, the rank of nodes without targets and the sum of
all changes to the next round, the ranks in units of 10**-12: counters are whole numbers.
Converges when the sum of all changes is at most the tolerance.
Source: Page, Brin, Motwani and Winograd, "The PageRank Citation Ranking" (1999); Lin and Dyer, "Data-Intensive Text
Processing with MapReduce" (2010), section 5.3.
Output: node, rank; the ranks sum to 1. The targets of a node must fit in memory.
"""

from bigdata import EdgeList, IterativeJob, MRStep, share


class PageRank(IterativeJob):
    RECORDS = EdgeList()
    UNIT = 10**12

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--damping", type=share, default=0.85, help="How much of its rank a node hands on (0.85)")
        self.add_passthru_arg("--tolerance", type=float, default=1e-6, help="When the ranks have settled (1e-6)")
        self.add_passthru_arg("--nodes", type=int, default=0, help="Set by each round for the next")
        self.add_passthru_arg("--idle", type=int, default=0, help="Set by each round for the next")

    def start_steps(self):
        return [MRStep(mapper=self.edge, reducer=self.node)]

    def edge(self, _, edge):
        yield edge["source"], edge["target"]
        yield edge["target"], None

    def node(self, name, targets):
        yield self.ranked(name, 1.0, 0.0, sorted({target for target in targets if target is not None}))

    def ranked(self, name, rank, change, targets):
        self.increment_counter("rank", "nodes")
        self.increment_counter("rank", "change", round(change * self.UNIT))
        self.increment_counter("rank", "idle", 0 if targets else round(rank * self.UNIT))
        return name, {"rank": rank, "targets": targets}

    def round_steps(self):
        return [MRStep(mapper=self.share, reducer=self.rank)]

    def share(self, name, node):
        yield name, node
        for target in node["targets"]:
            yield target, node["rank"] / len(node["targets"])

    def rank(self, name, values):
        incoming, node = self.options.idle / self.UNIT / self.options.nodes, None
        for value in values:
            if isinstance(value, dict):
                node = value
            else:
                incoming += value
        rank = 1 - self.options.damping + self.options.damping * incoming
        yield self.ranked(name, rank, abs(rank - node["rank"]), node["targets"])

    def round_args(self, result):
        return [f"--{name}={result.counter('rank', name)}" for name in ("nodes", "idle")]

    def converged(self, result):
        return result.counter("rank", "change") <= self.options.tolerance * self.UNIT * result.counter("rank", "nodes")

    def finish(self, name, node):
        yield name, node["rank"] / self.options.nodes


if __name__ == "__main__":
    PageRank.run()
