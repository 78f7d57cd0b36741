"""The folders of databases, tables and partitions, changed with the catalog: if a statement fails, they are as before.

What is made is removed and what is moved is moved back; what is to be removed goes when the catalog has forgotten it.
"""

from __future__ import annotations

import os
from functools import partial

from bigdata.sql import folders
from bigdata.sql.hive.context import Context
from bigdata.storage import is_uri, local


def located(path: str | None) -> str | None:
    """A LOCATION as the catalog keeps it: a URI as it is, a local path absolute.

    >>> located("s3://bucket/logs"), located("file:///data/logs/")
    ('s3://bucket/logs', '/data/logs')
    """
    if path is None or is_uri(path):
        return path
    return os.path.abspath("/" + local(path).lstrip("/") if path.startswith("file:") else path)


def make(context: Context, path: str) -> None:
    """Make a folder, if it is local: stores of objects have none."""
    if not is_uri(path) and not folders.exists(path):
        context.catalog.on_rollback(partial(folders.remove, path))
        folders.make(path)


def move(context: Context, source: str, target: str) -> None:
    """Give a folder another place, if it is there."""
    if folders.exists(source):
        folders.move(source, target)
        context.catalog.on_rollback(partial(folders.move, target, source))


def remove(context: Context, path: str) -> None:
    """Remove a folder."""
    context.catalog.on_commit(partial(folders.remove, path))


def remove_if_empty(context: Context, path: str) -> None:
    """Remove a folder if no file is left in it then: those of external tables stay."""

    def work() -> None:
        if not folders.usage(path).files:
            folders.remove(path)

    context.catalog.on_commit(work)


def empty(context: Context, path: str) -> None:
    """Remove what a folder holds."""

    def work() -> None:
        folders.remove(path)
        if not is_uri(path):
            folders.make(path)

    context.catalog.on_commit(work)
