"""Rank the nodes of a directed graph by PageRank.

A node's rank is (1 - d) / N, and d times what comes to it: each node shares its rank among its targets, and those
without targets share theirs among all. Rounds go on until the ranks change by less than the tolerance in sum.

Start: the targets of each node, and the number of nodes N. Round, map: a node to itself with its targets, and its share
of rank to each target; reduce: the new rank. The rank of nodes without targets, and what has changed, are counters, in
units of 10**-12: counters are whole numbers, and they steer.
Source: Page, Brin, Motwani, Winograd, "The PageRank Citation Ranking" (1999); Lin and Dyer, "Data-Intensive Text
Processing with MapReduce" (2010), section 5.3.
Output: node, rank; the ranks sum to 1.
"""

from bigdata import IterativeJob, MRStep

UNIT = 10**12


class PageRank(IterativeJob):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--damping", type=float, default=0.85, help="How much of its rank a node hands on (0.85)")
        self.add_passthru_arg("--tolerance", type=float, default=1e-6, help="When the ranks have settled (1e-6)")
        self.add_passthru_arg("--nodes", type=int, default=0, help="Set by each round for the next")
        self.add_passthru_arg("--idle", type=float, default=0.0, help="Set by each round for the next")

    def start_steps(self):
        return [MRStep(mapper=self.edge, reducer=self.node)]

    def edge(self, _, line):
        if line.strip() and not line.startswith("#"):
            source, target = line.split()
            yield source, target
            yield target, None

    def node(self, name, targets):
        # ranks are times N until the finish, so that N needn't be known
        targets = sorted({target for target in targets if target not in (None, name)})
        self.tell(1.0, 0.0, targets)
        yield name, {"rank": 1.0, "targets": targets}

    def round_steps(self):
        return [MRStep(mapper=self.share, reducer=self.rank)]

    def share(self, name, node):
        yield name, node
        for target in node["targets"]:
            yield target, node["rank"] / len(node["targets"])

    def rank(self, name, values):
        coming, node = 0.0, None
        for value in values:
            if isinstance(value, dict):
                node = value
            else:
                coming += value
        damping, options = self.options.damping, self.options
        rank = 1 - damping + damping * (coming + options.idle / options.nodes)
        self.tell(rank, abs(rank - node["rank"]), node["targets"])
        yield name, {"rank": rank, "targets": node["targets"]}

    def tell(self, rank, change, targets):
        self.increment_counter("pagerank", "nodes")
        self.increment_counter("pagerank", "change", round(change * UNIT))
        if not targets:
            self.increment_counter("pagerank", "idle", round(rank * UNIT))

    def round_args(self, result):
        counters = result.counters[-1].get("pagerank", {})
        return ["--nodes", str(counters.get("nodes", 0)), "--idle", repr(counters.get("idle", 0) / UNIT)]

    def converged(self, result):
        counters = result.counters[-1].get("pagerank", {})
        return counters.get("change", 0) <= self.options.tolerance * counters.get("nodes", 0) * UNIT

    def finish_steps(self):
        return [MRStep(mapper=self.share_of_all)]

    def share_of_all(self, name, node):
        yield name, node["rank"] / self.options.nodes


if __name__ == "__main__":
    PageRank.run()
