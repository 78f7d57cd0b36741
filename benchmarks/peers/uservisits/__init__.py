"""Revenue by the beginning of the address, a script a peer."""
