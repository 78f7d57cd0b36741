"""Keep results: pyperf's JSON as the data, Markdown tables between markers in README.md."""

import re
import statistics
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from operator import truediv
from pathlib import Path

import psutil
import pyperf

HERE = Path(__file__).parent
RESULTS = HERE / "results"
README = HERE / "README.md"
SCRATCH = Path(tempfile.gettempdir(), "bigdata-benchmarks")
# What a reader needs to judge the figures; pyperf also collects the host's name and the paths of its Python.
MACHINE = ("cpu_model_name", "cpu_count", "cpu_freq", "cpu_config", "platform", "python_version", "perf_version")
MOMENT = ("date", "load_avg_1min")
PACKAGES = ("bigdata", "dask", "duckdb", "mrjob", "polars", "pyarrow", "pyspark")

Metadata = dict[str, str | int | float]


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
    """Say on what machine, with what versions and when a suite was measured."""
    metadata = suite.get_metadata()
    versions = ", ".join(f"{name[8:]} {metadata[name]}" for name in sorted(metadata) if name.startswith("version_"))
    first, last = suite.get_dates()
    return (
        f"{metadata['cpu_model_name']}, {metadata['cpu_count']} CPUs, {size(metadata['memory_total'])}; "
        f"{metadata['platform']}; Python {metadata['python_version']}; {versions}. "
        f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}."
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


def publish(subjects: Mapping[str, Callable[[pyperf.BenchmarkSuite], str]]) -> None:
    """Render the stored results of each subject into README.md."""
    for subject, render in subjects.items():
        path = RESULTS / f"{subject}.json"
        if path.exists():
            text = render(pyperf.BenchmarkSuite.load(str(path)))
            README.write_text(insert(README.read_text(encoding="utf-8"), subject, text), encoding="utf-8")
