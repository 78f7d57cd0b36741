"""How ``--memory-limit`` is shared among the processes of a run."""

from __future__ import annotations

import os
from dataclasses import dataclass

from bigdata.errors import MemoryLimit

# Resident bytes of a process that has imported mrjob, pyarrow and duckdb and done a little work; measured on
# Linux x86-64 with Python 3.11, pyarrow 26 and duckdb 2.0, with some room for what allocators keep.
_PARENT = 110 << 20
_WORKER = 170 << 20
#: a worker is worth its own cost when this much is left to it; less than the second is too little for anyone
_GOOD = 128 << 20
_LEAST = 64 << 20


@dataclass(frozen=True)
class Memory:
    """The memory of a run.

    :param workers: how many worker processes fit, at most as many as were wanted; 0 is none, tasks run in the parent
    :param share: bytes that each process may use for records, beyond what it costs to be there
    """

    workers: int
    share: int


def shared(limit: int | None, workers: int) -> Memory:
    """Share `limit` bytes (``None``: half of the machine's) among the parent and at most `workers` workers.

    :raises MemoryLimit: for a limit that not even one process fits under

    >>> shared(2 << 30, 2).workers, shared(512 << 20, 2).workers
    (2, 0)
    """
    limit = physical() // 2 if limit is None else limit
    for count in range(workers, 1, -1):
        share = (limit - _PARENT) // count - _WORKER
        if share >= _GOOD:
            return Memory(count, share)
    if limit < _WORKER + _LEAST:
        raise MemoryLimit(
            f"--memory-limit {limit >> 20} MiB is too small for Python and DuckDB:"
            f" give at least {(_WORKER + _LEAST) >> 20} MiB."
        )
    return Memory(0, limit - _WORKER)


def physical() -> int:
    """The machine's memory in bytes; a cgroup's limit (a container's) if that is less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        with open("/sys/fs/cgroup/memory.max") as limit:
            text = limit.read().strip()
    except OSError:
        return total
    return min(total, int(text)) if text.isdigit() else total
