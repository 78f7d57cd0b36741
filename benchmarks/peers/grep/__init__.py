"""Lines that hold a text, a script a peer."""
