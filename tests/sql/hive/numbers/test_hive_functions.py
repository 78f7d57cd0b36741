"""Operators and functions on numbers agree with Hive 2.3's own classes, which PySpark brings along."""

import itertools
import os
import shutil
import subprocess
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from bigdata import Session

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("javac") is None, reason="Hive's classes need pyspark and Java"
    ),
]
PROGRAM = Path(__file__).parents[2] / "java" / "Functions.java"
# a class that Hive's registry of functions wants, and no JAR has
SIGNER = "package org.apache.hadoop.hive.llap.security; public interface LlapSigner { interface Signable {} }"

NUMBERS = [
    *(("tinyint", value) for value in ("5", "-128")),
    *(("int", value) for value in ("7", "-2147483648", "0")),
    *(("bigint", value) for value in ("9223372036854775807", "3")),
    *(("double", value) for value in ("2.5", "-0.7", "0")),
    *(("decimal(5,2)", value) for value in ("123.45", "-0.50", "0")),
    *(("decimal(38,18)", value) for value in ("12345678901234567890.123456789012345678", "-1.5")),
    *(("string", value) for value in ("2.5", "x", "7")),
]
OPERATORS = ["+", "-", "*", "/", "%", "=", "<", "<=>"]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Hive's answers to lines of questions."""
    folder = tmp_path_factory.mktemp("classes")
    (folder / "LlapSigner.java").write_text(SIGNER)
    jars = f"{Path(find_spec('pyspark').origin).parent}/jars/*"
    subprocess.run(["javac", "-cp", jars, "-d", folder, folder / "LlapSigner.java", PROGRAM], check=True)
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.net", "java.lang", "java.util")]

    def answers(questions):
        done = subprocess.run(
            ["java", *opened, "-cp", os.pathsep.join([jars, str(folder)]), "Functions"],
            input="\n".join(questions),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return [line.split("\t")[1:] for line in done.stdout.splitlines() if line.startswith("answer\t")]

    return answers


def same(kind, expected, printed):
    """Whether two texts are the same value; Java before 19 writes some doubles with a digit too many."""
    if expected == printed or "NULL" in (expected, printed):
        return expected == printed
    if kind.startswith("decimal"):
        return Decimal(expected) == Decimal(printed)
    return kind in ("float", "double") and float(expected) == float(printed)


def differing(ask, tmp_path, calls):
    """Those of some calls, as a name and arguments and their SQL, that Hive answers otherwise."""
    answers = ask("\t".join(question) for question, _ in calls)
    assert len(answers) == len(calls)
    taken = [(call, *answer) for call, answer in zip(calls, answers) if answer != ["refused"]]
    wrong = []
    with Session("hive", warehouse=tmp_path) as session:
        for start in range(0, len(taken), 100):
            some = taken[start : start + 100]
            printed = next(iter(session.sql("SELECT " + ", ".join(sql for (_, sql), *_ in some)).lines())).split("\t")
            for (call, kind, value), mine in zip(some, printed):
                if not same(kind, "NULL" if value == "null" else value, mine):
                    wrong.append((call[1], value, mine))
    assert len(taken) > len(calls) / 2
    return wrong


def column(kind, value):
    """A value whose digits aren't known ahead, as those of a column."""
    return f"CAST(concat('{value}', '') AS {kind})"


def test_operators(ask, tmp_path):
    calls = [
        ([op, f"{one[0]}:{one[1]}", f"{other[0]}:{other[1]}"], f"({column(*one)} {op} {column(*other)})")
        for op, one, other in itertools.product(OPERATORS, NUMBERS, NUMBERS)
    ]
    assert not differing(ask, tmp_path, calls)


@pytest.mark.parametrize("name", ["round", "bround"])
def test_rounding(ask, tmp_path, name):
    more = [("double", "2.675"), ("double", "1.005"), ("double", "149.6"), ("float", "2.675"), ("bigint", "-151")]
    calls = [
        ([name, f"{kind}:{value}", f"int={digits}"], f"{name}({column(kind, value)}, {digits})")
        for (kind, value), digits in itertools.product(NUMBERS + more, range(-3, 4))
    ]
    assert not differing(ask, tmp_path, calls)


def test_functions_of_one_number(ask, tmp_path):
    names = ["abs", "ceil", "floor", "ln", "log2", "log10", "sqrt", "exp", "negative", "sign", "factorial", "cbrt"]
    calls = [
        ([name, f"{kind}:{value}"], f"{name}({column(kind, value)})")
        for name, (kind, value) in itertools.product(names, NUMBERS)
    ]
    assert not differing(ask, tmp_path, calls)


def test_functions_of_two_values(ask, tmp_path):
    calls = [
        ([name, f"{one[0]}:{one[1]}", f"{other[0]}:{other[1]}"], f"{name}({column(*one)}, {column(*other)})")
        for name, one, other in itertools.product(["pmod", "log", "nvl", "coalesce"], NUMBERS, NUMBERS)
    ]
    assert not differing(ask, tmp_path, calls)
