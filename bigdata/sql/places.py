"""Files and folders by path or URI, as file commands handle them."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bigdata.errors import InputNotFound, OutputExists, UsageError
from bigdata.storage import filesystem_of, is_uri, local


@dataclass(frozen=True)
class Place:
    """A place in a file system, whether something is there or not.

    :param shown: its path as it is printed
    :param filesystem: pyarrow's
    :param path: its path in that
    :param listed: what a listing of its folder said of it
    """

    shown: str
    filesystem: Any
    path: str
    listed: Any = None

    @classmethod
    def at(cls, path: str) -> Place:
        """The place that a path or URI names.

        :raises UsageError: for a file system that can't be reached
        """
        if is_uri(path):
            return cls(path.rstrip("/"), *filesystem_of(path.rstrip("/")))
        from pyarrow.fs import LocalFileSystem

        return cls(path.rstrip("/") or "/", LocalFileSystem(), os.path.abspath(local(path)))

    @cached_property
    def info(self) -> Any:
        return self.listed or self.filesystem.get_file_info(self.path)

    @property
    def exists(self) -> bool:
        return bool(self.info.type.name != "NotFound")

    @property
    def is_folder(self) -> bool:
        return bool(self.info.type.name == "Directory")

    @property
    def is_remote(self) -> bool:
        return is_uri(self.shown)

    @property
    def name(self) -> str:
        return os.path.basename(self.path)

    @property
    def parent(self) -> Place:
        return Place(os.path.dirname(self.shown) or ".", self.filesystem, os.path.dirname(self.path))

    def child(self, name: str, listed: Any = None) -> Place:
        shown = name if self.shown == "." else f"{self.shown.rstrip('/')}/{name}"
        return Place(shown, self.filesystem, f"{self.path.rstrip('/')}/{name}", listed)

    def children(self) -> list[Place]:
        """What a folder holds, by name."""
        from pyarrow.fs import FileSelector

        infos = self.filesystem.get_file_info(FileSelector(self.path))
        return [self.child(info.base_name, info) for info in sorted(infos, key=lambda info: str(info.base_name))]

    def files(self) -> list[Place]:
        """The file that it is, or those below the folder."""
        return [file for member in self.children() for file in member.files()] if self.is_folder else [self]

    def folders(self) -> list[Place]:
        """The folder that it is, and those below it."""
        below = [folder for member in self.children() for folder in member.folders()] if self.is_folder else []
        return [self, *below] if self.is_folder else []

    def status(self) -> os.stat_result | None:
        """What the operating system says of it; ``None`` for a remote one."""
        return None if self.is_remote else os.stat(self.path)

    def demand_file(self) -> None:
        if self.is_folder:
            raise UsageError(f"{self.shown}: Is a directory. Name a file.")

    @property
    def is_store(self) -> bool:
        """Whether it is in an object store, where a folder is there as soon as something is in it."""
        return self.filesystem.type_name in ("s3", "gcs")

    def demand_folder(self) -> None:
        if not self.exists and not self.is_store:
            raise InputNotFound(f"{self.shown}: No such file or directory. Make it with -mkdir -p.")
        if self.exists and not self.is_folder:
            raise UsageError(f"{self.shown}: Is not a directory. Choose another.")

    def demand_missing(self) -> None:
        if self.exists:
            raise OutputExists(f"{self.shown}: File exists. Remove it first, or choose another.")


def matching(paths: Sequence[str], missing: bool = False) -> list[Place]:
    """What is there by some paths, in which wildcards match names.

    :param missing: whether a path may match nothing
    :raises InputNotFound: for one that does, else
    """
    found = []
    for path in paths:
        matches = _matches(path)
        if not matches and not missing:
            raise InputNotFound(f"{path}: No such file or directory.")
        found.extend(matches)
    return found


def _matches(path: str) -> list[Place]:
    place = Place.at(path)
    if place.exists or not glob.has_magic(path):
        return [place] if place.exists else []
    return [
        child
        for parent in _matches(place.parent.shown)
        if parent.is_folder
        for child in parent.children()
        if fnmatch.fnmatchcase(child.name, place.name)
    ]


def copy(place: Place, target: Place) -> None:
    """Copy a file, or a folder with all that it holds."""
    if place.is_folder:
        target.filesystem.create_dir(target.path, recursive=True)
        for member in place.children():
            copy(member, target.child(member.name))
        return
    from pyarrow.fs import copy_files

    copy_files(place.path, target.path, place.filesystem, target.filesystem)


def move(source: Place, target: Place) -> None:
    """Give a file, or a folder with all that it holds, another place in its file system."""
    if source.is_folder and source.is_store:
        copy(source, target)
        source.filesystem.delete_dir(source.path)
    else:
        source.filesystem.move(source.path, target.path)
