"""Postings of each word, a script a peer."""
