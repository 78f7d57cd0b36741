"""DuckDB connections with the run's limits, and DuckDB's own errors said in ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bigdata.errors import DiskFull, MemoryLimit


@contextmanager
def connect(temp_directory: str, memory: int, threads: int) -> Iterator[Any]:
    """A private in-memory database that spills to `temp_directory` beyond `memory` bytes.

    :raises MemoryLimit: when an operator needs more memory than that and can't spill
    :raises DiskFull: when the spill finds no space
    """
    import duckdb

    os.makedirs(temp_directory, exist_ok=True)
    settings = {
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
    except duckdb.OutOfMemoryException as error:
        text = str(error).splitlines()[0]
        if "temp directory" in text.lower() or "disk" in text.lower():
            raise DiskFull(
                f"no space left for spills in {temp_directory}. Set --local-tmp-dir to a larger disk."
            ) from None
        raise MemoryLimit(f"DuckDB ran out of memory: {text}. Give more with --memory-limit.") from None
    except duckdb.IOException as error:
        if "No space left" in str(error):
            raise DiskFull(
                f"no space left for spills in {temp_directory}. Set --local-tmp-dir to a larger disk."
            ) from None
        raise
    finally:
        connection.close()
