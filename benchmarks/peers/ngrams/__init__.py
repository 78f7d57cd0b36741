"""Pairs of words that follow one another, a script a peer."""
