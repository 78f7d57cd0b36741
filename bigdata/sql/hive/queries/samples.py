"""TABLESAMPLE: a bucket of a table's rows, its first rows, or its first files up to some size.

Source: LanguageManual Sampling; Hive's SemanticAnalyzer (genSamplePredicate), which takes the hash of the table's own
buckets, and CombineHiveInputFormat (sampleSplits), which reads files whole until they exceed the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlglot import exp

from bigdata.errors import SqlSyntaxError, UnsupportedStatement, UsageError
from bigdata.sql.hive import buckets
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.serdes.portion import DataFile, portions
from bigdata.sql.tables import Partition, Table
from bigdata.sql.types import literal

_NUMBER = re.compile(r"\d+(\.\d+)?")
_BYTES = re.compile(r"(\d+)([bkmg])", re.IGNORECASE)
_UNITS = {"b": 0, "k": 10, "m": 20, "g": 30}


def tail(sample: exp.TableSample, table: Table, partitions: Sequence[Partition], expressions: Expressions) -> str:
    """What stands behind the query of a table's rows, so that it gives a sample of them.

    :param partitions: those of the table that are read
    :param expressions: over the table's columns
    :raises UsageError: for a bucket that there can't be, or a table without buckets where it is to say by which columns
    :raises UnsupportedStatement: for a part of a view's bytes
    """
    if sample.args.get("bucket_numerator") is not None:
        return f" WHERE {_bucket(sample, table, expressions)}"
    unit = sample.args["method"].name
    if unit == "ROWS":
        return f" LIMIT {sample.args['size'].name}"
    if table.view is not None:
        raise UnsupportedStatement(f"TABLESAMPLE: {table.name} is a view, which has no bytes. Sample ROWS, or a table.")
    files = [
        file for portion in portions(table, partitions, "", expressions.compiler.settings) for file in portion.files
    ]
    limit = _limit(sample.args["size"].name, unit, sum(file.file.size for file in files))
    names = ", ".join(literal(file.uri) for file in _first(files, limit))
    place = expressions.scope.column("input__file__name")
    assert place is not None
    return f" WHERE {place.sql} IN ({names})" if names else ""


def _bucket(sample: exp.TableSample, table: Table, expressions: Expressions) -> str:
    """The condition of a bucket."""
    bucket, count = (int(sample.args[part].name) for part in ("bucket_numerator", "bucket_denominator"))
    if not 1 <= bucket <= count:
        raise UsageError(f"TABLESAMPLE of {table.name}: there is no bucket {bucket} out of {count}.")
    keys = [expressions.typed(key) for key in sample.args["bucket_field"].expressions]
    if not keys and table.buckets is None:
        raise UsageError(f"{table.name} has no buckets. Write TABLESAMPLE (BUCKET x OUT OF y ON column).")
    if not keys and table.buckets is not None:
        keys = [found for name in table.buckets.columns if (found := expressions.scope.column(name)) is not None]
    return f"{buckets.number(table, keys, count)} = {bucket - 1}"


def _limit(size: str, unit: str, total: int) -> int:
    """How many bytes a sample asks for."""
    if unit == "PERCENT":
        if not _NUMBER.fullmatch(size) or float(size) > 100:
            raise UsageError(f"TABLESAMPLE({size} PERCENT): expected from 0 to 100.")
        return int(total * float(size) / 100)
    found = _BYTES.fullmatch(size)
    if found is None:
        raise SqlSyntaxError(f"TABLESAMPLE({size}): expected n PERCENT, n ROWS, or bytes such as 100M.")
    return int(found[1]) << _UNITS[found[2].lower()]


def _first(files: Sequence[DataFile], limit: int) -> Iterator[DataFile]:
    """The first files, up to the one with which they have more bytes than the limit."""
    size = 0
    for file in files:
        if size > limit:
            return
        yield file
        size += file.file.size
