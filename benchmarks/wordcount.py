"""Word count, by every way of ours and by each peer, whole processes on the same text.

python -m benchmarks wordcount --size 200MB --once mrjob-local
python -m benchmarks wordcount --size 20MB --peers bigdata-columnar,duckdb --repeat 3 --no-publish
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyperf

from benchmarks import corpus, report
from benchmarks.measure import run
from benchmarks.peers.counter_pair import count_halves
from benchmarks.plot import plot

BASELINE = "counter-pair"
# Measured beside the size asked for: what starting up costs, and a size that the slow peers finish too.
START_UP_SIZE = corpus.parse_size("1kB")
SMALLER_SIZES = (START_UP_SIZE, corpus.parse_size("20MB"))


@dataclass(frozen=True)
class Peer:
    """A way to count words: its row in the table, and Python's arguments with places for {input} and {output}."""

    title: str
    arguments: str
    slow: bool = False

    def command(self, source: Path, output: Path, memory_limit: str = "4GB") -> list[str]:
        """Give the command that counts the words of a file.

        >>> Peer("ours", "-m jobs.wordcount {input} -o {output}").command(Path("a.txt"), Path("counts"))[1:]
        ['-m', 'jobs.wordcount', 'a.txt', '-o', 'counts']
        """
        places = {"input": str(source), "output": str(output), "memory_limit": memory_limit}
        return [sys.executable, *(part.format_map(places) for part in self.arguments.split())]


OURS = "{input} -o {output} --workers 2 --memory-limit {memory_limit}"
MRJOB = "-m benchmarks.peers.mrjob_wordcount {input} -o {output} --no-conf --no-cat-output"
PEERS = {
    "bigdata-native": Peer("bigdata, native", f"-m jobs.wordcount {OURS}"),
    "bigdata-columnar": Peer("bigdata, columnar", f"-m benchmarks.peers.bigdata_columnar {OURS}"),
    "bigdata-folded": Peer("bigdata, folded", f"-m benchmarks.peers.bigdata_folded {OURS}"),
    "bigdata-sorted": Peer("bigdata, sorted", f"-m benchmarks.peers.bigdata_sorted {OURS}", slow=True),
    "duckdb": Peer("DuckDB SQL", "-m benchmarks.peers.duckdb_sql {input} {output}"),
    "polars": Peer("Polars, streaming", "-m benchmarks.peers.polars_streaming {input} {output}"),
    "counter-pair": Peer("two Counter loops side by side", "-m benchmarks.peers.counter_pair {input} {output}"),
    "counter-loop": Peer("one Counter loop", "-m benchmarks.peers.counter_loop {input} {output}", slow=True),
    "spark-dataframe": Peer("PySpark DataFrame, local[2]", "-m benchmarks.peers.spark_dataframe {input} {output}"),
    "spark-rdd": Peer("PySpark RDD, local[2]", "-m benchmarks.peers.spark_rdd {input} {output}", slow=True),
    "dask-bag": Peer("Dask Bag", "-m benchmarks.peers.dask_bag {input} {output}", slow=True),
    "mrjob-inline": Peer("mrjob -r inline", f"{MRJOB} -r inline", slow=True),
    "mrjob-local": Peer("mrjob -r local", f"{MRJOB} -r local", slow=True),
}


@dataclass(frozen=True)
class Target:
    """A ratio to reach: of one peer's time to another's."""

    text: str
    numerator: str
    denominator: str
    wanted: str


TARGETS = (
    Target("speed of folded, two Counter loops = 1", "counter-pair", "bigdata-folded", wanted="at least 0.8"),
    Target("speed of folded, mrjob -r local = 1", "mrjob-local", "bigdata-folded", wanted="at least 20"),
    Target("time of columnar, DuckDB SQL = 1", "bigdata-columnar", "duckdb", wanted="at most 1.1"),
    Target("speed of native, DuckDB SQL = 1", "duckdb", "bigdata-native", wanted="at least 10"),
    Target("speed of native, Polars = 1", "polars", "bigdata-native", wanted="at least 10"),
    Target("speed of native, mrjob -r local = 1", "mrjob-local", "bigdata-native", wanted="at least 300"),
)


class WrongAnswer(Exception):
    """A peer's counts differ from the reference."""


def read_counts(output: Path) -> dict[str, int]:
    """Read word and count, tab between them, the word bare or as JSON, from a file or from a directory's part files."""
    files = [output] if output.is_file() else [path for path in output.iterdir() if path.name[0] not in "._"]
    counts: dict[str, int] = {}
    for path in files:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                key, _, count = line.rstrip("\n").partition("\t")
                word = json.loads(key) if key.startswith('"') else key
                if word in counts:
                    raise WrongAnswer(f"{word!r} occurs in two records of {output.name}")
                counts[word] = int(count)
    return counts


def check(name: str, output: Path, reference: Counter[str]) -> None:
    """Hold a peer's counts against the reference, and name the first words that differ."""
    counts = read_counts(output)
    if counts != reference:
        wrong = sorted(word for word in reference.keys() | counts if counts.get(word) != reference.get(word))
        shown = ", ".join(f"{word!r}: {counts.get(word)} for {reference.get(word)}" for word in wrong[:3])
        raise WrongAnswer(f"{name} differs from the reference in {len(wrong)} words: {shown}")


def measure(
    peers: Sequence[str], texts: dict[int, Path], slow_limit: int, once: Sequence[str], repeat: int
) -> dict[str, list[pyperf.Run]]:
    """Run every peer on every size, once for its memory and then in rounds for its time, and check each answer.

    :param once: slow peers that run on sizes above `slow_limit` too, in one round, for memory and time together
    """
    cells = [(name, size) for size in texts for name in peers if size <= slow_limit or not PEERS[name].slow]
    lone = [(name, size) for size in texts for name in once if size > slow_limit]
    references = {size: count_halves(str(path)) for size, path in texts.items()}
    machine = report.machine()
    peaks: dict[tuple[str, int], int] = {}
    runs: dict[str, list[pyperf.Run]] = {f"{name} {report.size(size)}": [] for name, size in [*cells, *lone]}
    for number in range(repeat + 1):
        due = [*cells, *lone] if number == 1 else cells
        # Another order each round, so that no peer always follows the one that heats the processor.
        for name, size in random.Random(number).sample(due, len(due)):
            benchmark = f"{name} {report.size(size)}"
            with tempfile.TemporaryDirectory(dir=texts[size].parent) as folder:
                output = Path(folder, "counts")
                sample = (name, size) not in peaks
                usage = run(PEERS[name].command(texts[size], output), sample_memory=sample)
                check(name, output, references[size])
            print(f"round {number} of {repeat}, {benchmark}: {usage.seconds:.2f} s", file=sys.stderr)
            if sample:
                peaks[name, size] = usage.peak_memory
            if number == 0:
                continue
            facts = {"name": benchmark, "peer": name, "corpus_bytes": size, "tree_peak_memory": peaks[name, size]}
            metadata = {**facts, **machine, **report.moment()}
            runs[benchmark].append(pyperf.Run([usage.seconds], metadata=metadata, collect_metadata=False))
    return runs


def arrange(suite: pyperf.BenchmarkSuite) -> dict[int, dict[str, pyperf.Benchmark]]:
    """Sort a suite's benchmarks by the size of the text, then by peer."""
    arranged: dict[int, dict[str, pyperf.Benchmark]] = {}
    for benchmark in suite:
        metadata = benchmark.get_metadata()
        arranged.setdefault(metadata["corpus_bytes"], {})[metadata["peer"]] = benchmark
    return dict(sorted(arranged.items()))


def ratio_table(suite: pyperf.BenchmarkSuite) -> str:
    """Draw a row a peer: seconds at each size, speed beside the baseline, peak memory at its largest size."""
    sizes = arrange(suite)
    compared = {size: by_peer for size, by_peer in sizes.items() if size > START_UP_SIZE and BASELINE in by_peer}
    largest = {name: by_peer[name] for by_peer in sizes.values() for name in by_peer}
    rows = []
    for name in sorted(largest, key=lambda name: (PEERS[name].slow, largest[name].median())):
        row = [PEERS[name].title]
        row += [report.seconds(by_peer[name]) if name in by_peer else "–" for by_peer in sizes.values()]
        row += [
            f"{report.ratio(by_peer[BASELINE], by_peer[name]):.2f}" if name in by_peer else "–"
            for by_peer in compared.values()
        ]
        rows.append([*row, report.size(largest[name].get_metadata()["tree_peak_memory"])])
    times = [f"{report.size(size)}, s" for size in sizes]
    speeds = [f"speed at {report.size(size)}" for size in compared]
    return report.table(["", *times, *speeds, "peak memory"], rows)


def target_table(suite: pyperf.BenchmarkSuite) -> str:
    """Draw a row a target whose two peers were measured, at the largest size that both ran."""
    rows = []
    for target in TARGETS:
        shared = [
            (size, by_peer[target.numerator], by_peer[target.denominator])
            for size, by_peer in arrange(suite).items()
            if target.numerator in by_peer and target.denominator in by_peer
        ]
        if shared:
            size, numerator, denominator = shared[-1]
            reached = report.ratio(numerator, denominator)
            rows.append([target.text, report.size(size), target.wanted, f"{reached:.2f}"])
    return report.table(["ratio", "text", "wanted", "measured"], rows)


def render(suite: pyperf.BenchmarkSuite) -> str:
    """Write the Markdown that README.md shows, and the plot beside it."""
    sizes = arrange(suite)
    plot(
        {report.size(size): {PEERS[name].title: peer for name, peer in sizes[size].items()} for size in sizes},
        report.RESULTS / "wordcount.svg",
    )
    legend = (
        f"Seconds: median of {max(peer.get_nrun() for peer in suite)} runs (least–most), or one run. "
        "Speed: two Counter loops side by side "
        "= 1, more is faster. Peak memory: of the whole process tree, on the largest text that the peer ran."
    )
    picture = "![seconds of each peer at each size](results/wordcount.svg)"
    return "\n\n".join([legend, ratio_table(suite), target_table(suite), picture, report.caption(suite)])


def main(argv: Sequence[str]) -> None:
    """Make the texts, measure, and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks wordcount", description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=corpus.parse_size, default="200MB", help="of the largest text (default: 200MB)")
    parser.add_argument("--peers", type=lambda names: names.split(","), default=list(PEERS), help=", ".join(PEERS))
    parser.add_argument("--repeat", type=int, default=5, help="timed rounds after the one that samples memory")
    parser.add_argument("--slow-limit", type=corpus.parse_size, default="20MB", help="largest text for the slow peers")
    parser.add_argument("--once", type=lambda names: names.split(","), default=[], help="slow peers for one long round")
    parser.add_argument("--words", type=int, default=100_000, help="vocabulary of the text")
    parser.add_argument("--seed", type=int, default=1, help="of the text")
    parser.add_argument("--scratch", type=Path, default=report.SCRATCH, help="folder for texts, kept, and for outputs")
    parser.add_argument("--no-publish", action="store_true", help="print the tables; leave results and README alone")
    options = parser.parse_args(argv)
    if unknown := {*options.peers, *options.once} - set(PEERS):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}; expected some of: {', '.join(PEERS)}")
    options.scratch.mkdir(parents=True, exist_ok=True)
    texts = {}
    for size in sorted({*(size for size in SMALLER_SIZES if size < options.size), options.size}):
        texts[size] = options.scratch / f"zipf-{size}-{options.words}-{options.seed}.txt"
        if not texts[size].exists():
            corpus.write(corpus.zipf(words=options.words, seed=options.seed), size, texts[size])
    runs = measure(options.peers, texts, options.slow_limit, options.once, options.repeat)
    if options.no_publish:
        suite = report.suite(runs)
        print(ratio_table(suite), target_table(suite), sep="\n\n")
    else:
        report.store("wordcount", report.suite(runs))
        report.publish({"wordcount": render})
