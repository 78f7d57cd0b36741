"""Hive's n-grams are exact while there is room, and what is forgotten is what a java.util.HashMap gives first."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata import JobError
from bigdata.sql.hive.functions.ngrams import Estimator, context_ngrams, list_hash, ngrams, string_hash

SENTENCES = st.lists(st.lists(st.sampled_from("abcd"), max_size=8), max_size=6)


def test_hashes_are_those_of_java():
    # "hello".hashCode() and "\U0001F600".hashCode(), of two UTF-16 units
    assert (string_hash("hello"), string_hash("\U0001f600")) == (99162322, 0xD83D * 31 + 0xDE00)
    # Arrays.asList("a", "b").hashCode(), which HashMap spreads by its upper half
    assert list_hash(("a", "b")) == 4066 ^ (4066 >> 16)


@given(SENTENCES, st.integers(1, 3))
def test_ngrams_are_counted(sentences, n):
    expected = Counter(tuple(words[at : at + n]) for words in sentences for at in range(len(words) - n + 1))
    ranked = sorted(expected.items(), key=lambda item: (-item[1], item[0]))
    found = ngrams([sentences], n, 100, 1)
    assert [(tuple(one["ngram"]), one["estfrequency"]) for one in found or []] == ranked


@given(SENTENCES, st.sampled_from([["a", None], [None, "b", None], [None]]))
def test_context_ngrams_are_ngrams_that_fit(sentences, context):
    expected: Counter[tuple[str, ...]] = Counter()
    for words in sentences:
        for at in range(len(words) - len(context) + 1):
            pairs = list(zip(context, words[at:]))
            if all(wanted in (None, word) for wanted, word in pairs):
                expected[tuple(word for wanted, word in pairs if wanted is None)] += 1
    found = context_ngrams([sentences], context, 100, 1)
    assert {tuple(one["ngram"]): one["estfrequency"] for one in found or []} == expected


def test_of_equals_those_stay_that_a_hash_map_gives_last():
    estimator = Estimator(2, 1)
    for word in ("b", "q", "a", "p"):
        estimator.add((word,))
    # 31 + hashCode is 128, 129, 143, 144 for a, b, p, q: the slots 0, 1, 15, 0 of 16, and q came before a
    assert [one["ngram"] for one in estimator.most_frequent()] == [["b"], ["p"]]


def test_the_rarest_are_forgotten_when_there_are_twice_too_many():
    estimator = Estimator(1000, 1)
    for number in range(1000):
        estimator.add((f"often {number}",))
        estimator.add((f"often {number}",))
    for number in range(1001):
        estimator.add((f"once {number}",))
    found = estimator.most_frequent()
    assert {one["estfrequency"] for one in found} == {2.0} and len(found) == 1000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ngrams([], 0, 1, 1), "n to be at least 1; got 0"),
        (lambda: ngrams([], 1, 0, 1), "k to be at least 1; got 0"),
        (lambda: ngrams([], 1, 1, 0), "pf to be at least 1; got 0"),
        (lambda: context_ngrams([], ["a"], 1, 1), "needs a NULL in the context"),
    ],
)
def test_settings_that_count_nothing_are_refused(call, message):
    with pytest.raises(JobError, match=message):
        call()
