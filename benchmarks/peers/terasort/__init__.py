"""Sorting lines, a script a peer."""
