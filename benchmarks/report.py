"""Keep results: pyperf's JSON as the data, Markdown tables and plots between markers in README.md."""

import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from operator import truediv
from pathlib import Path

import psutil
import pyperf

from benchmarks.plot import plot
from benchmarks.subject import Subject, load, names

HERE = Path(__file__).parent
RESULTS = HERE / "results"
README = HERE / "README.md"
SCRATCH = Path(tempfile.gettempdir(), "bigdata-benchmarks")
# What a reader needs to judge the figures; pyperf also collects the host's name and the paths of its Python.
MACHINE = ("cpu_model_name", "cpu_count", "cpu_freq", "cpu_config", "platform", "python_version", "perf_version")
MOMENT = ("date", "load_avg_1min")
PACKAGES = (
    *("bigdata", "dask", "datafusion", "duckdb", "mrjob", "networkx", "numpy", "polars", "pyarrow", "pyspark"),
    *("scikit-learn", "scipy"),
)
# Smaller inputs only show what starting up costs.
COMPARED_FROM = 10**6

Metadata = dict[str, str | int | float]
#: the runs of each benchmark, by its name
Runs = dict[str, list[pyperf.Run]]
#: by the size of the input, then by peer
Arranged = dict[int, dict[str, pyperf.Benchmark]]


def machine() -> Metadata:
    """Describe the machine and the versions of everything measured."""
    collected = pyperf.Run([1.0]).get_metadata()
    described: Metadata = {name: collected[name] for name in MACHINE if name in collected}
    described["memory_total"] = psutil.virtual_memory().total
    for package in PACKAGES:
        try:
            described[f"version_{package}"] = version(package)
        except PackageNotFoundError:
            continue
    return described


def moment() -> Metadata:
    """Give the time and the load of the machine, which belong to a single run."""
    collected = pyperf.Run([1.0]).get_metadata()
    return {name: collected[name] for name in MOMENT if name in collected}


def suite(runs: Mapping[str, Sequence[pyperf.Run]]) -> pyperf.BenchmarkSuite:
    """Collect the runs of each benchmark."""
    return pyperf.BenchmarkSuite([pyperf.Benchmark(several) for several in runs.values()])


def store(subject: str, suite: pyperf.BenchmarkSuite) -> None:
    """Write a suite to results/SUBJECT.json, where `python -m pyperf show` reads it too."""
    RESULTS.mkdir(exist_ok=True)
    suite.dump(str(RESULTS / f"{subject}.json"), replace=True)


def ratio(numerator: pyperf.Benchmark, denominator: pyperf.Benchmark) -> float:
    """Give the median ratio of two benchmarks, round by round, so that a slow spell of the machine weighs on both."""
    above: tuple[float, ...] = numerator.get_values()
    below: tuple[float, ...] = denominator.get_values()
    return float(statistics.median(map(truediv, above, below)))


def seconds(benchmark: pyperf.Benchmark) -> str:
    """Show the median and the range of a benchmark's times, or the one that there is.

    >>> seconds(pyperf.Benchmark([pyperf.Run([2.0, 1.5, 4.0], metadata={"name": "example"})]))
    '2.00 (1.50–4.00)'
    """
    values = benchmark.get_values()
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def size(count: int) -> str:
    """Show a number of bytes in decimal units.

    >>> size(1000), size(200_000_000)
    ('1 kB', '200 MB')
    """
    return f"{count / 10**3:,.0f} kB" if count < 10**6 else f"{count / 10**6:,.0f} MB"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a Markdown table, names to the left and figures to the right.

    >>> print(table(["peer", "s"], [["Polars", "4.6"]]))
    | peer | s |
    |:--|--:|
    | Polars | 4.6 |
    """
    lines = [header, *rows]
    drawn = ["| " + " | ".join(line) + " |" for line in lines]
    drawn.insert(1, "|:--|" + "--:|" * (len(header) - 1))
    return "\n".join(drawn)


def caption(suite: pyperf.BenchmarkSuite) -> str:
    """Say on what machine, with what versions and when a suite was measured, and how busy the machine was."""
    metadata = suite.get_metadata()
    versions = ", ".join(f"{name[8:]} {metadata[name]}" for name in sorted(metadata) if name.startswith("version_"))
    first, last = suite.get_dates()
    loads = [run.get_metadata()["load_avg_1min"] for benchmark in suite for run in benchmark.get_runs()]
    return (
        f"{metadata['cpu_model_name']}, {metadata['cpu_count']} CPUs, {size(metadata['memory_total'])}; "
        f"{metadata['platform']}; Python {metadata['python_version']}; {versions}. "
        f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}, load average {min(loads):.1f} to {max(loads):.1f}."
    )


def insert(document: str, subject: str, text: str) -> str:
    """Replace what stands between a subject's markers.

    >>> insert("a\\n<!-- memory -->\\nold\\n<!-- /memory -->\\nb", "memory", "new")
    'a\\n<!-- memory -->\\nnew\\n<!-- /memory -->\\nb'
    """
    begin, end = f"<!-- {subject} -->", f"<!-- /{subject} -->"
    pattern = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(document):
        raise ValueError(f"expected the markers {begin} and {end}, each on its line, in {README.name}")
    return pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document)


def arrange(subject: Subject, suite: pyperf.BenchmarkSuite) -> Arranged:
    """Sort a suite's benchmarks by the size of the input, then by peer; peers that there aren't any more are left."""
    arranged: Arranged = {}
    for benchmark in suite:
        metadata = benchmark.get_metadata()
        if metadata["peer"] in subject.peers:
            arranged.setdefault(metadata["corpus_bytes"], {})[metadata["peer"]] = benchmark
    return dict(sorted(arranged.items()))


def ratio_table(subject: Subject, arranged: Arranged) -> str:
    """Draw a row a peer: seconds at each size, time beside ours, peak memory at its largest size."""
    compared = [size for size, peers in arranged.items() if size >= COMPARED_FROM and subject.ours in peers]
    largest = {name: size for size, peers in arranged.items() for name in peers}
    rows = []
    for name in sorted(largest, key=lambda name: (-largest[name], arranged[largest[name]][name].median())):
        row = [subject.peers[name].title]
        row += [seconds(peers[name]) if name in peers else "–" for peers in arranged.values()]
        row += [beside(arranged[size], name, subject.ours) for size in compared]
        rows.append([*row, size_of(arranged[largest[name]][name])])
    times = [f"{size(count)}, s" for count in arranged]
    ratios = [f"× at {size(count)}" for count in compared]
    return table(["", *times, *ratios, "peak memory"], rows)


def beside(peers: Mapping[str, pyperf.Benchmark], name: str, other: str) -> str:
    """Show a peer's time as a multiple of another's, if both ran."""
    return f"{ratio(peers[name], peers[other]):.2f}" if name in peers and other in peers else "–"


def size_of(benchmark: pyperf.Benchmark) -> str:
    """Show the peak memory of a benchmark."""
    return size(benchmark.get_metadata()["tree_peak_memory"])


def target_table(subject: Subject, arranged: Arranged) -> str:
    """Draw a row a target whose two peers were measured, at the largest size that both ran."""
    rows = []
    for target in subject.targets:
        both = [count for count, peers in arranged.items() if {target.numerator, target.denominator} <= peers.keys()]
        if both:
            reached = beside(arranged[both[-1]], target.numerator, target.denominator)
            rows.append([target.text, size(both[-1]), target.wanted, reached])
    return table(["ratio", "input", "wanted", "measured"], rows) if rows else ""


def tables(subject: Subject, suite: pyperf.BenchmarkSuite) -> str:
    """Write a subject's tables in Markdown."""
    arranged = arrange(subject, suite)
    rounds = max(benchmark.get_nrun() for benchmark in suite)
    legend = (
        f"Seconds: median of {rounds} runs (least–most), or one run. ×: time beside that of "
        f"“{subject.peers[subject.ours].title}”, less is faster. Peak memory: of the whole process tree, on the "
        "largest input that the peer ran."
    )
    parts = [legend, ratio_table(subject, arranged), target_table(subject, arranged)]
    return "\n\n".join(filter(None, parts))


def render(name: str, suite: pyperf.BenchmarkSuite) -> str:
    """Write the Markdown that README.md shows of a subject, and the plot beside it."""
    subject = load(name)
    series: dict[str, dict[int, pyperf.Benchmark]] = {}
    for count, peers in arrange(subject, suite).items():
        for peer, benchmark in peers.items():
            series.setdefault(subject.peers[peer].title, {})[count] = benchmark
    plot(series, RESULTS / f"{name}.svg")
    picture = f"![seconds of each peer by the size of the input](results/{name}.svg)"
    return "\n\n".join([tables(subject, suite), picture, caption(suite)])


def overview(suites: Mapping[str, pyperf.BenchmarkSuite]) -> str:
    """Draw a row a subject, a column for each peer of several: its time beside ours, at the largest size of both."""
    arranged = {name: arrange(load(name), suite) for name, suite in suites.items()}
    ran = {name: {peer for peers in sizes.values() for peer in peers} for name, sizes in arranged.items()}
    counted = Counter(peer for peers in ran.values() for peer in peers)
    shared = [peer for peer, count in counted.most_common() if count > 1 and peer != "bigdata"]
    rows = []
    for name, sizes in arranged.items():
        subject, row = load(name), [f"[{name}](#{name})"]
        largest = [peers for peers in sizes.values() if subject.ours in peers]
        row.append(f"{largest[-1][subject.ours].median():.2f}" if largest else "–")
        for peer in shared:
            both = [(count, peers) for count, peers in sizes.items() if {peer, subject.ours} <= peers.keys()]
            row.append(f"{beside(both[-1][1], peer, subject.ours)} ({size(both[-1][0])})" if both else "–")
        rows.append(row)
    return table(["", "ours, s", *shared], rows)


def stored(name: str) -> pyperf.BenchmarkSuite | None:
    """Give the results that are kept under a name, if there are any."""
    path = RESULTS / f"{name}.json"
    return pyperf.BenchmarkSuite.load(str(path)) if path.exists() else None


def replace(subject: str, text: str) -> None:
    """Put text between a subject's markers in README.md."""
    README.write_text(insert(README.read_text(encoding="utf-8"), subject, text), encoding="utf-8")


def publish() -> None:
    """Write the tables and plots of all stored subjects into README.md."""
    suites = {name: suite for name in names() if (suite := stored(name)) is not None}
    for name, suite in suites.items():
        replace(name, render(name, suite))
    if suites:
        replace("overview", overview(suites))
