"""ngrams against collections.Counter."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import words
from jobs.ngrams import NGrams
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

TEXT = sample("wordcount/gettysburg.txt")
CASES = [
    Case("ngrams of a sample, pairs", NGrams, TEXT),
    Case("ngrams of a sample, single words", NGrams, TEXT, "--n 1 {inputs}"),
    Case("ngrams of a sample, whole lines", NGrams, TEXT, "--n 9 {inputs}"),
    Case("ngrams of an awkward text", NGrams, AWKWARD, "--n 3 {inputs}"),
]


def by_counter(lines, n):
    tokens = map(words, lines)
    return Counter(" ".join(gram) for line in tokens for gram in zip(*(line[start:] for start in range(n))))


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_the_sample_has_the_counts_of_a_counter(n):
    path = SAMPLES / "wordcount" / "opticks.txt"
    wanted = by_counter(path.read_text(encoding="utf-8").splitlines(), n)
    assert dict(bigdata.run(NGrams, path, args=["--n", str(n)])) == wanted


@settings(max_examples=25, deadline=None)
@given(LINES, st.integers(1, 4))
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, lines, n):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    with bigdata.run(NGrams, path, args=["--n", str(n)]) as result:
        assert result.stages[0].way == "columnar"
        assert dict(result) == by_counter(lines, n)


def test_no_words_are_refused():
    with pytest.raises(ValueError, match="--n: expected a whole number of at least 1"):
        NGrams(["--n", "0"])
