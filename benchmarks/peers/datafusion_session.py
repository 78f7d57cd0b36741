"""The DataFusion session of each peer: two partitions, which run on two threads."""

from typing import Any

import pyarrow as pa
from datafusion import CsvReadOptions, SessionConfig, SessionContext

# characters that the inputs don't have, so that they delimit and quote nothing
NONE, NO_QUOTE = "\x01", "\x02"


def session() -> SessionContext:
    """Give a context for two threads."""
    return SessionContext(SessionConfig().with_target_partitions(2))


def register_lines(context: SessionContext, path: str) -> None:
    """Let a text file be the table `lines` with the column `line`."""
    schema = pa.schema([("line", pa.string())])
    register(context, "lines", path, schema, delimiter=NONE, quote=NO_QUOTE)


def register(context: SessionContext, name: str, path: str, schema: pa.Schema, **options: Any) -> None:
    """Let a file of values without a header be a table."""
    extension = path[path.rindex(".") :]
    context.register_csv(
        name, path, options=CsvReadOptions(has_header=False, schema=schema, file_extension=extension, **options)
    )


def write(context: SessionContext, query: str, output: str) -> None:
    """Run a query and write its rows into a folder, fields separated by tabs."""
    options = r"'format.has_header' 'false', 'format.delimiter' E'\t'"
    context.sql(f"COPY ({query}) TO '{output}/' STORED AS CSV OPTIONS ({options})").collect()
