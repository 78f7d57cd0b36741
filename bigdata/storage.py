"""Files by path or URI: listing inputs, reading byte ranges, and committing output all at once.

Local paths use the standard library; ``s3://``, ``hdfs://`` and ``gs://`` go through ``pyarrow.fs``, which is only
imported for them. Directories are read whole, without names that begin with ``_`` or ``.``, as Hadoop reads them.
"""

import errno
import fnmatch
import glob
import io
import os
import re
import shutil
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import IO, Any, TypeVar
from urllib.parse import quote

from bigdata.errors import BigdataError, DiskFull, InputError, InputNotFound, OutputExists, UsageError

T = TypeVar("T")

SUCCESS = "_SUCCESS"
_UNWRITABLE = (
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR),
)
_SCHEMES = ("s3", "s3a", "s3n", "hdfs", "gs", "gcs", "viewfs", "abfs", "abfss")
#: Hadoop's other names of S3
_S3 = ("s3a", "s3n")


@dataclass(frozen=True)
class File:
    """One input file.

    :param path: a local path, or a URI
    :param size: bytes, as stored
    :param source: the name of the input that it belongs to
    """

    path: str
    size: int
    source: str = ""

    @property
    def compression(self) -> str | None:
        """``gzip``, ``bz2``, ``zstd``, ``parquet`` or ``pairs`` by the path's ending, or ``None``."""
        return {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd", ".parquet": "parquet", ".pairs": "pairs"}.get(
            os.path.splitext(self.path)[1]
        )


def is_uri(path: str) -> bool:
    """Whether `path` belongs to a remote filesystem.

    >>> is_uri("s3://bucket/key"), is_uri("books/a.txt"), is_uri("file:///books/a.txt")
    (True, False, False)
    """
    return path.partition("://")[0] in _SCHEMES and "://" in path


def local(path: str) -> str:
    """A local path without ``file://``, or ``file:`` as Hadoop writes it.

    >>> local("file:///data/x"), local("file:/data/x"), local("data/x")
    ('/data/x', '/data/x', 'data/x')
    """
    return re.sub("^file:(//|(?=/))", "", path)


def list_named(inputs: Mapping[str, Sequence[str]]) -> list[File]:
    """The files of several inputs, by name; see :func:`list_inputs`."""
    return [replace(file, source=name) for name, paths in inputs.items() for file in list_inputs(paths)]


def list_inputs(paths: Sequence[str]) -> list[File]:
    """The files that `paths` name: files, directories, globs, URIs of them; sorted within each path.

    :raises InputNotFound: for a path that matches nothing
    """
    found: list[File] = []
    for path in paths:
        files = _list_remote(path) if is_uri(path) else _list_local(local(path))
        if not files:
            raise InputNotFound(
                f"{path}: no such input file. Check the path, or quote a glob that the engine is to expand."
            )
        found.extend(files)
    return found


def absolute(files: Sequence[File]) -> list[File]:
    """The same files, local ones with absolute paths: for tasks that run in directories of their own."""
    return [file if is_uri(file.path) else replace(file, path=os.path.abspath(file.path)) for file in files]


def _list_local(path: str) -> list[File]:
    fixed = _fixed(path.split(os.sep))
    shown = (match for match in glob.glob(path) if not any(map(_is_hidden, match.split(os.sep)[fixed:])))
    matches = [path] if os.path.exists(path) else sorted(shown)
    names: list[str] = []
    for match in matches:
        if not os.path.isdir(match):
            names.append(match)
            continue
        for folder, folders, files in os.walk(match, followlinks=True):
            folders[:] = sorted(name for name in folders if not _is_hidden(name))
            names.extend(os.path.join(folder, name) for name in sorted(files) if not _is_hidden(name))
    if matches and not names:
        raise InputNotFound(f"{path}: the directory holds no input files.")
    return [File(name, _size(name)) for name in names]


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error


def _fixed(pattern: Sequence[str]) -> int:
    """How many pieces of a path come before the first with a wildcard."""
    return next((number for number, piece in enumerate(pattern) if glob.has_magic(piece)), len(pattern))


def _is_hidden(name: str) -> bool:
    return name[:1] in ("_", ".")


def _list_remote(uri: str) -> list[File]:
    from pyarrow.fs import FileSelector, FileType

    uri = uri.rstrip("/")
    filesystem, path = filesystem_of(uri)
    prefix = uri[: len(uri) - len(path)]
    pattern = path.split("/")
    fixed = _fixed(pattern)
    root = "/".join(pattern[:fixed])
    with _remote_errors(uri):
        info = filesystem.get_file_info(root)
        infos = [info]
        if info.type == FileType.Directory:
            infos = filesystem.get_file_info(FileSelector(root, recursive=True))
    files = []
    for info in sorted(infos, key=lambda info: str(info.path)):
        names = info.path.split("/")
        wanted = len(names) >= len(pattern) and all(map(fnmatch.fnmatchcase, names[fixed:], pattern[fixed:]))
        if info.type == FileType.File and wanted and not any(map(_is_hidden, names[fixed:])):
            files.append(File(prefix + info.path, info.size))
    return files


def filesystem_of(uri: str) -> tuple[Any, str]:
    """The ``pyarrow.fs`` filesystem of a URI, and the path in it.

    :raises UsageError: for a URI that pyarrow can't reach
    """
    from pyarrow.fs import FileSystem

    scheme, _, place = uri.partition("://")
    scheme = "s3" if scheme in _S3 else scheme
    try:
        # the path as it is written: what a URI would have to escape may be a glob, or part of a key
        filesystem, path = FileSystem.from_uri(f"{scheme}://{quote(place, safe='/:@')}")
    except Exception as error:
        raise UsageError(f"{uri}: can't reach this filesystem: {error}") from error
    return filesystem, path


@contextmanager
def _remote_errors(uri: str, kind: type[BigdataError] = InputError) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise kind(f"{uri}: {str(error).splitlines()[0]}") from error


def open_input(path: str) -> IO[bytes]:
    """Open a file to read its bytes as they are stored; seekable.

    :raises InputError: for a file that can't be opened
    """
    if is_uri(path):
        filesystem, inside = filesystem_of(path)
        with _remote_errors(path):
            stream: IO[bytes] = filesystem.open_input_file(inside)
            return stream
    try:
        return open(path, "rb", buffering=0)
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror}") from error


def open_range(path: str, start: int, length: int) -> IO[bytes]:
    """Open a file to read `length` bytes from `start` on, one after the other; a remote one is fetched ahead.

    :raises InputError: for a file that can't be opened
    """
    stored = open_input(path)
    if is_uri(path):
        return io.BufferedReader(_Fetched(path, stored, start, length))
    stored.seek(start)
    return stored


class _Fetched(io.RawIOBase):
    """A range of a remote file, whose next pieces are fetched while one is read."""

    PIECE = 2 << 20
    AHEAD = 4

    def __init__(self, path: str, stored: Any, start: int, length: int) -> None:
        super().__init__()
        stop = start + length
        places = range(start, stop, self.PIECE)
        self._path, self._stored = path, stored
        fetches = (partial(stored.read_at, min(self.PIECE, stop - place), place) for place in places)
        self._pieces = ahead(fetches, self.AHEAD, self.AHEAD)
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._piece:
            try:
                self._piece = memoryview(next(self._pieces, b""))
            except OSError as error:
                reason = str(error).splitlines()[0]
                raise InputError(f"{self._path}: can't be read to its end: {reason}.") from None
        size = min(len(buffer), len(self._piece))
        buffer[:size], self._piece = self._piece[:size], self._piece[size:]
        return size

    def close(self) -> None:
        if not self.closed:
            self._pieces.close()
            self._stored.close()
        super().close()


def ahead(calls: Iterable[Callable[[], T]], most: int, threads: int = 1) -> Generator[T, None, None]:
    """What some calls give, in their order; up to `most` of them are made in threads before they are asked for.

    >>> list(ahead([lambda: 1, lambda: 2, lambda: 3], most=2))
    [1, 2, 3]
    """
    rest = iter(calls)
    with ThreadPoolExecutor(threads) as pool:
        coming = deque(pool.submit(call) for call in islice(rest, most))
        while coming:
            result = coming.popleft().result()
            coming.extend(pool.submit(call) for call in islice(rest, 1))
            yield result


def cat(path: str) -> Iterator[bytes]:
    """The bytes of a file, in chunks."""
    with open_input(path) as stream:
        while chunk := stream.read(1 << 20):
            yield chunk


def parts(output: str) -> list[str]:
    """The part files of an output directory, in order."""
    if is_uri(output):
        return [file.path for file in _list_remote(output)]
    output = local(output)
    return [os.path.join(output, name) for name in sorted(os.listdir(output)) if name[0] not in "._"]


class Committer:
    """Collects a job's part files out of sight, and shows them all at once.

    :param output: the output directory, local or a URI
    :raises OutputExists: when it already holds something

    Local output is written to a hidden folder beside it, and a single rename puts it in place; remote output is
    uploaded file by file with ``_SUCCESS`` last, and taken back if an upload fails.
    """

    def __init__(self, output: str, tmp_dir: str) -> None:
        self.output = output if is_uri(output) else os.path.abspath(local(output))
        self._check()
        if is_uri(output):
            self.staging = os.path.join(tmp_dir, "output")
        else:
            parent, name = os.path.split(self.output)
            self.staging = os.path.join(parent, f".{name}.{uuid.uuid4().hex[:8]}")
        with disk_errors(self.staging):
            os.makedirs(self.staging)

    def _check(self) -> None:
        if is_uri(self.output):
            from pyarrow.fs import FileSelector, FileType

            filesystem, path = filesystem_of(self.output)
            with _remote_errors(self.output, UsageError):
                infos = [filesystem.get_file_info(path)]
                if infos[0].type == FileType.Directory:
                    infos = filesystem.get_file_info(FileSelector(path, recursive=True))
            taken = any(info.type == FileType.File for info in infos)
        else:
            taken = os.path.lexists(self.output) and not (os.path.isdir(self.output) and not os.listdir(self.output))
        if taken:
            raise OutputExists(f"{self.output} already holds output. Remove it or choose another -o.")

    def commit(self) -> None:
        """Show the output; ``_SUCCESS`` comes with it, never before it."""
        if is_uri(self.output):
            with _remote_errors(self.output, UsageError):
                self._upload()
        else:
            self._check()
            with disk_errors(self.output):
                with open(os.path.join(self.staging, SUCCESS), "wb"):
                    pass
                os.replace(self.staging, self.output)

    def _upload(self) -> None:
        filesystem, target = filesystem_of(self.output)
        uploaded: list[str] = []
        try:
            filesystem.create_dir(target, recursive=True)
            for name in [*sorted(os.listdir(self.staging)), SUCCESS]:
                uploaded.append(f"{target}/{name}")
                with filesystem.open_output_stream(uploaded[-1]) as sink:
                    if name != SUCCESS:
                        for chunk in cat(os.path.join(self.staging, name)):
                            sink.write(chunk)
        except BaseException:
            for path in uploaded:
                with suppress(OSError):  # the one that failed need not be there
                    filesystem.delete_file(path)
            raise
        shutil.rmtree(self.staging, ignore_errors=True)

    def abort(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.staging, ignore_errors=True)


@contextmanager
def disk_errors(path: str) -> Iterator[None]:
    """Turn a failed write at `path` into an error that says what to do.

    :raises DiskFull: when no space is left, or a quota is used up
    """
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in str(error)
        if full:
            raise DiskFull(
                f"no space left on the disk of {path}. Free some, or set --local-tmp-dir to another disk."
            ) from None
        if error.errno in _UNWRITABLE:
            raise UsageError(f"{path}: can't be written: {error.strerror}.") from None
        raise
