"""The directory where tasks leave their part files until the run is committed; driver and executors must reach it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from bigdata.errors import UsageError
from bigdata.storage import cat, disk_errors, filesystem_of, is_uri


@contextmanager
def beside(output: str, staging: str, job_id: str) -> Iterator[str]:
    """A directory of the run's own where `output` goes, removed in the end.

    :param staging: the local directory that becomes the output
    """
    root = f"{output.rstrip('/')}/_temporary/{job_id}" if is_uri(output) else os.path.join(staging, "_temporary")
    try:
        yield root
    finally:
        if is_uri(root):
            filesystem, path = filesystem_of(output)
            filesystem.delete_dir(path)  # the commit comes later: there is nothing else in it
        else:
            shutil.rmtree(root, ignore_errors=True)


def make(directory: str) -> None:
    """Make a directory that is a path or a URI."""
    if is_uri(directory):
        filesystem, path = filesystem_of(directory)
        filesystem.create_dir(path, recursive=True)
    else:
        with disk_errors(directory):
            os.makedirs(directory)


def publish(part: str, directory: str, name: str) -> str:
    """Move a task's local part file into the workspace; gives its new place.

    :raises UsageError: on a machine that doesn't reach the workspace
    """
    target = f"{directory}/{name}"
    if is_uri(directory):
        filesystem, path = filesystem_of(target)
        with filesystem.open_output_stream(path) as sink:
            for chunk in cat(part):
                sink.write(chunk)
        return target
    if not os.path.isdir(directory):
        raise UsageError(
            f"an executor doesn't reach {directory}. On a cluster give -o a directory on a filesystem that the"
            " driver and the executors share, or s3://, hdfs://."
        )
    with disk_errors(target):
        shutil.move(part, target)
    return target


def fetched(part: str, staging: str) -> str:
    """The local path of a part file; one that lies elsewhere is copied to `staging`."""
    if not is_uri(part):
        return part
    path = os.path.join(staging, "_" + os.path.basename(part))
    with disk_errors(path), open(path, "wb") as sink:
        for chunk in cat(part):
            sink.write(chunk)
    return path
