"""The terms that are most frequent in documents, a script a peer."""
