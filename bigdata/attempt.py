"""Where an attempt at a task runs: its working directory, environment and standard streams, as Hadoop gives them."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from mrjob.compat import translate_jobconf_for_all_versions

from bigdata.inputs import VARIABLE, file_uri
from bigdata.tasks import Reporter


@dataclass(frozen=True)
class Place:
    """What an attempt finds around it.

    :param job_id: the run's name
    :param role: ``mapper``, ``combiner`` or ``reducer``
    :param stage: the stage's number
    :param task: the task's number in its stage and role
    :param attempt: counted from 0
    :param directory: its working directory, made for it and removed after it
    :param files: name to path, linked into the working directory
    :param jobconf: the step's jobconf, in the environment with underscores for dots
    :param cmdenv: the user's environment variables
    :param input: for a map task on a file: its path, start and length in bytes, and the name of its input
    """

    job_id: str
    role: str
    stage: int
    task: int
    directory: str
    attempt: int = 0
    files: dict[str, str] = field(default_factory=dict)
    jobconf: dict[str, Any] = field(default_factory=dict)
    cmdenv: dict[str, str] = field(default_factory=dict)
    input: tuple[Any, ...] = ()

    def environment(self) -> dict[str, str]:
        """The variables that Hadoop Streaming would set, under the names of Hadoop 1 and 2, as mrjob's runners do."""
        number = f"{self.stage:04d}{self.task}"
        facts = {
            "mapreduce.job.id": self.job_id,
            "mapreduce.task.id": f"task_{self.job_id}_{self.role}_{number}",
            "mapreduce.task.attempt.id": f"attempt_{self.job_id}_{self.role}_{number}_{self.attempt}",
            "mapreduce.task.ismap": str(self.role == "mapper").lower(),
            "mapreduce.task.partition": str(self.task),
            "mapreduce.job.local.dir": self.directory,
            "mapreduce.job.cache.files": ",".join(f"{path}#{name}" for name, path in sorted(self.files.items())),
        }
        if self.input:
            path, start, length, source = self.input
            facts[VARIABLE] = source
            facts["mapreduce.map.input.file"] = file_uri(path)
            facts["mapreduce.map.input.start"] = str(start)
            facts["mapreduce.map.input.length"] = str(length)
        variables = {name.replace(".", "_"): str(value) for name, value in self.jobconf.items()}
        for name, value in facts.items():
            for known in translate_jobconf_for_all_versions(name):
                variables[known.replace(".", "_")] = value
        return {**variables, **self.cmdenv}


@contextlib.contextmanager
def at(place: Place) -> Iterator[Reporter]:
    """Run a task at `place`; gives its :class:`~bigdata.tasks.Reporter`.

    Prints go to stderr, so that they can't end up in the output; everything is put back afterwards.
    """
    os.makedirs(place.directory, exist_ok=True)
    for name, path in place.files.items():
        os.symlink(path, os.path.join(place.directory, name))
    environment, directory, search_path = dict(os.environ), os.getcwd(), list(sys.path)
    streams = sys.stdin, sys.stdout, sys.stderr
    reporter = Reporter(getattr(sys.stderr, "buffer", None))
    text = io.TextIOWrapper(cast("Any", reporter), "utf-8", "backslashreplace", write_through=True)
    try:
        os.environ.update(place.environment())
        os.chdir(place.directory)
        sys.path.insert(0, place.directory)
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), text, text
        yield reporter
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        reporter.finish()
        text.detach()
        sys.path[:] = search_path
        os.chdir(directory)
        os.environ.clear()
        os.environ.update(environment)
        shutil.rmtree(place.directory, ignore_errors=True)


def unpack(archive: str, directory: str) -> None:
    """Unpack a .zip or .tar(.*) archive for tasks to find; nothing in it may land outside `directory`."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as members:
            members.extractall(directory)
    else:
        with tarfile.open(archive) as members:
            if hasattr(tarfile, "data_filter"):
                members.extractall(directory, filter="data")
            else:
                members.extractall(directory)
