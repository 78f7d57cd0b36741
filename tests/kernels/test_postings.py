"""The native postings are those of the aggregator, as lines in the order of their bytes."""

import json
import string
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import Postings, words
from bigdata.engines.duckdb import counting
from bigdata.kernels import missing, native
from jobs.inverted_index import InvertedIndex

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

NAMES = ["a.txt", 'b"é\\', "c"]
TEXT = st.text(st.sampled_from("aAbé' \n"), max_size=40)
DOCUMENTS = st.lists(st.tuples(st.integers(0, len(NAMES) - 1), TEXT), max_size=6)


def counter_of(text="", form="each"):
    counter = native.TokenCounter(string.ascii_letters + "'", True, form)
    counter.update(text.encode())
    return counter


@pytest.mark.parametrize("ranked", [False, True])
@given(st.lists(DOCUMENTS, min_size=1, max_size=3))
@settings(deadline=None)
def test_lines_are_those_of_the_aggregator(ranked, parts):
    postings, found = [native.Postings() for _ in parts], defaultdict(list)
    for one, documents in zip(postings, parts, strict=True):
        for number, text in documents:
            one.add(counter_of(text), number)
            for word in words(text):
                found[word].append(NAMES[number])
    lines = native.PostingLines(postings, [json.dumps(name) for name in NAMES], ranked)
    aggregator = Postings(ranked)
    wanted = {json.dumps(word): json.dumps(aggregator.aggregate(names)) for word, names in found.items()}
    assert lines.read(1 << 30) == b"".join(f"{word}\t{text}\n".encode() for word, text in sorted(wanted.items()))
    assert lines.read(1) == b""


def test_misuse_is_refused():
    postings = native.Postings()
    with pytest.raises(ValueError, match="form each"):
        postings.add(counter_of("a b", "successors"), 0)
    postings.add(counter_of("a b"), 1)
    with pytest.raises(IndexError, match="a name for each document"):
        native.PostingLines([postings], ['"a"'], False)
    with pytest.raises(RuntimeError, match="in use"):
        native.PostingLines([postings, postings], ['"a"', '"b"'], False)
    with pytest.raises(ValueError, match="one at least"):
        native.PostingLines([], [], False)


def test_memory_is_given_back():
    postings = native.Postings()
    postings.add(counter_of(" ".join(f"{a}{b}{c}" for a in "abcdefgh" for b in string.ascii_letters for c in "xyz")), 0)
    full = postings.nbytes
    native.PostingLines([postings], ['"a"'], False)
    assert postings.nbytes < full / 10


def test_what_does_not_fit_in_memory_is_done_in_sql(tmp_path, monkeypatch, caplog):
    for name in "ab":
        (tmp_path / name).write_text("the fox\nthe den\n")
    wanted = list(bigdata.run(InvertedIndex, tmp_path))
    index = counting.index
    monkeypatch.setattr(counting, "index", lambda keys, ranked, sources, threads, budget, progress: index(
        keys, ranked, sources, threads, 0, progress
    ))  # fmt: skip
    with caplog.at_level("INFO", "mrjob.bigdata"):
        assert list(bigdata.run(InvertedIndex, tmp_path)) == wanted
    assert "postings don't fit in memory" in caplog.text
