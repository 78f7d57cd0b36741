"""What is to be written: a query's rows, into a file of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bigdata.sql.hive.library import define
from bigdata.sql.tables import Column, Storage

_ROWS = 1 << 16


@dataclass(frozen=True)
class Output:
    """The rows of a query, and the file that they go to.

    :param connection: a connection of DuckDB without an open result
    :param sql: a query whose columns have the DuckDB types of `columns`
    :param properties: of the table and the SerDe together
    :param path: a local file, without the ending that a compression gives it
    :param opened: holds what is to be closed behind the file, so that the connection is free where writing fails
    :param compression: a codec for formats that have no own, by its class or short name
    """

    connection: Any
    sql: str
    columns: tuple[Column, ...]
    storage: Storage
    properties: Mapping[str, str]
    path: str
    opened: ExitStack
    compression: str | None = None

    @property
    def names(self) -> list[str]:
        """What the columns are called in :meth:`rows`: names of columns may come twice, these don't."""
        return [f"c{number}" for number in range(len(self.columns))]

    def rows(self, expressions: Sequence[str]) -> Any:
        """Arrow batches of some SQL over the query's columns, as columns ``r0``, ``r1``, ..."""
        selected = ", ".join(f"{sql} AS r{number}" for number, sql in enumerate(expressions))
        query = f"SELECT {selected} FROM ({self.sql}) AS written({', '.join(self.names)})"
        define(self.connection.cursor(), query, set())
        return self.opened.enter_context(self.connection.sql(query).to_arrow_reader(_ROWS))
