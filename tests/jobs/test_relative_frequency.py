"""relative_frequency against exact fractions."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings

import bigdata
from bigdata import words
from jobs.relative_frequency import RelativeFrequency
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

CASES = [
    Case("relative_frequency of a sample", RelativeFrequency, sample("wordcount/gettysburg.txt")),
    Case("relative_frequency of an awkward text", RelativeFrequency, AWKWARD),
    Case("relative_frequency of words before letters", RelativeFrequency, {"a.txt": b"a 'a\na 0 a _ a a"}),
]


def by_fractions(lines):
    following = Counter(pair for line in map(words, lines) for pair in pairwise(line))
    totals = Counter()
    for (word, _), count in following.items():
        totals[word] += count
    return {pair: Fraction(count, totals[pair[0]]) for pair, count in following.items()}


def probabilities(paths):
    with bigdata.run(RelativeFrequency, paths) as result:
        assert result.stages[0].way == "columnar"
        return {(word, following): probability for (word, following), probability in result}


def test_the_sample_has_the_exact_fractions_rounded():
    paths = sorted(SAMPLES.glob("documents/*.txt"))
    wanted = by_fractions(line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    assert len(wanted) > 4000
    assert probabilities(paths) == {pair: float(fraction) for pair, fraction in wanted.items()}


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_any_text_has_the_exact_fractions_rounded(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    assert probabilities(path) == {pair: float(fraction) for pair, fraction in by_fractions(lines).items()}
