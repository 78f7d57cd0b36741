"""Named inputs: a job reads several, each in its own format, and its mapper knows which a record comes from.

>>> from bigdata import Csv, Job
>>> class Spending(Job):
...     INPUTS = {"orders": Csv("order:int, user:int, amount:float"), "users": Csv("user:int, name")}
...     def mapper(self, source, record):
...         yield record["user"], [source, record]

On the command line each is given by ``--input NAME=PATH``, as often as there are paths; in a script
``bigdata.run(Spending, {"orders": "orders/", "users": "users.csv"})``.

Our engines tell a task the name of its input. Under mrjob's runners a task knows only its file, so local files are
handed over as links whose names begin with the input's name, and keep it wherever they are uploaded to.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Mapping, Sequence
from typing import Any

from mrjob.compat import jobconf_from_env

from bigdata.errors import UsageError
from bigdata.records import Records

#: the name of the one input of a job whose inputs have no names
ONLY = "input"
#: the environment variable in which our engines name a task's input
VARIABLE = "bigdata_input_name"
#: the file option by which a replicated input reaches the tasks
REPLICA = "--replica"
_MARK = "--"


def file_uri(path: str) -> str:
    """How a task knows the file that it reads: a URI, also of a local path.

    >>> file_uri("/books/alice.txt"), file_uri("s3://books/alice.txt")
    ('file:///books/alice.txt', 's3://books/alice.txt')
    """
    return path if "://" in path else "file://" + path


def named_paths(given: Sequence[str], formats: Mapping[str, Records], job: str) -> dict[str, list[str]]:
    """The paths of each input, as ``NAME=PATH`` gives them.

    :raises UsageError: for a name that the job doesn't know, or an input without a path
    """
    if len({ONLY, *map(str.lower, formats)}) <= len(formats) or not all(map(str.isidentifier, formats)):
        raise UsageError(
            f"{job} reads {', '.join(formats)}: expected identifiers, each once as SQL sees it, none of them {ONLY}."
        )
    paths: dict[str, list[str]] = {name: [] for name in formats}
    expected = f"{job} reads {', '.join(formats)}: expected --input NAME=PATH for each"
    for item in given:
        name, equals, path = item.partition("=")
        if not equals or not path or name not in paths:
            raise UsageError(f"{expected}; got --input {item}.")
        paths[name].append(path)
    missing = [name for name in formats if not paths[name]]
    if missing:
        raise UsageError(f"{expected}; got none for {', '.join(missing)}.")
    return paths


def with_replicas(args: Sequence[str], name: str) -> list[str]:
    """The arguments with the files of a replicated input as file options, which runners bring to every task."""
    found: list[str] = []
    words = iter(args)
    for word in words:
        value = next(words, "") if word == "--input" else word[len("--input=") :] if word.startswith("--input=") else ""
        if value.startswith(f"{name}="):
            for file in _files(value[len(name) + 1 :]):
                found += [REPLICA, file]
        else:
            found += ["--input", value] if value else [word]
    return found


def _files(path: str) -> list[str]:
    from bigdata.storage import is_uri, list_inputs

    return [path] if is_uri(path) else [file.path for file in list_inputs([path])]


def link_name(source: str, number: int, path: str) -> str:
    """The name of the link that stands for a local file of an input."""
    return f"{source}{_MARK}{number:05d}{_MARK}{os.path.basename(path)}"


class NamedInputs:
    """The protocol of a job with named inputs: reads ``(name, record)``.

    :param given: the job's ``NAME=PATH``
    """

    def __init__(self, formats: Mapping[str, Records], given: Sequence[str]) -> None:
        self._formats = formats
        self._given = given
        self._name: str | None = None

    @property
    def name(self) -> str:
        """The input that this task reads."""
        if self._name is None:
            self._name = os.environ.get(VARIABLE) or self._name_by_file(
                jobconf_from_env("mapreduce.map.input.file", "")
            )
        return self._name

    def _name_by_file(self, file: str) -> str:
        name = os.path.basename(file).partition(_MARK)[0]
        if name in self._formats:
            return name
        for name, _, pattern in (item.partition("=") for item in self._given):
            place, file_place = (uri.partition("://")[2].rstrip("/") for uri in (pattern, file))
            if fnmatch.fnmatchcase(file_place, place) or fnmatch.fnmatchcase(file_place, place + "/*"):
                return name
        raise UsageError(f"{file or 'the task'}: expected a file of one of the inputs {', '.join(self._formats)}.")

    def skips(self, line: bytes) -> bool:
        return self._formats[self.name].skips(line)

    def read(self, line: bytes) -> tuple[str, dict[str, Any]]:
        return self.name, self._formats[self.name].read(line)[1]

    def write(self, key: Any, value: Any) -> bytes:
        raise UsageError("record formats are for input. Choose an OUTPUT_PROTOCOL.")
