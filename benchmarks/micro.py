"""The hot core of aggregation by itself: each operation beside a plain way to do it, interleaved in one process.

    python -m benchmarks micro
    python -m benchmarks micro --operations fold,sort --no-publish

A way's figure is the best of its rounds: the work is the same each time, and all that disturbs it makes it slower.
"""

import argparse
import gc
import json
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyperf
from mrjob.protocol import StandardJSONProtocol

from benchmarks import corpus, report
from benchmarks.peers.wordcount.counter_loop import count
from bigdata import Sum, words
from bigdata.codecs import flat, pair_encoder
from bigdata.engines.duckdb.shuffle import sorted_groups
from bigdata.engines.spills import Run, grouped, pairs_of, size_of, write_run
from bigdata.kernels import native
from bigdata.kernels.folds import FoldTable

ROUNDS = 7
TEXT_BYTES = 4 * 10**6
RECORDS = 200_000


@dataclass(frozen=True)
class Operation:
    """Ways to do one thing, the reference first.

    :param unit: in which `amount` is: records or bytes
    """

    unit: str
    amount: int
    ways: Mapping[str, Callable[[], Any]]


def text() -> bytes:
    """Give some megabytes of the corpus."""
    whole, chunks = b"", corpus.zipf()
    while len(whole) < TEXT_BYTES:
        whole += next(chunks)
    return whole


def tokens() -> list[str]:
    """Give the first words of the corpus."""
    return words(text().decode())[:RECORDS]


def bytes_pairs() -> list[tuple[bytes, bytes | None]]:
    """Give pairs as the shuffle has them, each word with its place."""
    return [(b'"%b"' % word.encode(), b"%d" % place) for place, word in enumerate(tokens())]


def token_counter(form: Any, block: bytes, size: int = 1) -> Any:
    """Count a block by the kernel."""
    assert words.ascii is not None and native is not None
    counter = native.TokenCounter(words.ascii, True, form, size)
    counter.update(block)
    return counter


def tokenise() -> Operation:
    """Count the words of text."""
    block = text()
    ways = {"Counter loop over lines": lambda: count(block.decode().splitlines())}
    if native is not None:
        ways["TokenCounter, each"] = lambda: token_counter("each", block)
    return Operation("bytes", len(block), ways)


def tokenise_pairs() -> Operation:
    """Count the pairs of neighbours in lines of text."""
    block = text()

    def loop() -> Any:
        lines = (words(line) for line in block.decode().splitlines())
        return Counter(pair for line in lines for pair in pairwise(line))

    ways = {"Counter over pairwise(line)": loop}
    if native is not None:
        ways["TokenCounter, ngrams of 2"] = lambda: token_counter("ngrams", block, 2)
    return Operation("bytes", len(block), ways)


def fold() -> Operation:
    """Fold pairs of a word and 1 into a table of sums."""
    pairs = [(word, 1) for word in tokens()]

    def loop() -> Any:
        table: dict[str, int] = {}
        for word, number in pairs:
            table[word] = table.get(word, 0) + number
        return table

    ways: dict[str, Callable[[], Any]] = {
        "dict loop": loop,
        "Counter of the keys": lambda: Counter(word for word, _ in pairs),
        "Sum.fold": lambda: Sum().fold({}, pairs, repr),
    }
    if native is not None:
        ways["Sum.fold, native"] = lambda: FoldTable(Sum()).fold(pairs, repr)
    return Operation("records", len(pairs), ways)


def merge() -> Operation:
    """Add a table of counts to another with the same keys."""
    block = text()
    table = count(block.decode().splitlines())
    sums, total = dict(table), Counter(table)
    ways: dict[str, Callable[[], Any]] = {
        "Counter.update": lambda: total.update(table),
        "Sum.fold": lambda: Sum().fold(sums, table.items(), repr),
    }
    if native is not None:
        counted, target = token_counter("each", block), token_counter("each", block)
        ways["TokenCounter.merge"] = lambda: target.merge(counted)
    return Operation("records", len(table), ways)


def encode() -> Operation:
    """Encode pairs of a word and a number as JSON; nothing is kept, so that no way pays for another's memory."""
    pairs = [(word, place) for place, word in enumerate(tokens())]

    def each(write: Callable[[Any, Any], Any]) -> Callable[[], None]:
        def loop() -> None:
            for key, value in pairs:
                write(key, value)

        return loop

    protocol = StandardJSONProtocol().write
    ways = {
        "json.dumps": each(lambda key, value: (json.dumps(key).encode(), json.dumps(value).encode())),
        "mrjob's protocol": each(protocol),
        "pair_encoder": each(pair_encoder(protocol)),
    }
    try:
        from orjson import dumps
    except ImportError:
        pass
    else:
        ways["orjson.dumps"] = each(lambda key, value: (dumps(key), dumps(value)))
    return Operation("records", len(pairs), ways)


def shuffle(folder: Path) -> Operation:
    """Write a run of pairs to a file and read it back."""
    pairs = bytes_pairs()
    groups, path = grouped(pairs), folder / "run"

    def pickled() -> Any:
        path.write_bytes(pickle.dumps(groups, pickle.HIGHEST_PROTOCOL))
        return [(key, value) for key, values in pickle.loads(path.read_bytes()).items() for value in values]

    def run() -> Any:
        write_run(str(path), groups)
        return list(pairs_of(Run(0, str(path))))

    return Operation("records", len(pairs), {"pickle of a dict": pickled, "write_run, pairs_of": run})


def sort(folder: Path) -> Operation:
    """Sort pairs by their keys."""
    pairs = bytes_pairs()
    groups = grouped(pairs)
    in_memory = Run(size_of(groups), groups=groups)
    write_run(str(folder / "run"), groups)
    in_file = Run(in_memory.size, str(folder / "run"))
    table = pa.table([list(column) for column in zip(*pairs)], ["key", "value"])
    ways = {
        "sorted(pairs)": lambda: sorted(pairs, key=lambda pair: pair[0]),
        "pyarrow sort_by": lambda: table.sort_by("key"),
        "reducer's sort, in memory": lambda: list(flat(sorted_groups([in_memory], in_memory.size, False, str(folder)))),
        "reducer's sort, from a file, out of core": lambda: list(
            flat(sorted_groups([in_file], in_memory.size // 2, False, str(folder / "sort")))
        ),
    }
    return Operation("records", len(pairs), ways)


OPERATIONS: dict[str, Callable[[Path], Operation]] = {
    "tokenise": lambda _: tokenise(),
    "tokenise-pairs": lambda _: tokenise_pairs(),
    "fold": lambda _: fold(),
    "merge": lambda _: merge(),
    "encode": lambda _: encode(),
    "shuffle": shuffle,
    "sort": sort,
}


def measure(operation: Operation, rounds: int) -> dict[str, list[float]]:
    """Take the seconds of each way in each round; a round before them is thrown away."""
    seconds: dict[str, list[float]] = {way: [] for way in operation.ways}
    for number in range(rounds + 1):
        for way in random.Random(number).sample(list(operation.ways), len(operation.ways)):
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            result = operation.ways[way]()
            elapsed = time.perf_counter() - start
            gc.enable()
            del result
            if number:
                seconds[way].append(elapsed)
    return seconds


def measure_here(name: str, rounds: int) -> str:
    """Measure an operation in this process; gives its unit, amount and seconds as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        operation = OPERATIONS[name](Path(folder))
        return json.dumps([operation.unit, operation.amount, measure(operation, rounds)])


def measure_apart(name: str, rounds: int) -> report.Runs:
    """Measure an operation in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.micro", name, str(rounds)]
    unit, amount, seconds = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    facts = {"operation": name, "per": unit, "amount": amount, **report.machine(), **report.moment()}
    return {
        f"{name}: {way}": [
            pyperf.Run(values, metadata={"name": f"{name}: {way}", "way": way, **facts}, collect_metadata=False)
        ]
        for way, values in seconds.items()
    }


def tables(suite: pyperf.BenchmarkSuite) -> str:
    """Draw a row a way: its best figure, and its time beside the reference, the operation's first."""
    rows, reference = [], ("", 0.0)
    for benchmark in suite:
        facts, best = benchmark.get_metadata(), min(benchmark.get_values())
        if facts["operation"] != reference[0]:
            reference = (facts["operation"], best)
        if facts["per"] == "bytes":
            figure = f"{facts['amount'] / best / 10**6:,.0f} MB/s"
        else:
            figure = f"{best / facts['amount'] * 10**9:,.0f} ns a record"
        rows.append([f"{facts['operation']}: {facts['way']}", figure, f"{best / reference[1]:.3f}"])
    return report.table(["", "best", "time, the operation's first = 1"], rows)


def publish() -> None:
    """Write the stored results into README.md."""
    if (suite := report.stored("micro")) is not None:
        report.replace("micro", f"{tables(suite)}\n\n{report.caption(suite)}")


def main(argv: Sequence[str]) -> None:
    """Measure the operations, each in a process of its own, and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks micro", description=__doc__.partition("\n")[0])
    parser.add_argument("--operations", default=",".join(OPERATIONS), help=", ".join(OPERATIONS))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of which the best counts ({ROUNDS})")
    parser.add_argument("--no-publish", action="store_true", help="print the table; leave results and README alone")
    options = parser.parse_args(argv)
    runs: report.Runs = {}
    for name in options.operations.split(","):
        if name not in OPERATIONS:
            parser.error(f"unknown operation: {name!r}; expected some of: {', '.join(OPERATIONS)}")
        runs |= measure_apart(name, options.rounds)
    suite = report.suite(runs)
    if options.no_publish:
        print(tables(suite))
    else:
        report.store("micro", suite)
        publish()


if __name__ == "__main__":
    print(measure_here(sys.argv[1], int(sys.argv[2])))
