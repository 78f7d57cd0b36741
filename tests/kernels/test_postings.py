"""The native postings are those of the aggregator, as lines in the order of their bytes."""

import itertools
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
from tests.kernels.test_token_counter import read

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

NAMES = ["a.txt", 'b"é\\', "c"]
TEXT = st.text(st.sampled_from("aAbé' \n"), max_size=40)
DOCUMENTS = st.lists(st.tuples(st.integers(0, len(NAMES) - 1), TEXT), max_size=6)


def postings_of(*parts):
    """Postings of documents, as their numbers and texts, for each part."""
    made = []
    for documents in parts:
        made.append(native.Postings(string.ascii_letters + "'", True))
        for number, text in documents:
            made[-1].update(text.encode())
            made[-1].end_document(number)
    return made


@pytest.mark.parametrize("ranked", [False, True])
@given(st.lists(DOCUMENTS, min_size=1, max_size=3), st.integers(1, 20))
@settings(deadline=None)
def test_lines_are_those_of_the_aggregator(ranked, parts, size):
    found = defaultdict(list)
    for number, text in itertools.chain(*parts):
        for line in text.split("\n"):
            for word in words(line):
                found[word].append(NAMES[number])
    lines = native.PostingLines(postings_of(*parts), [json.dumps(name) for name in NAMES], ranked, size=size)
    aggregator = Postings(ranked)
    wanted = {json.dumps(word): json.dumps(aggregator.aggregate(names)) for word, names in found.items()}
    assert read(lines) == b"".join(f"{word}\t{text}\n".encode() for word, text in sorted(wanted.items()))


def test_a_document_may_come_in_parts():
    [postings] = postings_of([])
    for block in (b"the fox\nthe", b"the den"):
        postings.update(block)
    postings.end_document(0)
    postings.update(b"fox")
    postings.end_document(0)
    lines = native.PostingLines([postings], ['"a"'], False)
    assert [line.partition(b'["a", ')[2][:1] for line in read(lines).splitlines()] == [b"1", b"2", b"3"]


def test_misuse_is_refused():
    with pytest.raises(ValueError, match="line ends"):
        native.Postings("a\n", True)
    [postings] = postings_of([(1, "a b")])
    with pytest.raises(IndexError, match="a name for each document"):
        native.PostingLines([postings], ['"a"'], False)
    with pytest.raises(RuntimeError, match="in use"):
        native.PostingLines([postings, postings], ['"a"', '"b"'], False)
    with pytest.raises(ValueError, match="one at least"):
        native.PostingLines([], [], False)


def test_memory_is_given_back():
    text = " ".join(f"{a}{b}{c}" for a in "abcdefgh" for b in string.ascii_letters for c in "xyz")
    [postings] = postings_of([(0, text)])
    full = postings.nbytes
    native.PostingLines([postings], ['"a"'], False)
    assert postings.nbytes < full / 2


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
