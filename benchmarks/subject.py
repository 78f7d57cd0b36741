"""A subject as data: a job, its input at any size, the peers that do the same work, and what a right answer is."""

import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from benchmarks import subjects
from benchmarks.corpus import parse_size

#: options of every job of ours
OURS = "-o {output} --workers 2 --memory-limit {memory_limit}"
#: options of a job of ours on mrjob's own runner, with as many processes as the machine has processors
MRJOB = "-r local -o {output} --no-conf --no-cat-output"
MEMORY_LIMIT = "4GB"


@dataclass(frozen=True)
class Peer:
    """A way to do a subject's work.

    :param title: its row in the table
    :param template: a command, run in the repository's root; {python}, {input} (a folder), {output} (a file or folder
        to make), {memory_limit} and {built} (what `build` made) are filled in
    :param needs: the packages and programs without which it is left out
    :param form: in which of the subject's forms it writes its answer; none marks a limit, which does less work
    :param limit: the largest input that it runs on, such as "20MB"; no limit if empty
    :param once: so slow that one run is taken for memory and time together
    :param build: a command that makes {built} before anything is measured
    """

    title: str
    template: str
    needs: Sequence[str] = ()
    form: str | None = "rows"
    limit: str = ""
    once: bool = False
    build: str = ""

    def command(self, source: Path, output: Path, memory_limit: str = MEMORY_LIMIT, built: Path = Path()) -> list[str]:
        """Give the command for an input and an output.

        >>> Peer("ours", "{python} -m jobs.wordcount {input} -o {output}").command(Path("a"), Path("b"))[1:]
        ['-m', 'jobs.wordcount', 'a', '-o', 'b']
        """
        return _filled(self.template, input=source, output=output, memory_limit=memory_limit, built=built)

    def build_command(self, built: Path) -> list[str]:
        """Give the command that makes `built`; empty if there is nothing to build."""
        return _filled(self.build, built=built)

    def missing(self) -> list[str]:
        """Name the packages and programs that it needs and this machine doesn't have."""
        return [name for name in self.needs if find_spec(name) is None and shutil.which(name) is None]

    def runs_on(self, size: int) -> bool:
        """Say whether an input of that many bytes is within its limit."""
        return not self.limit or size <= parse_size(self.limit)


def _filled(template: str, **places: Any) -> list[str]:
    return [part.format_map({"python": sys.executable, **places}) for part in shlex.split(template)]


@dataclass(frozen=True)
class Target:
    """A ratio to reach: of one peer's time to another's."""

    text: str
    numerator: str
    denominator: str
    wanted: str


@dataclass(frozen=True)
class Subject:
    """A job and what it is measured against.

    :param summary: one sentence on the work
    :param data: writes an input of about so many bytes into a new folder; `benchmarks.data` has them
    :param reference: gives the right answer for such a folder, by means that no peer uses
    :param answers: for each form in which peers write, what reads the answer
    :param ours: the peer that ratios are beside: the job as users run it
    :param sizes: measured by default
    """

    summary: str
    data: Callable[[Path, int], None]
    peers: Mapping[str, Peer]
    reference: Callable[[Path], Any]
    answers: Mapping[str, Callable[[Path], Any]]
    ours: str = "bigdata"
    sizes: Sequence[str] = ("20MB", "200MB")
    targets: Sequence[Target] = ()


#: the least that any of these jobs does: its bytes through memory
READ_ONCE = Peer("read once (limit)", "{python} -m benchmarks.peers.read_once {input}", form=None)


#: of a job of the text family
THREE_TIMES = (Target("speed, DuckDB SQL = 1", "duckdb", "bigdata", wanted="at least 3"),)


def text_family(own: str, files: str, job: str, title: str = "bigdata, native") -> dict[str, Peer]:
    """Give the peers of a job of the text family.

    :param own: the package of its peers
    :param files: what they read and write
    """
    return {
        "bigdata": Peer(title, f"{job} {OURS}", form="pairs"),
        "duckdb": Peer("DuckDB SQL", f"{own}.duckdb_sql {files}"),
        "polars": Peer("Polars, streaming", f"{own}.polars_streaming {files}", needs=["polars"]),
        "mrjob-local": Peer("mrjob -r local, the same class", f"{job} {MRJOB}", form="pairs", limit="20MB", once=True),
        "read-once": READ_ONCE,
    }


def load(name: str) -> Subject:
    """Give the subject that `benchmarks/subjects/NAME.py` describes."""
    subject: Subject = import_module(f"benchmarks.subjects.{name}").SUBJECT
    return subject


def names() -> list[str]:
    """Name the subjects that there are.

    >>> "wordcount" in names()
    True
    """
    return sorted(module.name for module in iter_modules(subjects.__path__))
