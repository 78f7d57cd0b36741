"""Answers as tables: read from what a peer wrote, and compared with the reference row by row."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

#: how far two floats may be apart, as a share of their size
TOLERANCE = 1e-6
SHOWN = 3

_FILE = "header = false, auto_detect = false, strict_mode = false, quote = '', escape = ''"
#: pairs as jobs of ours write them, by the columns `key` and `value`
PAIRS = rf"""(
    SELECT column0::JSON AS key, column1::JSON AS value
    FROM read_csv($files, columns = {{'column0': 'VARCHAR', 'column1': 'VARCHAR'}}, delim = '\t', {_FILE})
)"""
#: lines of text, by the column `line`
LINES = rf"read_csv($files, columns = {{'line': 'VARCHAR'}}, delim = '\n', {_FILE})"


class WrongAnswer(Exception):
    """A peer's answer differs from the reference."""


def rows(**columns: str) -> str:
    """Give the SQL of a table whose fields are separated by tabs, from the columns and their types.

    >>> "{'word': 'VARCHAR'}" in rows(word="VARCHAR")
    True
    """
    return rf"(SELECT * FROM read_csv($files, columns = {columns}, delim = '\t', {_FILE}))"


def query(sql: str) -> Callable[[Path], pa.Table]:
    """Give a function that reads an answer by a query over its `$files`."""

    def read(output: Path) -> pa.Table:
        files = [str(path) for path in part_files(output)]
        if not files:
            raise WrongAnswer(f"{output.name} holds no file")
        with duckdb.connect(config={"threads": 2}) as connection:
            return connection.sql(sql, params={"files": files}).to_arrow_table()

    return read


def part_files(output: Path) -> list[Path]:
    """Name the files of an answer in order: itself, or the part files of a folder."""
    if not output.is_dir():
        return [output] if output.exists() else []
    return sorted(path for path in output.iterdir() if path.name[0] not in "._" and path.stat().st_size)


def compare(name: str, answer: pa.Table, reference: pa.Table) -> None:
    """Hold an answer against the reference, whatever the order of its rows, and name the first rows that differ.

    >>> compare("ours", pa.table({"x": [2.0, 1.0]}), pa.table({"x": [1.0, 2.0000001]}))
    >>> compare("ours", pa.table({"x": [1, 2]}), pa.table({"x": [1, 3]}))
    Traceback (most recent call last):
        ...
    benchmarks.answers.WrongAnswer: ours: 1 of 2 rows differ from the reference; the first: {'x': 2} for {'x': 3}
    """
    answer, reference = canonical(answer, reference.schema), canonical(reference, reference.schema)
    if len(answer) != len(reference):
        raise WrongAnswer(f"{name}: expected {len(reference):,} rows; got {len(answer):,}")
    wrong = np.zeros(len(reference), dtype=bool)
    for column in reference.column_names:
        wrong |= differing(answer[column], reference[column])
    if wrong.any():
        first = np.flatnonzero(wrong)[:SHOWN]
        shown = ", ".join(
            f"{got} for {expected}"
            for got, expected in zip(answer.take(first).to_pylist(), reference.take(first).to_pylist(), strict=True)
        )
        raise WrongAnswer(
            f"{name}: {wrong.sum():,} of {len(wrong):,} rows differ from the reference; the first: {shown}"
        )


def canonical(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a table with the columns of the schema and its rows in order, floats last: they are only nearly equal."""
    table = table.select(schema.names).cast(schema)
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    exact = [name for name in schema.names if name not in floats]
    return table.sort_by([(name, "ascending") for name in [*exact, *floats]])


def differing(answer: pa.ChunkedArray, reference: pa.ChunkedArray) -> Any:
    """Say for each row whether two columns differ there."""
    if pa.types.is_floating(reference.type):
        return ~np.isclose(answer.to_numpy(), reference.to_numpy(), rtol=TOLERANCE, atol=0, equal_nan=True)
    if answer.equals(reference):
        return False
    return np.array([a != b for a, b in zip(answer.to_pylist(), reference.to_pylist(), strict=True)])
