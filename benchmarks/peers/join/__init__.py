"""Visits joined with the pages that they visit, a script a peer."""
