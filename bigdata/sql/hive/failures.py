"""What DuckDB says of a query that failed, as errors of ours."""

from __future__ import annotations

import re

from bigdata.errors import BigdataError, TaskFailed, UsageError

#: what DuckDB makes of an error of ours in a function
_RAISED = re.compile(r"while executing the UDF: (?:\w*(?:Error|Statement|NotFound)): ([^\n]+)")


def failed(error: Exception) -> BigdataError:
    """What DuckDB says of a query, as an error of ours: of how it is put together, or of what it met in the data."""
    import duckdb

    said = str(error).strip().splitlines()[0].partition(" Error: ")[2] or str(error)
    if isinstance(error, (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException)):
        return UsageError(f"the query can't run: {said}")
    if "Map keys can not be NULL" in said:
        return TaskFailed("a key of a map is NULL, which it can't be here. Leave it out, or give coalesce(key, ...).")
    if (raised := _RAISED.search(str(error))) is not None:
        return TaskFailed(raised[1])
    return TaskFailed(f"the query failed: {said}")
