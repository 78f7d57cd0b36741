"""wordcount against collections.Counter."""

import re
from collections import Counter

import bigdata
from jobs.wordcount import WordCount
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample

CASES = [
    Case("wordcount of a sample", WordCount, sample("wordcount/gettysburg.txt")),
    Case("wordcount of an awkward text", WordCount, AWKWARD),
]


def test_counts_are_those_of_a_counter():
    path = SAMPLES / "wordcount" / "opticks.txt"
    wanted = Counter(word.lower() for word in re.findall(r"[\w']+", path.read_text(encoding="utf-8")))
    assert dict(bigdata.run(WordCount, path)) == wanted
