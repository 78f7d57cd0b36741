"""Seeded data sets: each a module of this package, found by its name and loaded when it is asked for.

A generator yields the bytes of its files chunk by chunk, so that a data set may be larger than memory. The bytes depend
on the number of rows and the seed, and on nothing else.
"""

from __future__ import annotations

import os
import tempfile
from importlib import import_module
from typing import TYPE_CHECKING

from bigdata.errors import UsageError
from bigdata.storage import Committer, disk_errors

if TYPE_CHECKING:
    from bigdata.generators.dataset import DataSet

NAMES = (
    "text",
    "access-logs",
    "cloudfront",
    "rankings",
    "uservisits",
    "hits",
    "tickit",
    "wild-rydes",
    "graph",
    "points",
    "baskets",
    "tera",
)


def load(name: str) -> DataSet:
    """The data set called `name`.

    :raises UsageError: for a name that isn't in :data:`NAMES`

    >>> load("access-logs").files
    {'access.log': 'host - user [time] "request" status bytes "referer" "user agent"'}
    """
    if name not in NAMES:
        raise UsageError(f"no data set is called {name!r}. Choose one of {', '.join(NAMES)}.")
    dataset: DataSet = import_module(f"bigdata.generators.{name.replace('-', '_')}").DATASET
    return dataset


def write(dataset: DataSet, rows: int, seed: int, output: str) -> None:
    """Write a data set's files; the directory appears under its name when they are complete.

    :param output: a new directory, or a URI of one
    :raises OutputExists: when it already holds something
    :raises DiskFull: when no space is left
    """
    with tempfile.TemporaryDirectory(prefix="bigdata-") as tmp_dir:
        committer = Committer(output, tmp_dir)
        try:
            for name, chunk in dataset.chunks(rows, seed):
                with disk_errors(committer.staging), open(os.path.join(committer.staging, name), "ab") as file:
                    file.write(chunk)
            committer.commit()
        except BaseException:
            committer.abort()
            raise
