"""grep against GNU grep."""

import os
import re
import subprocess
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from jobs.grep import Grep
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES, ODD

TEXT = sample("wordcount/gettysburg.txt")
CASES = [
    Case("grep of a sample for a text", Grep, TEXT, "--pattern nation {inputs}"),
    Case("grep of a sample for a regular expression", Grep, TEXT, "--pattern '^  .*(re|en)' {inputs}"),
    Case("grep of an awkward text", Grep, AWKWARD, "--pattern ' ' {inputs}"),
    Case("grep of matches in a sample", Grep, TEXT, r"--count --pattern '\w+ed\b' {inputs}"),
    Case("grep of matches in an awkward text", Grep, AWKWARD, r"--count --pattern '\w*' {inputs}"),
]
OPTICKS = SAMPLES / "wordcount" / "opticks.txt"
PATTERNS = [
    "Prism",
    "_Qu._",
    r"^PROP\. [IVX]+\.$",
    "[0-9]+/[0-9]+",
    "(very )?(red|green|blue|violet)",
    "(?i)colou?rs",
    "zzz",
]

has_gnu_grep = pytest.mark.skipif(
    "GNU" not in subprocess.run("grep --version", shell=True, capture_output=True, text=True).stdout,
    reason="needs GNU grep",
)


def gnu_grep(*args):
    command = ["grep", "--perl-regexp", *args, OPTICKS]
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@has_gnu_grep
@pytest.mark.parametrize("pattern", PATTERNS)
def test_lines_are_those_of_gnu_grep_in_their_order(pattern):
    with bigdata.run(Grep, OPTICKS, args=["--pattern", pattern]) as result:
        assert [line for _, line in result] == gnu_grep(pattern)


@has_gnu_grep
@pytest.mark.parametrize("pattern", PATTERNS)
def test_matches_are_those_of_gnu_grep_by_frequency(pattern):
    with bigdata.run(Grep, OPTICKS, args=["--count", "--pattern", pattern]) as result:
        counts = Counter(gnu_grep("--only-matching", pattern))
        assert list(result) == sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


@settings(max_examples=25, deadline=None)
@given(LINES, st.text(ODD.replace("\0", ""), min_size=1, max_size=2))
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, lines, text):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    with bigdata.run(Grep, path, args=["--pattern", text]) as result:
        assert result.stages[0].way == "columnar"
        lines = [line.rstrip("\r") for line in lines]
        assert list(result) == [(None, line) for line in lines if text in line]


@pytest.mark.parametrize("pattern", [r"\.", "a.c", "^a", "a$", "a*", "a+", "a?", "a{2}", "[a]", "a|b", "(a)"])
def test_only_plain_text_has_a_twin(pattern):
    with bigdata.run(Grep, OPTICKS, args=["--pattern", pattern]) as result:
        assert result.stages[0].way == "map-only"
        lines = OPTICKS.read_text(encoding="utf-8").splitlines()
        assert [line for _, line in result] == [line for line in lines if re.search(pattern, line)]


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"--pattern: '\(fox' is no regular expression: missing \)"):
        Grep(["--pattern", "(fox"])
