"""Peak memory of a word count against its limit, on a text ten times the limit whose words don't fit in it.

python -m benchmarks memory --memory-limit 512MB
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyperf

from benchmarks import corpus, report
from benchmarks.answers import WrongAnswer
from benchmarks.measure import run
from benchmarks.subjects.wordcount import SUBJECT

INPUT_PER_LIMIT = 10
OURS = ("bigdata-native", "bigdata-columnar", "bigdata-folded", "bigdata-sorted")

LINES = r"""read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, strict_mode = false,
                     delim = '\n', quote = '', escape = '')"""
RECORDS = r"""read_csv(?, columns = {'word': 'VARCHAR', 'count': 'BIGINT'}, header = false, auto_detect = false,
                       delim = '\t', quote = '', escape = '')"""
# Neither sum groups, so the check takes no memory: the answer holds the text's words, each as often as it should be,
# when both come out the same; it holds each in one record when it has `count_distinct` records.
TEXT_SUM = rf"""
    SELECT count(*), sum(hash(word))
    FROM (SELECT unnest(regexp_extract_all(lower(line), '[\w'']+')) AS word FROM {LINES})
"""
ANSWER_SUM = f"""
    SELECT count(*), sum(count), sum(hash(trim(word, '"'))::HUGEINT * count) FROM {RECORDS}
"""


def check(name: str, output: Path, words: int, fingerprint: int) -> None:
    """Hold a way's answer against the sums over the text."""
    expected = (corpus.count_distinct(words), words, fingerprint)
    [answer] = duckdb.execute(ANSWER_SUM, [f"{output}/part-*"]).fetchall()
    if answer != expected:
        raise WrongAnswer(f"{name}: expected (records, words, sum of hashes) {expected}; got {answer}")


def render(suite: pyperf.BenchmarkSuite) -> str:
    """Write the Markdown that README.md shows."""
    rows = []
    for benchmark in suite:
        facts = benchmark.get_metadata()
        peak, limit = facts["tree_peak_memory"], facts["memory_limit"]
        text, words = report.size(facts["corpus_bytes"]), f"{facts['distinct_words']:,}"
        seconds = f"{benchmark.median():.0f}"
        title = SUBJECT.peers[facts["peer"]].title
        rows.append([title, text, words, report.size(limit), report.size(peak), f"{peak / limit:.2f}", seconds])
    header = ["", "text", "different words", "limit", "peak of the tree", "peak / limit", "s"]
    return f"{report.table(header, rows)}\n\n{report.caption(suite)}"


def publish() -> None:
    """Write the stored results into README.md."""
    if (suite := report.stored("memory")) is not None:
        report.replace("memory", render(suite))


def main(argv: Sequence[str]) -> None:
    """Make the text, run each way under the limit, and publish."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks memory", description=__doc__.partition("\n")[0])
    parser.add_argument("--memory-limit", type=corpus.parse_size, default="512MB", help="(default: 512MB)")
    parser.add_argument("--peers", type=lambda names: names.split(","), default=list(OURS), help=", ".join(OURS))
    parser.add_argument("--scratch", type=Path, default=report.SCRATCH, help="folder for texts, kept, and for outputs")
    parser.add_argument("--no-publish", action="store_true", help="print the table; leave results and README alone")
    options = parser.parse_args(argv)
    if unknown := set(options.peers) - set(OURS):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}; expected some of: {', '.join(OURS)}")
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    size = INPUT_PER_LIMIT * options.memory_limit
    text = scratch / f"distinct-{size}" / "text.txt"
    if not text.exists():
        text.parent.mkdir(exist_ok=True)
        corpus.write(corpus.distinct(), size, text)
    [(words, fingerprint)] = duckdb.execute(TEXT_SUM, [str(text)]).fetchall()
    runs = {}
    for name in options.peers:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            output = Path(folder, "counts")
            limit = f"{options.memory_limit // 10**6}MB"
            usage = run(SUBJECT.peers[name].command(text.parent, output, limit), sample_memory=True)
            check(name, output, words, fingerprint)
        print(f"{name}: {report.size(usage.peak_memory)}, {usage.seconds:.0f} s", file=sys.stderr)
        metadata = {
            "name": name,
            "peer": name,
            "corpus_bytes": size,
            "distinct_words": corpus.count_distinct(words),
            "memory_limit": options.memory_limit,
            "tree_peak_memory": usage.peak_memory,
            **report.machine(),
            **report.moment(),
        }
        runs[name] = [pyperf.Run([usage.seconds], metadata=metadata, collect_metadata=False)]
    if options.no_publish:
        print(render(report.suite(runs)))
    else:
        report.store("memory", report.suite(runs))
        publish()
