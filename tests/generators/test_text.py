"""Text against Zipf's law."""

import re
from collections import Counter
from itertools import islice

import numpy as np
import pytest

from bigdata.generators.text import zipf
from tests.generators.files import files


@pytest.mark.parametrize("exponent", [0.9, 1.1])
def test_words_come_as_often_as_zipf_says(exponent):
    chunks = b"".join(islice(zipf(words=1000, exponent=exponent), 4))
    counts = np.array([count for _, count in Counter(re.findall(rb"[\w']+", chunks.lower())).most_common(100)])
    slope, _ = np.polyfit(np.log(np.arange(1, 101)), np.log(counts), 1)
    assert slope == pytest.approx(-exponent, abs=0.03)


def test_a_line_is_a_sentence():
    sentence = re.compile(r"""[A-Z][a-z']+ (?:[a-z']+ ){3}"[a-z']+" (?:[a-z']+ ){3}[a-z']+, (?:[a-z']+ ){6}[a-z']+\.""")
    assert all(sentence.fullmatch(line) for line in files("text", 1000)["text.txt"].decode().splitlines())
