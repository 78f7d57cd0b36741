"""frequency_histogram against collections.Counter."""

from collections import Counter

from hypothesis import given, settings

import bigdata
from bigdata import words
from jobs.frequency_histogram import FrequencyHistogram
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

CASES = [
    Case("frequency_histogram of a sample", FrequencyHistogram, sample("wordcount/gettysburg.txt")),
    Case("frequency_histogram of an awkward text", FrequencyHistogram, AWKWARD),
]


def by_counter(lines):
    return Counter(Counter(word for line in lines for word in words(line)).values())


def test_the_sample_has_the_frequencies_of_a_counter():
    path = SAMPLES / "wordcount" / "opticks.txt"
    assert dict(bigdata.run(FrequencyHistogram, path)) == by_counter(path.read_text(encoding="utf-8").splitlines())


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    with bigdata.run(FrequencyHistogram, path) as result:
        assert result.stages[0].way == "columnar"
        assert dict(result) == by_counter(lines)
