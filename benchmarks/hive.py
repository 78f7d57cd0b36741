"""TPC-H in HiveQL beside DuckDB's own dialect and Spark, and what translation and the start of a session cost.

    python -m benchmarks hive
    python -m benchmarks hive --scale 0.1 --ways duckdb,hive --no-publish

The ways share a process, with as many threads as the machine has. A round runs each query on each of them in a shuffled
order; the round before the timed ones fills caches, and checks that all give the same rows. Spark starts when the
rounds of the others are over, since its JVM works on after an answer, and takes their processors. A figure is the best
of its rounds: the work is the same each time, and all that disturbs it makes it slower.
"""

import argparse
import math
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyperf

from benchmarks import report
from benchmarks.answers import TOLERANCE, WrongAnswer
from benchmarks.measure import run
from bigdata import Session

TPCH = Path(__file__).parent / "tpch"
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
THREADS = os.cpu_count() or 1
ROUNDS = 5
TITLES = {"duckdb": "DuckDB", "hive": "Hive on DuckDB", "spark": f"Hive on Spark, local[{THREADS}]"}
TRANSLATION = "translation"
STARTS = {
    "command": "`bigdata hive -e 'select 1'`, a process",
    "session": "`Session('hive')` and a first query",
    "spark": "`Session('hive', 'spark')`",
}

#: runs a query, and gives its rows where they are asked for
Way = Callable[[str], Any]


def queries() -> dict[str, str]:
    """The queries of TPC-H by their numbers."""
    return dict(re.findall(r"-- (\d+)\n(.*?);\n", (TPCH / "queries.sql").read_text(encoding="utf-8"), re.DOTALL))


def make_data(scale: str, scratch: Path) -> Path:
    """Give the folder with TPC-H's tables, made by tpchgen-cli if they aren't there."""
    folder = scratch / f"tpch-{scale}"
    if not folder.exists():
        generator = str(Path(sys.executable).with_name("tpchgen-cli"))
        with tempfile.TemporaryDirectory(dir=scratch) as unfinished:
            place = Path(unfinished, "data")
            run([generator, "parquet", "--scale-factor", scale, "--parts", "1", "--output-dir", str(place)])
            place.rename(folder)
    return folder


def session(engine: str, data: Path, warehouse: Path) -> tuple[float, Session]:
    """A session of Hive with TPC-H's tables, and the seconds of its start."""
    settings = {"spark.master": f"local[{THREADS}]"} if engine == "spark" else {}
    elapsed, made = timed(lambda: Session("hive", engine, warehouse, settings=settings, variables={"data": str(data)}))
    made.sql((TPCH / "create.sql").read_text(encoding="utf-8"))
    return elapsed, made


def connection(data: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with a view for each of TPC-H's tables."""
    made = duckdb.connect()
    made.execute("SET parquet_metadata_cache = true")  # as sessions have it
    for table in TABLES:
        made.execute(f"CREATE VIEW {table} AS FROM read_parquet('{data}/{table}/*.parquet')")
    return made


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds of a call, and what it gives."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; an average of decimals is a double in DuckDB, and has six decimals in Hive."""
    if isinstance(one, (int, float, Decimal)) and isinstance(other, (int, float, Decimal)):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(one == other)


def check(number: str, way: str, table: Any, expected: dict[str, tuple[str, Any]]) -> None:
    """Hold a way's answer to a query against that of the way that was first to answer it.

    :raises WrongAnswer: where they differ
    """
    rows = list(zip(*(column.to_pylist() for column in table.columns)))
    first, other = expected.setdefault(number, (way, rows))
    if len(rows) != len(other) or not all(map(same, sum(rows, ()), sum(other, ()))):
        raise WrongAnswer(f"query {number}: {way} gives other rows than {first}")


def measure(ways: Mapping[str, Way], rounds: int, expected: dict[str, tuple[str, Any]]) -> dict[str, list[float]]:
    """Take the seconds of each way for each query in each round."""
    seconds: dict[str, list[float]] = {f"{way}: {number}": [] for number in queries() for way in ways}
    for turn in range(rounds + 1):
        for number, query in queries().items():
            for way in random.Random(f"{turn} {number}").sample(list(ways), len(ways)):
                elapsed, answer = timed(lambda way=way, query=query: ways[way](query))
                if turn:
                    seconds[f"{way}: {number}"].append(elapsed)
                elif way != TRANSLATION:
                    check(number, way, answer, expected)
        print(f"round {turn} of {rounds}: {', '.join(ways)}", file=sys.stderr)
    return seconds


def starts(rounds: int, scratch: Path) -> Iterator[tuple[str, list[float]]]:
    """The seconds of a command from start to exit, and of a session with its first query in a process that runs."""
    for name in ("command", "session"):
        seconds = []
        for _ in range(rounds + 1):
            with tempfile.TemporaryDirectory(dir=scratch) as warehouse:
                if name == "command":
                    command = [sys.executable, "-m", "bigdata", "hive", "--warehouse", warehouse, "-e", "select 1"]
                    seconds.append(run(command).seconds)
                else:
                    elapsed, started = timed(lambda place=warehouse: first_query(place))
                    seconds.append(elapsed)
                    started.close()
        yield name, seconds[1:]


def first_query(warehouse: str) -> Session:
    """A session that has answered a query."""
    started = Session("hive", warehouse=warehouse)
    started.sql("SELECT 1")
    return started


def runs(chosen: Sequence[str], scale: str, rounds: int, scratch: Path) -> report.Runs:
    """Measure all that the tables show."""
    data, facts = make_data(scale, scratch), {"scale": scale, **report.machine()}
    seconds: dict[str, list[float]] = {f"start: {name}": values for name, values in starts(rounds, scratch)}
    expected: dict[str, tuple[str, Any]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=scratch)))
        ways: dict[str, Way] = {}
        if "duckdb" in chosen:
            own = stack.enter_context(connection(data))
            ways["duckdb"] = lambda query: own.sql(query).to_arrow_table()
        if "hive" in chosen:
            _, hive = session("duckdb", data, folder / "hive")
            stack.enter_context(hive)
            ways |= {"hive": lambda query: hive.sql(query).to_arrow(), TRANSLATION: hive.explain}
        seconds |= measure(ways, rounds, expected)
        if "spark" in chosen:
            elapsed, spark = session("spark", data, folder / "spark")
            stack.enter_context(spark)
            seconds["start: spark"] = [elapsed]
            seconds |= measure({"spark": lambda query: spark.sql(query).to_arrow()}, rounds, expected)
    return {
        name: [pyperf.Run(values, metadata={"name": name, **facts, **report.moment()}, collect_metadata=False)]
        for name, values in seconds.items()
    }


def best(suite: pyperf.BenchmarkSuite, way: str, number: str = "sum") -> float:
    """The least seconds of a way for a query; of their sum, the sum of these."""
    if number == "sum":
        return sum(best(suite, way, each) for each in queries())
    return float(min(suite.get_benchmark(f"{way}: {number}").get_values()))


def query_table(suite: pyperf.BenchmarkSuite, ways: Sequence[str]) -> str:
    """Draw a row a query, and one for their sum."""
    pairs = [pair for pair in (("hive", "duckdb"), ("spark", "hive")) if {*pair} <= {*ways}]
    shown = [way for way in ways if way != TRANSLATION]
    rows = []
    for number in [*queries(), "sum"]:
        row = [f"{best(suite, way, number):.3f}" for way in shown]
        row += [f"{best(suite, one, number) / best(suite, other, number):.2f}" for one, other in pairs]
        row += [f"{best(suite, TRANSLATION, number) * 1000:.1f}"] if TRANSLATION in ways else []
        rows.append([number, *row])
    header = ["query", *(f"{TITLES[way]}, s" for way in shown)]
    header += [f"{TITLES[one]}, {TITLES[other]} = 1" for one, other in pairs]
    return report.table([*header, *(["translation, ms"] if TRANSLATION in ways else [])], rows)


def target_table(suite: pyperf.BenchmarkSuite, ways: Sequence[str]) -> str:
    """Draw a row a target whose ways were measured."""
    rows = []
    if {"duckdb", "hive"} <= {*ways}:
        added = best(suite, "hive") / best(suite, "duckdb") - 1
        rows.append(["all queries: time over DuckDB's own dialect", "under 5%", f"{added:.1%}"])
        slowest = max(best(suite, TRANSLATION, number) for number in queries())
        rows.append(["translation of a statement, the slowest", "under 10 ms", f"{slowest * 1000:.1f} ms"])
    if {"hive", "spark"} <= {*ways}:
        least = min(best(suite, "spark", number) / best(suite, "hive", number) for number in queries())
        rows.append(["time of Spark, Hive on DuckDB = 1, the query with the least", "over 1", f"{least:.2f}"])
    wanted = {"command": "under 0.5 s", "session": "under 0.5 s"}
    for name, title in STARTS.items():
        if (key := f"start: {name}") in suite.get_benchmark_names():
            rows.append([f"start: {title}, s", wanted.get(name, ""), report.seconds(suite.get_benchmark(key))])
    return report.table(["", "wanted", "measured"], rows)


def render(suite: pyperf.BenchmarkSuite) -> str:
    """Write the Markdown that README.md shows."""
    ways = list(dict.fromkeys(name.partition(":")[0] for name in suite.get_benchmark_names()))
    ways.remove("start")
    scale, rounds = suite.get_metadata()["scale"], max(benchmark.get_nvalue() for benchmark in suite)
    legend = f"Scale factor {scale}. Queries: the best of {rounds} rounds. Starts: median (least–most), or one."
    return "\n\n".join([legend, query_table(suite, ways), target_table(suite, ways), report.caption(suite)])


def publish() -> None:
    """Write the stored results into README.md."""
    if (suite := report.stored("hive")) is not None:
        report.replace("hive", render(suite))


def main(argv: Sequence[str]) -> None:
    """Make the data, measure, and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks hive", description=__doc__.partition("\n")[0])
    parser.add_argument("--ways", type=lambda names: names.split(","), default=list(TITLES), help=", ".join(TITLES))
    parser.add_argument("--scale", default="1", help="factor of TPC-H's size; 1 is a gigabyte of text (default: 1)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"that are timed (default: {ROUNDS})")
    parser.add_argument("--scratch", type=Path, default=report.SCRATCH, help="folder for data, kept, and warehouses")
    parser.add_argument("--no-publish", action="store_true", help="print the tables; leave results and README alone")
    options = parser.parse_args(argv)
    if unknown := set(options.ways) - set(TITLES):
        parser.error(f"unknown ways: {', '.join(sorted(unknown))}; expected some of: {', '.join(TITLES)}")
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    suite = report.suite(runs(options.ways, options.scale, options.rounds, scratch))
    if options.no_publish:
        print(render(suite))
    else:
        report.store("hive", suite)
        publish()
