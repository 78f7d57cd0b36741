"""Aggregates agree to the last digit with Hive's own classes, which PySpark brings along, asked at random."""

import random
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from bigdata import Session
from bigdata.sql.hive.functions.histograms import Histogram
from bigdata.sql.hive.functions.ngrams import Estimator
from bigdata.sql.hive.functions.statistics import squares

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("java") is None, reason="Hive's classes need pyspark and Java"
    ),
]
PROGRAM = Path(__file__).parents[2] / "java" / "Aggregates.java"


def ask(questions):
    """Hive's answers to lines of questions."""
    jars = Path(find_spec("pyspark").origin).parent / "jars" / "*"
    done = subprocess.run(
        ["java", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", jars, PROGRAM],
        input="\n".join(questions),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def shown(values):
    return " ".join(map(repr, values))


def test_histograms_and_their_quantiles():
    generator = random.Random(21)
    cases = []
    for _ in range(300):
        whole, count = generator.choice([0, 50, 1000]), generator.randint(1, 400)
        values = [float(generator.randint(0, whole)) if whole else generator.gauss(0, 10) for _ in range(count)]
        cases.append((generator.choice([2, 5, 20, 100]), values))
    answers = ask(f"histogram\t{bins}\t{shown(values)}" for bins, values in cases)
    for (bins, values), answer in zip(cases, answers):
        drawn = Histogram(values, bins)
        pairs = [number for pair in zip(drawn.centres.tolist(), drawn.heights.tolist()) for number in pair]
        quantiles = [drawn.quantile(share) for share in (0.0, 0.1, 0.5, 0.9, 1.0)]
        assert [float(number) for number in answer.strip("[]").split(", ")] == [bins, *pairs, *quantiles]


def test_ngrams():
    generator = random.Random(22)
    cases = []
    for _ in range(60):
        words = [f"w{int(generator.expovariate(0.02))}é"[: generator.randint(2, 6)] for _ in range(4000)]
        cases.append((generator.choice([1, 3, 10, 50, 1200]), generator.choice([1, 2, 20]), words))
    answers = ask(f"ngrams\t{k}\t{factor}\t{' '.join(words)}" for k, factor, words in cases)
    for (k, factor, words), answer in zip(cases, answers):
        estimator = Estimator(k, factor)
        for at in range(len(words) - 2, -1, -1):
            estimator.add((words[at], words[at + 1]))
        found = estimator.most_frequent()
        assert "".join(f"[{', '.join(one['ngram'])}]{one['estfrequency']}" for one in found) == answer


def test_statistics(tmp_path):
    generator = random.Random(23)
    cases = []
    for _ in range(40):
        count = generator.choice([2, 3, 10, 200])
        cases.append([[generator.uniform(-9, 99) for _ in range(count)] for _ in "yx"])
    questions = [
        question
        for y, x in cases
        for question in (
            f"corr\t{shown(y)}\t{shown(x)}",
            f"covar_pop\t{shown(y)}\t{shown(x)}",
            f"variance\t{shown(y)}",
            f"percentile\t0.33\t{shown(map(int, y))}",
        )
    ]
    answers = iter(ask(questions))
    with Session("hive", warehouse=tmp_path) as session:
        for y, x in cases:
            rows = "), (".join(f"{one!r}, {other!r}" for one, other in zip(y, x))
            session.sql(f"CREATE TEMPORARY TABLE pairs AS SELECT * FROM (VALUES ({rows})) t (y, x)")
            found = session.sql(
                "SELECT corr(y, x), covar_pop(y, x), percentile(CAST(y AS int), 0.33D) FROM "
                "(SELECT CAST(y AS double) AS y, CAST(x AS double) AS x FROM pairs) t"
            )
            corr, covar, percentile = next(iter(found.lines())).split("\t")
            session.sql("DROP TABLE pairs")
            own = [corr, covar, squares(y) / len(y), percentile]
            assert [float(number) for number in own] == [float(next(answers)) for _ in own]
