"""The folders of tables and partitions, local or remote: making, moving and removing them.

What a folder holds is read by :mod:`bigdata.storage`; here whole folders are handled, as DDL does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from bigdata.errors import BigdataError
from bigdata.sql import places
from bigdata.sql.places import Place
from bigdata.storage import disk_errors, filesystem_of, is_uri, local


@dataclass(frozen=True)
class Usage:
    """What a folder holds: visible files and their bytes, and when one changed last, in seconds since 1970."""

    files: int = 0
    size: int = 0
    largest: int = 0
    smallest: int = 0
    changed: int = 0


def exists(path: str) -> bool:
    """Whether there is a folder."""
    return Place.at(path).is_folder if is_uri(path) else os.path.isdir(local(path))


def make(path: str) -> None:
    """Make a folder, and those above it; it may be there."""
    with disk_errors(path):
        if is_uri(path):
            filesystem, inside = filesystem_of(path)
            filesystem.create_dir(inside, recursive=True)
        else:
            os.makedirs(local(path), exist_ok=True)


def remove(path: str) -> None:
    """Remove a folder with all that it holds; it may be missing."""
    if not exists(path):
        return
    with disk_errors(path):
        if is_uri(path):
            filesystem, inside = filesystem_of(path)
            filesystem.delete_dir(inside)
        else:
            shutil.rmtree(local(path))


def move(source: str, target: str) -> None:
    """Give a folder another place.

    :raises BigdataError: if there is something already
    """
    if exists(target):
        raise BigdataError(f"{target} is there already: {source} can't be moved to it. Move it away first.")
    make(os.path.dirname(target.rstrip("/")))
    with disk_errors(target):
        if is_uri(source):
            places.move(Place.at(source), Place.at(target))
        else:
            os.replace(local(source), local(target))


def below(path: str) -> list[str]:
    """The names of the folders in a folder, sorted; hidden ones, that begin with ``_`` or ``.``, are left out."""
    if not exists(path):
        return []
    if is_uri(path):
        names = [child.name for child in Place.at(path).children() if child.is_folder]
    else:
        names = [entry.name for entry in os.scandir(local(path)) if entry.is_dir()]
    return sorted(name for name in names if name[0] not in "_.")


def usage(*paths: str) -> Usage:
    """What some folders hold together."""
    found = [pair for path in paths if exists(path) for pair in _files(path)]
    sizes = [size for size, _ in found] or [0]
    changed = max((moment for _, moment in found), default=0)
    return Usage(len(found), sum(sizes), max(sizes), min(sizes), changed)


def _files(path: str) -> Iterator[tuple[int, int]]:
    """Size and last change of each visible file in a folder, at any depth."""
    if is_uri(path):
        from pyarrow.fs import FileSelector, FileType

        filesystem, inside = filesystem_of(path)
        for info in filesystem.get_file_info(FileSelector(inside, recursive=True)):
            pieces = info.path[len(inside) :].strip("/").split("/")
            if info.type == FileType.File and not any(piece[:1] in ("_", ".") for piece in pieces):
                yield info.size, int((info.mtime_ns or 0) / 10**9)
        return
    for folder, folders, names in os.walk(local(path), followlinks=True):
        folders[:] = [name for name in folders if name[0] not in "_."]
        for name in names:
            if name[0] not in "_.":
                status = os.stat(os.path.join(folder, name))
                yield status.st_size, int(status.st_mtime)
