"""DuckDB connections with the run's limits, and DuckDB's own errors said in ours."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bigdata.errors import DiskFull, MemoryLimit


@contextmanager
def connect(temp_directory: str, memory: int, threads: int, failures: Sequence[BaseException] = ()) -> Iterator[Any]:
    """A private in-memory database that spills to `temp_directory` beyond `memory` bytes.

    :param failures: what :func:`noted` has caught in the streams that the database reads
    :raises MemoryLimit: when an operator needs more memory than that and can't spill
    :raises DiskFull: when the spill finds no space
    """
    import duckdb

    os.makedirs(temp_directory, exist_ok=True)
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{max(memory >> 20, 16)}MiB",
        "temp_directory": temp_directory,
        "threads": threads,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    except Exception as error:
        raise (failures[0] if failures else _said(error, temp_directory)) from None
    finally:
        connection.close()


def _said(error: Exception, temp_directory: str) -> BaseException:
    """DuckDB's error as one of ours, where it is one that users bring about."""
    import duckdb

    text = str(error).partition("\n")[0]
    is_memory = isinstance(error, duckdb.OutOfMemoryException)
    if "No space left" in text or (is_memory and re.search("temp directory|disk|offload", text.lower())):
        return DiskFull(f"no space left for spills in {temp_directory}. Set --local-tmp-dir to a larger disk.")
    if is_memory:
        return MemoryLimit(f"DuckDB ran out of memory: {text}. Give more with --memory-limit.")
    if text == "Query interrupted":  # a signal came, and its handler raised
        return KeyboardInterrupt()
    return error


def noted(batches: Iterable[Any], failures: list[BaseException]) -> Iterator[Any]:
    """`batches`, noting what they raise, because DuckDB makes an error of its own of it."""
    try:
        yield from batches
    except BaseException as error:
        failures.append(error)
        raise
