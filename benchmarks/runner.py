"""Measure a subject: every peer on every size, in rounds, each answer checked."""

import argparse
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyperf

from benchmarks import report
from benchmarks.answers import compare
from benchmarks.corpus import parse_size
from benchmarks.measure import run
from benchmarks.subject import Peer, Subject, load

REPEAT = 5


def installed(subject: Subject, chosen: Sequence[str]) -> dict[str, Peer]:
    """Give those of the chosen peers that this machine can run, and say which it can't."""
    for name in chosen:
        if missing := subject.peers[name].missing():
            print(f"{name} is left out: it needs {', '.join(missing)}", file=sys.stderr)
    return {name: subject.peers[name] for name in chosen if not subject.peers[name].missing()}


def make_data(subject: Subject, size: int, scratch: Path) -> Path:
    """Give the folder with a subject's input of about that size, made if it isn't there."""
    folder = scratch / f"{subject.data.__name__}-{size}"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=scratch) as unfinished:
            subject.data(Path(unfinished, "data"), size)
            Path(unfinished, "data").rename(folder)
    return folder


def built(name: str, peer: Peer, scratch: Path) -> Path:
    """Build what a peer needs built; gives where it is."""
    place = scratch / name
    if peer.build:
        run(peer.build_command(place))
    return place


def measure(
    subject: Subject, peers: Mapping[str, Peer], sizes: Sequence[int], scratch: Path, repeat: int
) -> report.Runs:
    """Run each peer on each size that it takes, once for its memory and `repeat` times for its time."""
    inputs = {size: make_data(subject, size, scratch) for size in sizes}
    references = {size: subject.reference(folder) for size, folder in inputs.items()}
    places = {name: built(name, peer, scratch) for name, peer in peers.items()}
    machine = report.machine()
    peaks: dict[tuple[str, int], int] = {}
    runs: report.Runs = {}
    for number in range(repeat + 1):
        due = [
            (name, size)
            for size in sizes
            for name, peer in peers.items()
            if peer.runs_on(size) and (number == 1 or not peer.once)
        ]
        # Another order each round, so that no peer always follows the one that heats the processor.
        for name, size in random.Random(number).sample(due, len(due)):
            peer, benchmark = peers[name], f"{name} {report.size(size)}"
            sample = (name, size) not in peaks
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                output = Path(folder, "answer")
                usage = run(peer.command(inputs[size], output, built=places[name]), sample_memory=sample)
                if peer.form is not None:
                    compare(benchmark, subject.answers[peer.form](output), references[size])
            print(f"round {number} of {repeat}, {benchmark}: {usage.seconds:.2f} s", file=sys.stderr)
            if sample:
                peaks[name, size] = usage.peak_memory
            if number:
                facts = {"name": benchmark, "peer": name, "corpus_bytes": size, "tree_peak_memory": peaks[name, size]}
                metadata = {**facts, **machine, **report.moment()}
                timed = pyperf.Run([usage.seconds], metadata=metadata, collect_metadata=False)
                runs.setdefault(benchmark, []).append(timed)
    return runs


def main(name: str, argv: Sequence[str]) -> None:
    """Make the inputs of a subject, measure, and publish."""
    subject = load(name)
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=subject.summary)
    parser.add_argument("--sizes", default=",".join(subject.sizes), help=f"of the input ({','.join(subject.sizes)})")
    parser.add_argument("--peers", default=",".join(subject.peers), help=", ".join(subject.peers))
    parser.add_argument(
        "--repeat", type=int, default=REPEAT, help=f"rounds after the one that samples memory ({REPEAT})"
    )
    parser.add_argument("--scratch", type=Path, default=report.SCRATCH, help="folder for inputs, kept, and for outputs")
    parser.add_argument("--no-publish", action="store_true", help="print the tables; leave results and README alone")
    options = parser.parse_args(argv)
    chosen = options.peers.split(",")
    if unknown := set(chosen) - set(subject.peers):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}; expected some of: {', '.join(subject.peers)}")
    try:
        sizes = sorted(map(parse_size, options.sizes.split(",")))
    except argparse.ArgumentTypeError as error:
        parser.error(str(error))
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    suite = report.suite(measure(subject, installed(subject, chosen), sizes, scratch, options.repeat))
    if options.no_publish:
        print(report.tables(subject, suite))
    else:
        report.store(name, suite)
        report.publish()
