"""What mrjob 0.7.4 needs to be imported on Python 3.12 and later, and to be imported fast before.

mrjob's last release (November 2020) imports ``distutils.spawn.find_executable``, ``distutils.version.LooseVersion``
(both gone in 3.12) and ``pipes.quote`` (gone in 3.13). :func:`install` puts small stand-ins in their places before
mrjob is imported. It runs on cluster nodes too, because the job's own script imports it before mrjob.

Where Python still has distutils and setuptools is installed, setuptools puts its own in that place, which takes a
quarter of a second; until mrjob is imported, Python's own is there.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import types
from typing import Any


class LooseVersion:
    """Compares version strings piece by piece, numbers as numbers, as ``distutils.version.LooseVersion`` did.

    >>> LooseVersion("2.7.10") > LooseVersion("2.7.9")
    True
    """

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [piece for piece in re.split(r"(\d+|[a-z]+|\.)", text) if piece and piece != "."]
        self.version = [int(piece) if piece.isdigit() else piece for piece in pieces]

    def _other(self, other: Any) -> LooseVersion:
        return other if isinstance(other, LooseVersion) else LooseVersion(other)

    def __eq__(self, other: object) -> bool:
        return self.version == self._other(other).version

    def __lt__(self, other: Any) -> bool:
        return self.version < self._other(other).version

    def __le__(self, other: Any) -> bool:
        return self.version <= self._other(other).version

    def __gt__(self, other: Any) -> bool:
        return self.version > self._other(other).version

    def __ge__(self, other: Any) -> bool:
        return self.version >= self._other(other).version

    def __hash__(self) -> int:
        return hash(tuple(self.version))

    def __str__(self) -> str:
        return self.text


def _module(name: str, **names: Any) -> types.ModuleType:
    module = types.ModuleType(name, "A stand-in for a module that Python dropped, for mrjob.")
    module.__dict__.update(names)
    sys.modules[name] = module
    return module


def install() -> None:
    """Put stand-ins for the modules that mrjob imports and this Python lacks into ``sys.modules``."""
    if sys.version_info < (3, 12) and "distutils" not in sys.modules:
        _module("distutils", __path__=[os.path.join(os.path.dirname(os.__file__), "distutils")], is_for_mrjob=True)
    if sys.version_info >= (3, 12) and "distutils" not in sys.modules:
        spawn = _module("distutils.spawn", find_executable=shutil.which)
        version = _module("distutils.version", LooseVersion=LooseVersion)
        _module("distutils", spawn=spawn, version=version, __path__=[])
    if sys.version_info >= (3, 13) and "pipes" not in sys.modules:
        _module("pipes", quote=shlex.quote)


def mrjob_is_imported() -> None:
    """Leave distutils to whoever imports it next, where Python has it."""
    if hasattr(sys.modules.get("distutils"), "is_for_mrjob"):
        for name in [name for name in sys.modules if name.partition(".")[0] == "distutils"]:
            del sys.modules[name]
