"""PageRank, a script a peer."""
