"""Progress: a bar on a terminal, a line now and then in a log, nothing for a job that is quick."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

log = logging.getLogger("mrjob.bigdata")
_DELAY = 1.0
_LOG_EVERY = 10.0


class Progress:
    """Counts bytes or tasks done; see :func:`progress`."""

    def __init__(self, label: str, total: int, unit: str, bar: Any) -> None:
        self._label, self._total, self._unit, self._bar = label, total, unit, bar
        self._done = 0
        self._spoke = time.monotonic()

    def __call__(self, amount: int) -> None:
        """Count up."""
        self._done += amount
        if self._bar is not None:
            self._bar.update(amount)
        elif time.monotonic() - self._spoke > _LOG_EVERY:
            self._spoke = time.monotonic()
            log.info("%s: %d%%", self._label, 100 * self._done // max(self._total, 1))


@contextmanager
def progress(label: str, total: int, unit: str = "B") -> Iterator[Progress]:
    """Show how far a phase is, in bytes (``B``) or tasks, while the block runs; silent under ``--quiet``."""
    bar = None
    if sys.stderr is not None and sys.stderr.isatty() and log.isEnabledFor(logging.INFO):
        from tqdm import tqdm

        bar = tqdm(
            total=total, desc=label, unit=unit, unit_scale=unit == "B", delay=_DELAY, leave=False, dynamic_ncols=True
        )
    try:
        yield Progress(label, total, unit, bar)
    finally:
        if bar is not None:
            bar.close()
