"""inverted_index against scikit-learn's CountVectorizer."""

import pytest
from sklearn.feature_extraction.text import CountVectorizer

import bigdata
from jobs.inverted_index import InvertedIndex
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample

TEXTS = sample("documents/gettysburg.txt", "documents/method.txt", "documents/vision.txt")
CASES = [
    Case("inverted_index of samples", InvertedIndex, TEXTS),
    Case("inverted_index of samples, ranked", InvertedIndex, TEXTS, "--ranked {inputs}"),
    Case("inverted_index of awkward texts", InvertedIndex, {**AWKWARD, "other.txt": b"The fox\r\n\r\ncaf\xe9"}),
]


def by_scikit_learn(paths):
    vectorizer = CountVectorizer(input="filename", token_pattern=r"[\w']+")
    columns = vectorizer.fit_transform(paths).tocsc()
    index = {}
    for word, column in vectorizer.vocabulary_.items():
        entries = columns[:, [column]].tocoo()
        index[word] = sorted([paths[row].name, int(count)] for row, count in zip(entries.row, entries.data))
    return index


@pytest.mark.parametrize(
    "args, order", [([], None), (["--ranked"], lambda posting: (-posting[1], posting[0]))], ids=["", "ranked"]
)
def test_the_samples_have_the_postings_of_scikit_learn(args, order):
    paths = sorted(SAMPLES.glob("documents/*.txt"))
    wanted = {
        word: {"df": len(postings), "postings": sorted(postings, key=order)}
        for word, postings in by_scikit_learn(paths).items()
    }
    assert dict(bigdata.run(InvertedIndex, paths, args=args)) == wanted


def test_postings_of_one_frequency_are_in_the_order_of_documents(tmp_path):
    for name, text in {"c": "fox", "a": "fox", "b": "fox\nfox", "d": "hen"}.items():
        (tmp_path / name).write_text(text)
    with bigdata.run(InvertedIndex, tmp_path, args=["--ranked"]) as result:
        assert dict(result)["fox"] == {"df": 3, "postings": [["b", 2], ["a", 1], ["c", 1]]}
