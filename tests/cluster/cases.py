"""Jobs with their input, which Hadoop and EMR must run to the records and counters of mrjob's `-r inline`."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from . import jobs_for_cluster
from .jobs_for_cluster import (
    ClusterJob,
    MeanMinute,
    NamedInputs,
    PagesInOrder,
    Reciprocals,
    ReduceSideJoin,
    ReplicatedJoin,
    SelfJoin,
    SpendingByCity,
    WordCount,
    WordsByCount,
)

# What a node has: -S hides the packages of this environment, so that a job must bring its own.
NODE_PYTHON = [sys.executable, "-S"]

TEXT = """\
It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness,

it was the epoch of belief, it was the epoch of incredulity: qu'est-ce que c'est que ça ?
"""
MORE_TEXT = "The times they were a-changin'"
VISITS = "".join(f"user{n % 7} {n * 37 % 101} page{n}\n" for n in range(60))
ORDERS = "order,user,amount\n" + "".join(f"{n},user{n * 5 % 9},{n / 4 if n % 3 else ''}\n" for n in range(30))
USERS = "user\tcity\nuser1\tOslo\nuser1\tRome\nuser2\tSão Paulo\nuser5\t\nuser99\tOslo\n"
BOSSES = "ann,bob\ncyd,ann\ndan,ann\neve,cyd\n"


class Case(NamedTuple):
    job: type[ClusterJob]
    files: dict[str, str]
    args: list[str]


WORD_COUNT = Case(
    WordCount,
    {"text.txt": TEXT, "more.txt.gz": MORE_TEXT, "stop_words.txt": "the of it\nwas"},
    ["--stop-words", "stop_words.txt", "text.txt", "more.txt.gz"],
)
CASES = {
    "word count": WORD_COUNT,
    "three reducers": WORD_COUNT._replace(args=["--jobconf", "mapreduce.job.reduces=3", *WORD_COUNT.args]),
    "secondary sort": Case(PagesInOrder, {"visits.txt": VISITS}, ["visits.txt"]),
    "aggregator": Case(MeanMinute, {"visits.txt": VISITS}, ["visits.txt"]),
    "no reducer": Case(Reciprocals, {"numbers.txt": "1\n2\n4\n"}, ["numbers.txt"]),
}
TWO_FILES = {"orders.csv": ORDERS, "users.tsv.gz": USERS}
TWO_INPUTS = ["--input", "orders=orders.csv", "--input", "users=users.tsv.gz"]
INPUTS_AND_JOINS = {
    "named inputs": Case(NamedInputs, TWO_FILES, TWO_INPUTS),
    "named inputs of several files": Case(
        NamedInputs,
        {**TWO_FILES, "more.csv": "30,user2,1\n", "more.tsv": "user2\tLima\n"},
        [*TWO_INPUTS, "--input=users=more.tsv", "--input=orders=more.csv"],
    ),
    "reduce-side join": Case(ReduceSideJoin, TWO_FILES, TWO_INPUTS),
    "replicated join": Case(ReplicatedJoin, TWO_FILES, TWO_INPUTS),
    "a file joined with itself": Case(
        SelfJoin, {"bosses.csv": BOSSES}, ["--input", "above=bosses.csv", "--input", "below=bosses.csv"]
    ),
}
CASES.update(INPUTS_AND_JOINS)
TWO_STEPS = {
    "two steps": Case(WordsByCount, {"text.txt": TEXT}, ["text.txt"]),
    "join and sum": Case(SpendingByCity, TWO_FILES, TWO_INPUTS),
}
FAILING = Case(Reciprocals, {"numbers.txt": "1\n0\n"}, ["numbers.txt"])


class Outcome(NamedTuple):
    """Decoded records, sorted, and the counters of each step."""

    records: list[Any]
    counters: list[dict[str, dict[str, int]]]

    def only_groups_of(self, other: Outcome) -> Outcome:
        """This outcome without the counters of groups that `other` doesn't count: the cluster's own."""
        steps = zip(self.counters, other.counters, strict=True)
        return self._replace(counters=[{group: step[group] for group in its} for step, its in steps])


def arguments(case: Case, runner: str, directory: Path, *more: str) -> list[str]:
    """The job's arguments, its files written into `directory`."""
    for name, content in case.files.items():
        with (gzip.open if name.endswith(".gz") else open)(directory / name, "wt", encoding="utf-8") as file:
            file.write(content)
    words = [arg.rpartition("=") for arg in case.args]
    args = [f"{name}{equals}{directory / file if file in case.files else file}" for name, equals, file in words]
    return ["--job", case.job.__name__, "-r", runner, *more, *args]


def outcome(case: Case, runner: str, directory: Path, *more: str) -> Outcome:
    job = case.job(arguments(case, runner, directory, *more))
    with job.make_runner() as mrjob_runner:
        mrjob_runner.run()
        return Outcome(sorted(job.parse_output(mrjob_runner.cat_output()), key=repr), mrjob_runner.counters())


def command_line(case: Case, runner: str, directory: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the job as a user does."""
    command = [sys.executable, jobs_for_cluster.__file__, *arguments(case, runner, directory, *more)]
    # mrjob keeps the temporary files of a job that failed.
    environment = {**os.environ, "TMPDIR": str(directory), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(command, env=environment, cwd=directory, capture_output=True, text=True, timeout=300)
