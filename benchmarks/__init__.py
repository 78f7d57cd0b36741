"""Benchmarks: one module a subject, run by `python -m benchmarks SUBJECT`; see README.md for the method."""
