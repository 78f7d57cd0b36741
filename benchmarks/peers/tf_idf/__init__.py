"""Weights of the terms of documents, a script a peer."""
