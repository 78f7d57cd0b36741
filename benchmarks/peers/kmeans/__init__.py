"""Lloyd's algorithm from given centres, a script a peer."""
