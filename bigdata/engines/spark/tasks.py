"""What the tasks of a stage carry with them to an executor, and how they set themselves up there."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType

from pyspark import SparkFiles, TaskContext

from bigdata import attempt
from bigdata.engines.rows import Work
from bigdata.engines.shipping import Shipped
from bigdata.engines.spark import workspace
from bigdata.engines.spark.faults import carried


@dataclass(frozen=True)
class ShippedFile:
    """A file that Spark brings to the executors.

    :param name: how tasks find it in their working directory
    :param sent_as: its name among Spark's files
    :param archive: whether tasks find it unpacked
    """

    name: str
    sent_as: str
    archive: bool

    def path(self) -> str:
        """Where it is on this executor; the first task that needs an archive unpacks it for all."""
        sent = SparkFiles.get(self.sent_as)
        if not self.archive:
            return sent
        unpacked = f"{sent}.unpacked"
        if not os.path.isdir(unpacked):
            own = tempfile.mkdtemp(dir=os.path.dirname(sent))
            attempt.unpack(sent, own)
            try:
                os.rename(own, unpacked)
            except OSError:  # another task was faster
                shutil.rmtree(own)
        return unpacked


@dataclass(frozen=True)
class StageTasks:
    """What all tasks of a stage know.

    :param work: but for its directory and files, which are the executor's
    :param target: where part files go
    """

    shipped: Shipped
    work: Work
    files: tuple[ShippedFile, ...]
    target: str

    @contextmanager
    def here(self) -> Iterator[Work]:
        """The work on this executor, with a directory that goes in the end; errors are made readable for the driver."""
        _fit_for_jobs()
        with carried():
            local = os.environ.get("SPARK_LOCAL_DIRS", tempfile.gettempdir()).split(",")[0]
            directory = tempfile.mkdtemp(prefix="bigdata-", dir=local)
            try:
                files = {file.name: file.path() for file in self.files}
                yield replace(self.work, directory=directory, place=replace(self.work.place, files=files))
            finally:
                shutil.rmtree(directory, ignore_errors=True)

    def publish(self, part: str | None, number: int) -> str:
        """Move a part file to where the driver finds it, under a name of this attempt's own."""
        return workspace.publish(str(part), self.target, f"part-{number:05d}-{task_context().taskAttemptId()}")


def task_context() -> TaskContext:
    """The Spark task that this process runs."""
    context = TaskContext.get()
    assert context is not None
    return context


def _fit_for_jobs() -> None:
    """Make this worker a place where a job may change the working directory and stand for ``__main__``."""
    # an executor finds what Spark brought it by paths that are relative to its own directory
    packages = [path for module in list(sys.modules.values()) if isinstance(path := _path_of(module), list)]
    for paths in (sys.path, *packages):
        paths[:] = [os.path.abspath(path) if path.startswith("./") else path for path in paths]
    # pyspark's daemon, which is __main__ here, still needs its names
    sys.modules["__main__"] = ModuleType("__main__")


def _path_of(module: object) -> object:
    return vars(module).get("__path__") if isinstance(module, ModuleType) else None
