"""Rank nodes with networkx's pagerank, which is scipy underneath: `TOLERANCE INPUT OUTPUT`.

networkx stops when the sum of all changes is below its tolerance times the number of nodes.
"""

import sys

import networkx as nx

if __name__ == "__main__":
    tolerance, source, output = float(sys.argv[1]), *sys.argv[2:]
    graph = nx.read_edgelist(source, delimiter="\t", create_using=nx.DiGraph)
    ranks = nx.pagerank(graph, alpha=0.85, tol=tolerance / len(graph))
    with open(output, "w") as file:
        file.writelines(f"{node}\t{rank!r}\n" for node, rank in ranks.items())
