"""What a case is, how it runs on any runner, and when two outcomes are the same.

The law is mrjob's inline runner; where that differs from Hadoop or can't tell, a case brings a hand-computed outcome.
"""

import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import bigdata
from bigdata import IterativeJob, Job

Counters = Mapping[str, Mapping[str, int]]

FREE_COUNTERS = "combiner"  # the group that jobs count in where a combiner runs, as it may any number of times


@dataclass(frozen=True)
class Outcome:
    """What a job gave: its decoded records in any order, and its counters, one mapping a step."""

    records: Sequence[tuple[Any, Any]]
    counters: Sequence[Counters] = ()


@dataclass(frozen=True, eq=False)
class Case:
    """One job on one input; `command_line` may name {inputs}, and {dir} for the folder of `files` and input/."""

    name: str
    job: type[Job]
    inputs: Mapping[str, bytes]
    command_line: str = "{inputs}"
    files: Mapping[str, bytes] = field(default_factory=dict)
    reference: str | Outcome = "inline"
    unsupported: Mapping[str, str] = field(default_factory=dict)

    def write_files(self, directory: Path) -> None:
        inputs = {f"input/{name}": content for name, content in self.inputs.items()}
        for name, content in {**inputs, **self.files}.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def arguments(self, directory: Path) -> list[str]:
        inputs = [str(directory / "input" / name) for name in self.inputs]
        return [
            argument
            for word in shlex.split(self.command_line)
            for argument in (inputs if word == "{inputs}" else [word.replace("{dir}", str(directory))])
        ]


def run_engine(case: Case, directory: Path, *switches: str) -> Outcome:
    """Run `case`, whose files lie in `directory`, with the runner that `switches` name; rounds are run to their end."""
    words = ["--no-conf", *switches, *case.arguments(directory)]
    if issubclass(case.job, IterativeJob):
        with bigdata.iterate(case.job, [], args=words) as result:
            return Outcome(list(result), [{"iteration": {"rounds": result.rounds}}])
    job = case.job(words)
    with job.make_runner() as runner:
        runner.run()
        return Outcome(list(job.parse_output(runner.cat_output())), runner.counters())


def run_reference(case: Case, directory: Path, cores: int = 1) -> Outcome:
    """The outcome that every engine must give. mrjob's runners split input and keys into some two tasks a core."""
    if isinstance(case.reference, Outcome):
        return case.reference
    return run_engine(case, directory, "-r", case.reference, "--num-cores", str(cores))


def assert_same(got: Outcome, wanted: Outcome) -> None:
    """Compare records as multisets, floats to 1e-9, and the job's own counters exactly, step by step."""
    assert_same_records(got.records, wanted.records)
    groups = {group for step in wanted.counters for group in step} - {FREE_COUNTERS}
    for number, (step, law) in enumerate(zip_longest(got.counters, wanted.counters, fillvalue={})):
        assert _select(step, groups) == _select(law, groups), f"counters of step {number}"


def assert_same_records(got: Sequence[Any], wanted: Sequence[Any]) -> None:
    ours, law = sorted(got, key=_rounded), sorted(wanted, key=_rounded)
    assert len(ours) == len(law), f"{len(ours)} records where {len(law)} are due: {_difference(ours, law)}"
    assert all(map(_same, ours, law)), _difference(ours, law)


def _select(counters: Counters, groups: set[str]) -> dict[str, dict[str, int]]:
    return {group: dict(names) for group, names in counters.items() if group in groups}


def _same(a: Any, b: Any) -> bool:
    """Equal in type as well as in value: 1, 1.0 and True are three."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return math.isclose(a, b, rel_tol=1e-9)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    return bool(a == b)


def _rounded(value: Any) -> str:
    """A text to sort by, in which floats that count as the same look the same."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_rounded, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{key!r}: {_rounded(item)}' for key, item in value.items()))}}}"
    return repr(value)


def _difference(got: Sequence[Any], wanted: Sequence[Any]) -> str:
    extra, missing = list(got), []
    for record in wanted:
        same = next((place for place, other in enumerate(extra) if _same(record, other)), None)
        if same is None:
            missing.append(record)
        else:
            del extra[same]
    return f"missing {missing[:5]}, extra {extra[:5]}"
