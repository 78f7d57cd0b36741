"""What a Hive script says to its shell rather than to SQL: files for TRANSFORM, ``dfs``, ``source``, ``quit``.

Source: Hive's LanguageManual Cli and Resources; CliDriver, AddResourceProcessor, DeleteResourceProcessor.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

from bigdata.errors import InputNotFound, SqlSyntaxError, UnsupportedStatement
from bigdata.sql.hive import dfs
from bigdata.sql.hive.context import Answer
from bigdata.sql.places import Place, copy

_HEAD = re.compile(
    r"(?P<quit>quit|exit)\s*\Z"
    r"|(?P<source>source)\s+(?P<path>\S.*)"
    r"|(?P<shell>!)"
    r"|(?P<dfs>dfs)\b(?P<words>.*)"
    r"|(?P<verb>add|list|delete)\s+(?P<kind>files?|jars?|archives?)\b(?P<paths>.*)",
    re.IGNORECASE | re.DOTALL,
)
#: the JARs of SerDes and functions that are here without them, which scripts add by habit
_NEEDLESS = re.compile(r"(hive-(contrib|exec|serde|hcatalog-core)|json-serde|csv-serde)[\w.-]*\.jar")
_REFUSED = {
    "jar": "Java can't run here. Call Hive's own functions, Session.register a Python one, or use TRANSFORM.",
    "archive": "archives aren't unpacked. Unpack it, and ADD FILE what the script needs.",
}


@dataclass
class Resources:
    """The files that scripts of TRANSFORM find under their names.

    :param paths: by its name, where a file is on this machine
    :param named: by its name, how the statement that added it wrote it
    """

    paths: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    _fetched: TemporaryDirectory[str] | None = None

    def add(self, path: str) -> None:
        """Lend a file or a folder; a remote one is fetched.

        :raises InputNotFound: if nothing is there
        """
        place = Place.at(path)
        if not place.exists:
            raise InputNotFound(f"ADD FILE {path}: no such file. Check the path, which is relative to where you are.")
        found = place.path
        if place.is_remote:
            self._fetched = self._fetched or TemporaryDirectory(prefix="bigdata-resources-")
            found = os.path.join(self._fetched.name, place.name)
            copy(place, Place.at(found))
        self.paths[place.name], self.named[place.name] = found, path

    def delete(self, paths: Sequence[str]) -> None:
        """Lend some files no more; all, if none is named."""
        for name in [os.path.basename(path.rstrip("/")) for path in paths] or list(self.paths):
            self.paths.pop(name, None)
            self.named.pop(name, None)

    def close(self) -> None:
        """Remove what was fetched."""
        if self._fetched is not None:
            self._fetched.cleanup()


@dataclass(frozen=True)
class Quit:
    """``quit`` or ``exit``: nothing after it runs."""


@dataclass(frozen=True)
class Source:
    """``source FILE``: the statements of a file."""

    path: str


@dataclass(frozen=True)
class FileList:
    """``add``, ``list`` or ``delete`` of files.

    :param verb: in lower case
    """

    verb: str
    paths: tuple[str, ...]


ShellStatement = Quit | Source | FileList | dfs.FileCommand


def parse(text: str) -> ShellStatement | None:
    """What a statement says to the shell; ``None`` for one of SQL.

    :raises UnsupportedStatement: for a command of the system, a JAR, an archive

    >>> parse("ADD FILES map.py 's3://code/reduce.py'")
    FileList(verb='add', paths=('map.py', 's3://code/reduce.py'))
    >>> parse("ADD JAR /usr/lib/hive/lib/hive-contrib.jar")
    FileList(verb='add', paths=())
    >>> parse("SELECT 1") is None
    True
    """
    found = _HEAD.match(text.strip())
    if found is None:
        return None
    if found["shell"]:
        raise UnsupportedStatement(f"{text.strip()}: commands of the system don't run from scripts. Run it before.")
    if found["quit"]:
        return Quit()
    if found["source"]:
        return Source(found["path"].strip().strip("'\""))
    if found["dfs"]:
        return dfs.parse(_words(found["words"]))
    verb, kind, paths = found["verb"].lower(), found["kind"].lower().rstrip("s"), _words(found["paths"])
    if kind in _REFUSED:
        if verb != "add" or (kind == "jar" and all(_NEEDLESS.fullmatch(os.path.basename(path)) for path in paths)):
            return FileList("add", ())
        raise UnsupportedStatement(f"{verb.upper()} {kind.upper()} {' '.join(paths)}: {_REFUSED[kind]}")
    if verb == "add" and not paths:
        raise SqlSyntaxError("ADD FILE: expected the path of a file after it.")
    return FileList(verb, tuple(paths))


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise SqlSyntaxError(f"{text.strip()}: a quotation mark has no other.") from None


def run(statement: FileList | dfs.FileCommand, resources: Resources) -> Answer | None:
    """Do what a statement says; an answer where it prints something.

    :raises UsageError: for a path that is missing, or in the way
    """
    if isinstance(statement, dfs.FileCommand):
        return _answer("DFS Output", list(statement.run()))
    if statement.verb == "list":
        wanted = [os.path.basename(path.rstrip("/")) for path in statement.paths] or list(resources.named)
        return _answer("resource", [resources.named[name] for name in wanted if name in resources.named])
    if statement.verb == "delete":
        resources.delete(statement.paths)
    for path in statement.paths if statement.verb == "add" else ():
        resources.add(path)
    return None


def _answer(name: str, lines: Sequence[str]) -> Answer:
    return Answer((name,), tuple((line,) for line in lines))
