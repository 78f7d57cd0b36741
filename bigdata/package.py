"""Zips of Python packages, for tasks on other machines."""

from __future__ import annotations

import glob
import os
import tempfile
import zipfile

_ROOT = os.path.dirname(os.path.abspath(__file__))
_zips: dict[str, tempfile.TemporaryDirectory[str]] = {}


def package_zip(root: str = _ROOT) -> str:
    """A zip of the package whose directory is `root`, made once a process and removed at its end.

    >>> package_zip().endswith("bigdata.zip")
    True
    """
    name = os.path.basename(root)
    if root not in _zips:
        folder = tempfile.TemporaryDirectory(prefix="bigdata-")
        with zipfile.ZipFile(os.path.join(folder.name, f"{name}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(glob.glob(os.path.join(root, "**", "*.py"), recursive=True)):
                with open(path, "rb") as source:
                    member = os.path.join(name, os.path.relpath(path, root))
                    # one fixed date, so that equal packages are equal files
                    archive.writestr(zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0)), source.read())
        _zips[root] = folder
    return os.path.join(_zips[root].name, f"{name}.zip")
