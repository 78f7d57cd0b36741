"""``dfs``: the file commands of a Hive session, on this machine and on remote file systems.

Paths are local ones or URIs; ``*``, ``?`` and ``[...]`` in them match names. What is printed has the form of Hadoop's
shell, with times in UTC and one replica of each file.

Source: Apache Hadoop, FileSystem Shell; Ls, FsUsage and Count of org.apache.hadoop.fs.shell.
"""

from __future__ import annotations

import getpass
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from functools import partial

from bigdata.errors import SqlSyntaxError, UnsupportedStatement, UsageError
from bigdata.formats import blocks, whole
from bigdata.sql.places import Place, copy, matching, move
from bigdata.storage import File, disk_errors


@dataclass(frozen=True)
class FileCommand:
    """A command such as ``-rm -r folder``.

    :param verb: its name, without the dash
    :param flags: its options, without theirs
    """

    verb: str
    flags: frozenset[str]
    paths: tuple[str, ...]

    def run(self) -> Iterator[str]:
        """Do it; gives the lines that it prints.

        :raises UsageError: for a path that is missing, or in the way
        """
        try:
            with disk_errors(self.paths[-1]):
                yield from _VERBS[self.verb].run(self.flags, self.paths)
        except UsageError as error:
            raise type(error)(f"dfs -{self.verb}: {error}") from None
        except OSError as error:
            raise UsageError(f"dfs -{self.verb}: {str(error).splitlines()[0]}") from None


def parse(words: Sequence[str]) -> FileCommand:
    """A command by its words.

    :raises UnsupportedStatement: for one that isn't here, and for an option that it hasn't
    :raises SqlSyntaxError: for a wrong number of paths

    >>> parse(["-rm", "-r", "-f", "out"]).paths
    ('out',)
    """
    verb, rest = (words[0].removeprefix("-"), words[1:]) if words else ("", ())
    if verb not in _VERBS:
        known = ", ".join(f"-{name}" for name in _VERBS)
        raise UnsupportedStatement(f"dfs {' '.join(words[:1])}: expected one of {known}.")
    flags = frozenset(word[1:] for word in rest if word.startswith("-"))
    paths = tuple(word for word in rest if not word.startswith("-"))
    for flag in sorted(flags.difference(_VERBS[verb].flags)):
        options = ", ".join(f"-{known}" for known in _VERBS[verb].flags) or "none"
        raise UnsupportedStatement(f"dfs -{verb} -{flag}: there is no such option here. Options of -{verb}: {options}.")
    if len(paths) < _VERBS[verb].least:
        raise SqlSyntaxError(f"dfs -{verb} {' '.join(rest)}: expected -{verb} {_VERBS[verb].shape}.")
    return FileCommand(verb, flags, paths or (".",))


Flags = frozenset[str]


def _ls(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    widths = [0, 0, 10]
    for place in matching(paths):
        if place.is_folder and "d" not in flags:
            yield from _listed(place.children(), flags, widths, counted="R" not in flags)
        else:
            yield from _listed([place], flags, widths, counted=False)


def _listed(places: Sequence[Place], flags: Flags, widths: list[int], counted: bool) -> Iterator[str]:
    """Lines of places; the columns grow with what has been seen."""
    if counted and places:
        yield f"Found {len(places)} items"
    rows = [_row(place) for place in places]
    for column, width in enumerate(widths):
        widths[column] = max([width, *(len(row[column + 2]) for row in rows)])
    for place, (mode, replicas, owner, group, size, time) in zip(places, rows):
        size = _human(int(size)) if "h" in flags else size
        owned = f"{owner:<{widths[0]}} {group:<{widths[1]}}"
        yield f"{mode} {replicas:>3} {owned} {size:>{widths[2]}} {time} {place.shown}"
        if "R" in flags and place.is_folder:
            yield from _listed(place.children(), flags, widths, counted=False)


def _row(place: Place) -> tuple[str, str, str, str, str, str]:
    """Rights, replicas, owner, group, size and time; a store without rights has those that Hadoop's S3A shows."""
    time = place.info.mtime
    moment = f"{time.astimezone(UTC):%Y-%m-%d %H:%M}" if time else "1970-01-01 00:00"
    status = place.status()
    if status is None:
        mode, owner, group = "drwxrwxrwx" if place.is_folder else "-rw-rw-rw-", getpass.getuser(), getpass.getuser()
    else:
        mode, owner, group = stat.filemode(status.st_mode), _owner(status.st_uid), _group(status.st_gid)
    size = 0 if place.is_folder else place.info.size
    return mode, "-" if place.is_folder else "1", owner, group, str(size), moment


def _owner(number: int) -> str:
    import pwd

    with suppress(KeyError):
        return pwd.getpwuid(number).pw_name
    return str(number)


def _group(number: int) -> str:
    import grp

    with suppress(KeyError):
        return grp.getgrgid(number).gr_name
    return str(number)


def _human(size: int) -> str:
    """Bytes with a binary prefix, as StringUtils.TraditionalBinaryPrefix writes them.

    >>> _human(1000), _human(2048), _human(1536)
    ('1000', '2 K', '1.5 K')
    """
    power = max((size.bit_length() - 1) // 10, 0)
    if not power:
        return str(size)
    if size % 1024**power == 0:
        return f"{size >> 10 * power} {'KMGTPE'[power - 1]}"
    text = f"{size / 1024**power:.1f}"
    if text.startswith("1024"):
        power, text = power + 1, f"{size / 1024 ** (power + 1):.1f}"
    return f"{text} {'KMGTPE'[power - 1]}"


def _cat(flags: Flags, paths: Sequence[str], inflate: bool = False) -> Iterator[str]:
    for place in matching(paths):
        place.demand_file()
        if inflate:
            path = place.shown if place.is_remote else place.path
            chunks = list(blocks(whole(File(path, place.info.size))))
        else:
            with place.filesystem.open_input_stream(place.path, compression=None) as stream:
                chunks = [stream.read()]
        text = b"".join(chunks).decode("utf-8", "replace")
        yield from text.removesuffix("\n").split("\n") if text else ()


def _mkdir(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for place in map(Place.at, paths):
        if "p" not in flags:
            place.demand_missing()
            place.parent.demand_folder()
        place.filesystem.create_dir(place.path, recursive=True)
    yield from ()


def _rm(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for place in matching(paths, missing="f" in flags):
        if place.is_folder:
            if not flags & {"r", "R"}:
                raise UsageError(f"{place.shown}: Is a directory. Add -r to remove it with what it holds.")
            place.filesystem.delete_dir(place.path)
        else:
            place.filesystem.delete_file(place.path)
        yield f"Deleted {place.shown}"


def _mv(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for source, target in _pairs(paths, flags):
        if not source.filesystem.equals(target.filesystem):
            raise UsageError(f"{source.shown}: {target.shown} is on another file system. Use -cp, and -rm then.")
        move(source, target)
    yield from ()


def _cp(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for source, target in _pairs(paths, flags):
        copy(source, target)
    yield from ()


def _pairs(paths: Sequence[str], flags: Flags) -> Iterator[tuple[Place, Place]]:
    """What is copied or moved, and where to; only a folder takes several."""
    sources, target = matching(paths[:-1]), Place.at(paths[-1])
    if len(sources) > 1:
        target.demand_folder()
    for source in sources:
        wanted = target.child(source.name) if target.is_folder else target
        if "f" not in flags:
            wanted.demand_missing()
        wanted.parent.demand_folder()
        yield source, wanted


def _du(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    shown = str if "h" not in flags else _human
    places = [
        member
        for place in matching(paths)
        for member in (place.children() if place.is_folder and "s" not in flags else [place])
    ]
    rows = [(shown(sum(file.info.size for file in place.files())), place.shown) for place in places]
    width = max((len(size) for size, _ in rows), default=0)
    for size, name in rows:
        yield f"{size:<{width}}  {size:<{width}}  {name}"


def _count(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for place in matching(paths):
        files = place.files()
        yield f"{len(place.folders()):12} {len(files):12} {sum(file.info.size for file in files):18} {place.shown}"


def _touchz(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    for place in map(Place.at, paths):
        if place.exists and (place.is_folder or place.info.size):
            raise UsageError(f"{place.shown}: Not a zero-length file. Choose another name, or remove it first.")
        place.parent.demand_folder()
        place.filesystem.open_output_stream(place.path, compression=None).close()
    yield from ()


def _getmerge(flags: Flags, paths: Sequence[str]) -> Iterator[str]:
    target = Place.at(paths[-1])
    with target.filesystem.open_output_stream(target.path, compression=None) as sink:
        for place in matching(paths[:-1]):
            for file in place.children() if place.is_folder else [place]:
                file.demand_file()
                with file.filesystem.open_input_stream(file.path, compression=None) as source:
                    while chunk := source.read(1 << 20):
                        sink.write(chunk)
                if "nl" in flags:
                    sink.write(b"\n")
    yield from ()


@dataclass(frozen=True)
class Verb:
    """What a command takes.

    :param shape: how its paths are written
    :param least: how many there must be; without any, the current folder is meant
    """

    run: Callable[[Flags, Sequence[str]], Iterator[str]]
    flags: tuple[str, ...]
    shape: str
    least: int


_PATHS, _FROM_TO = ("<path> ...", 1), ("<source> ... <target>", 2)
_COPY = Verb(_cp, ("f",), *_FROM_TO)
_VERBS: Mapping[str, Verb] = {
    "ls": Verb(_ls, ("R", "d", "h"), "[<path> ...]", 0),
    "cat": Verb(_cat, (), *_PATHS),
    "text": Verb(partial(_cat, inflate=True), (), *_PATHS),
    "mkdir": Verb(_mkdir, ("p",), *_PATHS),
    "rm": Verb(_rm, ("r", "R", "f", "skipTrash"), *_PATHS),
    "rmr": Verb(lambda flags, paths: _rm(flags | {"r"}, paths), ("f", "skipTrash"), *_PATHS),
    "mv": Verb(_mv, (), *_FROM_TO),
    "cp": _COPY,
    "put": _COPY,
    "copyFromLocal": _COPY,
    "get": _COPY,
    "copyToLocal": _COPY,
    "getmerge": Verb(_getmerge, ("nl",), *_FROM_TO),
    "du": Verb(_du, ("s", "h"), "[<path> ...]", 0),
    "dus": Verb(lambda flags, paths: _du(flags | {"s"}, paths), ("h",), *_PATHS),
    "count": Verb(_count, (), *_PATHS),
    "touchz": Verb(_touchz, (), *_PATHS),
}
