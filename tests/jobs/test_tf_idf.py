"""tf_idf against scikit-learn's TfidfVectorizer."""

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

import bigdata
from bigdata.errors import TaskFailed
from jobs.tf_idf import TfIdf
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample

TEXTS = sample("documents/gettysburg.txt", "documents/method.txt", "documents/vision.txt")
ODD = {**AWKWARD, "other.txt": b"fox\r\n\r\ncaf\xe9"}
CASES = [
    Case("tf_idf of samples", TfIdf, TEXTS, "--documents 3 {inputs}"),
    Case("tf_idf of samples, normalised", TfIdf, TEXTS, "--documents 3 --l2 {inputs}"),
    Case("tf_idf of awkward texts", TfIdf, ODD, "--documents 3 --l2 {inputs}"),
]


def by_scikit_learn(paths, norm):
    vectorizer = TfidfVectorizer(input="filename", token_pattern=r"[\w']+", norm=norm)
    entries = vectorizer.fit_transform(paths).tocoo()
    terms = vectorizer.get_feature_names_out()
    return {
        (paths[row].name, terms[column]): pytest.approx(weight, rel=1e-12)
        for row, column, weight in zip(entries.row, entries.col, entries.data)
    }


@pytest.mark.parametrize("norm", [None, "l2"])
def test_the_samples_have_the_weights_of_scikit_learn(norm):
    paths = sorted(SAMPLES.glob("documents/*.txt"))
    args = ["--documents", str(len(paths)), *(["--l2"] if norm else [])]
    with bigdata.run(TfIdf, paths, args=args) as result:
        assert {tuple(key): weight for key, weight in result} == by_scikit_learn(paths, norm)


def test_documents_without_words_count(tmp_path):
    for name, text in {"a": "fox", "b": "", "c": "- - -"}.items():
        (tmp_path / name).write_text(text)
    paths = sorted(tmp_path.iterdir())
    with bigdata.run(TfIdf, paths, args=["--documents", "3"]) as result:
        assert {tuple(key): weight for key, weight in result} == by_scikit_learn(paths, None)


def test_fewer_documents_than_there_are_are_refused():
    paths = sorted(SAMPLES.glob("documents/*.txt"))
    with pytest.raises(TaskFailed, match="--documents 2: there are at least"):
        bigdata.run(TfIdf, paths, args=["--documents", "2"])
