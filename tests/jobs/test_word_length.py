"""word_length against the module statistics."""

import statistics

import pytest
from hypothesis import given, settings

import bigdata
from bigdata import words
from jobs.word_length import WordLength
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

CASES = [
    Case("word_length of a sample", WordLength, sample("wordcount/gettysburg.txt")),
    Case("word_length of an awkward text", WordLength, AWKWARD),
    Case("word_length of an even number of words", WordLength, {"a.txt": b"a bb\nccc dddd", "empty.txt": b""}),
]


def by_statistics(lines):
    lengths = [len(word) for line in lines for word in words(line)]
    return {
        "mean": pytest.approx(statistics.fmean(lengths)),
        "median": statistics.median(lengths),
        "standard deviation": pytest.approx(statistics.pstdev(lengths), abs=1e-9),
    }


def test_the_sample_has_the_values_of_statistics():
    path = SAMPLES / "wordcount" / "opticks.txt"
    assert dict(bigdata.run(WordLength, path)) == by_statistics(path.read_text(encoding="utf-8").splitlines())


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    with bigdata.run(WordLength, path) as result:
        assert result.stages[0].way == "columnar"
        assert dict(result) == (by_statistics(lines) if any(map(words, lines)) else {})
