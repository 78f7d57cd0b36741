"""What statements give: rows with names and types, as Python values, Arrow, or the lines that a command line prints."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any

from bigdata.sql.hive import printing
from bigdata.sql.hive.context import Answer
from bigdata.sql.tables import Column
from bigdata.sql.types import STRING
from bigdata.storage import disk_errors

#: bytes of a statement's rows
IN_MEMORY = 256 << 20
#: rows of a batch
_ROWS = 1 << 16


@dataclass(frozen=True)
class Result:
    """The rows of one statement.

    :param columns: names and types; there are none where a statement gives no rows
    :param table: the rows as a ``pyarrow.Table``
    :param tables: the names of tables that columns have in a header, empty where they have none
    """

    columns: Sequence[Column]
    table: Any
    tables: Sequence[str] = ()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for batch in self.table.to_batches():
            yield from zip(*(column.to_pylist() for column in batch.columns))

    def lines(self) -> Iterator[str]:
        """The rows as Hive's command line prints them."""
        return printing.lines(self.table, [column.type for column in self.columns])

    @property
    def header(self) -> str:
        """The names of the columns, as ``hive.cli.print.header`` prints them."""
        pairs = zip_longest(self.tables, self.columns)
        return "\t".join(f"{table}.{column.name}" if table else column.name for table, column in pairs)


def held(query: Any) -> Any:
    """The rows of a query of DuckDB's as a ``pyarrow.Table``, which is a mapped file where they take much memory.

    :raises duckdb.Error: where the query fails on the way
    """
    import pyarrow

    batches: list[Any] = []
    size = 0
    rows = query.to_arrow_reader(_ROWS)
    stream = _failing_as_queries_do(rows)
    for batch in stream:
        batches.append(batch)
        size += batch.nbytes
        if size > IN_MEMORY:
            return _mapped(rows.schema, chain(batches, stream))
    return pyarrow.Table.from_batches(batches, rows.schema)


def _failing_as_queries_do(rows: Any) -> Iterator[Any]:
    import duckdb

    try:
        yield from rows
    except OSError as error:  # what Arrow makes of DuckDB's
        raise duckdb.DataError(str(error)) from None


def _mapped(schema: Any, batches: Iterator[Any]) -> Any:
    """Record batches in a file without a name, which is there for as long as they are."""
    import pyarrow

    with disk_errors(tempfile.gettempdir()), tempfile.NamedTemporaryFile(prefix="bigdata-rows-") as file:
        with pyarrow.ipc.new_file(file, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        file.flush()
        return pyarrow.ipc.open_file(pyarrow.memory_map(file.name)).read_all()


def of_answer(answer: Answer | None) -> Result | None:
    """What a statement says in rows of text; ``None`` for nothing."""
    import pyarrow

    if answer is None or not answer.names:
        return None
    rows = list(zip(*answer.rows)) or [()] * len(answer.names)
    arrays = [_texts(values) for values in rows]
    table = pyarrow.Table.from_arrays(arrays, names=[str(number) for number in range(len(arrays))])
    return Result([Column(name, STRING) for name in answer.names], table)


def _texts(values: Sequence[str | None]) -> Any:
    """An Arrow array of texts; ``pyarrow.array`` would import pandas, wherever it is installed."""
    from pyarrow.lib import StringBuilder

    builder = StringBuilder()
    builder.append_values(values)
    return builder.finish()


@dataclass(frozen=True)
class Results:
    """The rows of a script's statements; iterate it for those of the last one that gives rows.

    :param each: what each statement gave, without those that give nothing
    """

    each: Sequence[Result]

    @cached_property
    def _last(self) -> Result | None:
        return self.each[-1] if self.each else None

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(()) if self._last is None else iter(self._last)

    def to_arrow(self) -> Any:
        """The rows of the last statement that gives any, as a ``pyarrow.Table``."""
        import pyarrow

        return pyarrow.table({}) if self._last is None else self._last.table

    @property
    def columns(self) -> Sequence[Column]:
        """Names and types of the last statement's columns."""
        return () if self._last is None else self._last.columns

    def lines(self) -> Iterator[str]:
        """The rows of all statements as Hive's command line prints them."""
        return (line for result in self.each for line in result.lines())
