"""A run's output, its quarantine and its counters, on the side of the driver."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bigdata.engines import rows
from bigdata.engines.base import Counters, Settings
from bigdata.errors import TooManyErrors
from bigdata.formats import AS_WRITTEN, Pair, convert
from bigdata.splits import Split
from bigdata.storage import Committer, disk_errors
from bigdata.tasks import COUNTER_GROUP

_PAST = {"skip": "skipped", "quarantine": "quarantined"}


class Output:
    """Where a run's part files and failed records go, out of sight until :func:`committed` shows them.

    :param staging: the directory that becomes the output
    :param quarantine: the directory that becomes the quarantine, if there is one
    """

    def __init__(self, settings: Settings, staging: str, quarantine: str | None) -> None:
        self._settings = settings
        self.staging = staging
        self.quarantine = quarantine

    def take(self, parts: Sequence[str], read: Callable[[bytes], Pair]) -> None:
        """Put local part files of encoded lines into the output, in its format and under their final names."""
        form = self._settings.output_format
        convert(parts, read, form)
        for number, part in enumerate(parts):
            name = f"part-{number:05d}" if form == "text" else f"part-{number:05d}.{form}"
            with disk_errors(self.staging):
                shutil.move(part if form in AS_WRITTEN else f"{part}.{form}", os.path.join(self.staging, name))

    def judge(
        self, label: str, number: int, sources: Sequence[Split], reports: Sequence[rows.TaskReport], counters: Counters
    ) -> None:
        """Count a stage's failed records, hold them against ``--max-errors``, and put them into the quarantine."""
        failed = [(done, source) for done, source in zip(reports, sources) if done.bad is not None and done.bad.count]
        if not failed:
            return
        count = sum(done.bad.count for done, _ in failed if done.bad)
        total = sum(done.records for done in reports)
        most = self._settings.max_errors
        if most is not None and count > (most * total if isinstance(most, float) else most):
            raise TooManyErrors(
                f"{label}: {count} of {total} records failed, more than --max-errors allows."
                f" The first: {rows.first_bad(*failed[0])}"
            )
        add(counters, {COUNTER_GROUP: {f"records {_PAST[self._settings.on_error]}": count}})
        if self.quarantine is not None:
            path = os.path.join(self.quarantine, f"stage-{number}.json")
            with disk_errors(path), open(path, "w", encoding="utf-8") as sink:
                for done, source in failed:
                    sink.writelines(line + "\n" for line in rows.quarantined(done, source))


@contextmanager
def committed(settings: Settings, output: str) -> Iterator[Output]:
    """The output of a run: all of it in place after the block, or nothing where the block raised.

    :raises OutputExists: when `output` already holds something
    """
    committers = [Committer(output, settings.tmp_dir)]
    try:
        if settings.quarantine:
            committers.append(Committer(settings.quarantine, os.path.join(settings.tmp_dir, "quarantine")))
        yield Output(settings, committers[0].staging, committers[1].staging if settings.quarantine else None)
        for committer in reversed(committers):
            committer.commit()
    except BaseException:
        for committer in committers:
            committer.abort()
        raise


def add(counters: Counters, more: Counters) -> None:
    """Add `more` to `counters`."""
    for group, names in more.items():
        into = counters.setdefault(group, {})
        for name, amount in names.items():
            into[name] = into.get(name, 0) + amount


def shown_bytes(size: int) -> str:
    """A number of bytes for people.

    >>> shown_bytes(999), shown_bytes(1_500_000)
    ('999 bytes', '1.5 MB')
    """
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size = size / 1000  # type: ignore[assignment]
    raise AssertionError("unreachable")
