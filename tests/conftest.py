"""Imports bigdata before any test imports mrjob, which newer Pythons need."""

import bigdata  # noqa: F401
