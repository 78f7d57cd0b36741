"""Word count, a script a peer."""
