"""Run a command as a whole process: its wall time, or the peak memory of its tree of processes.

pyperf measures one process, and its memory figure is the largest single process of a run; a word count here is up to
a dozen processes. So this module runs the command, and pyperf keeps the figures (`pyperf.Run`, `pyperf.Benchmark`).
"""

import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
SAMPLE_SECONDS = 0.05
LOG_TAIL = 2000


class CommandFailed(Exception):
    """A measured command ended with an error; the message holds the end of its log."""


@dataclass(frozen=True)
class Usage:
    """What one run took: wall seconds, and the peak bytes of its process tree (0 where they weren't sampled)."""

    seconds: float
    peak_memory: int


def proportional_set_size(process: psutil.Process) -> int:
    """Give the bytes of a process, a page shared by n processes as one n-th; its resident set where there is no PSS."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:  # It has just ended.
        return 0
    return int(getattr(memory, "pss", memory.rss))


def tree_memory(root: psutil.Process) -> int:
    """Give the bytes that a process and all its descendants hold now."""
    try:
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(map(proportional_set_size, tree))


def run(command: Sequence[str], sample_memory: bool = False) -> Usage:
    """Run a command in the repository's root to its end.

    Sampling its memory disturbs its time, so take the two figures from different runs.

    >>> import sys
    >>> usage = run([sys.executable, "-c", "import time; x = b'x' * 50_000_000; time.sleep(0.5)"], sample_memory=True)
    >>> usage.peak_memory > 50_000_000
    True
    """
    peak = 0
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        ) as process:
            if sample_memory:
                root = psutil.Process(process.pid)
                while process.poll() is None:
                    peak = max(peak, tree_memory(root))
                    time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - start
        if process.returncode:
            log.seek(0)
            tail = log.read().decode(errors="replace")[-LOG_TAIL:]
            raise CommandFailed(f"exit code {process.returncode} from: {' '.join(command)}\n{tail}")
    return Usage(seconds, peak)
