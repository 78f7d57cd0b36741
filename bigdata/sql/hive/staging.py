"""Files on their way to where they belong: written out of sight, put in place in one transaction.

OVERWRITE takes the old files away only then, and brings them back if the transaction fails. Files in buckets are
uploaded one by one; what was there before is deleted last.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bigdata.sql.catalog import Catalog
from bigdata.storage import filesystem_of, is_uri, local

STAGING = ".hive-staging_"


@contextmanager
def staging(place: str) -> Iterator[str]:
    """A local folder for files on their way, on the disk where they are to be if that is local."""
    if is_uri(place):
        with tempfile.TemporaryDirectory(prefix=STAGING) as folder:
            yield folder
        return
    parent = os.path.dirname(os.path.abspath(local(place)))
    made = _first_missing(parent)
    os.makedirs(parent, exist_ok=True)
    folder = os.path.join(parent, f"{STAGING}{uuid.uuid4().hex[:8]}")
    os.makedirs(folder)
    try:
        yield folder
    except BaseException:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _first_missing(path: str) -> str | None:
    """The topmost folder of a path that isn't there."""
    missing = None
    while path and not os.path.exists(path):
        missing, path = path, os.path.dirname(path)
    return missing


def put(folder: str, place: str, overwrite: bool, catalog: Catalog) -> None:
    """Move the files of a folder to where they belong, within a transaction: if it fails, all is as it was.

    :param overwrite: take away what is there; else files of the same name get another
    """
    if is_uri(place):
        _upload(folder, place, overwrite)
        return
    place = local(place)
    os.makedirs(place, exist_ok=True)
    taken = [name for name in os.listdir(place) if name[0] not in "._" and os.path.isfile(os.path.join(place, name))]
    if overwrite and taken:
        old = os.path.join(place, f"{STAGING}{uuid.uuid4().hex[:8]}")
        os.makedirs(old)
        catalog.on_commit(lambda: shutil.rmtree(old))
        catalog.on_rollback(lambda: os.rmdir(old))
        for name in taken:
            _move(os.path.join(place, name), os.path.join(old, name), catalog)
        taken = []
    for name in sorted(os.listdir(folder)):
        _move(os.path.join(folder, name), os.path.join(place, free(name, taken.__contains__)), catalog)


def _move(source: str, target: str, catalog: Catalog) -> None:
    os.replace(source, target)
    catalog.on_rollback(lambda: os.replace(target, source))


def free(name: str, is_taken: Callable[[str], bool]) -> str:
    """A file's name, or the first of ``name_copy_1``, ``name_copy_2``, ... that is free: as Hive names more files."""
    stem, dot, ending = name.partition(".")
    number, found = 0, name
    while is_taken(found):
        number += 1
        found = f"{stem}_copy_{number}{dot}{ending}"
    return found


def _upload(folder: str, place: str, overwrite: bool) -> None:
    from pyarrow.fs import FileSelector, FileType

    filesystem, inside = filesystem_of(place)
    filesystem.create_dir(inside, recursive=True)
    infos = filesystem.get_file_info(FileSelector(inside, allow_not_found=True))
    taken = [info.base_name for info in infos if info.type == FileType.File and info.base_name[0] not in "._"]
    names = [free(name, ([] if overwrite else taken).__contains__) for name in sorted(os.listdir(folder))]
    for source, name in zip(sorted(os.listdir(folder)), names):
        with (
            filesystem.open_output_stream(f"{inside}/{name}") as sink,
            open(os.path.join(folder, source), "rb") as file,
        ):
            shutil.copyfileobj(file, sink)
    for name in set(taken) - set(names) if overwrite else ():
        filesystem.delete_file(f"{inside}/{name}")
