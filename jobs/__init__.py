"""The field's classic jobs, one a file, each runnable: ``python -m jobs.NAME input``."""
