"""SQL in the dialects of the big data world, run on DuckDB or Spark: see :class:`bigdata.sql.session.Session`."""
