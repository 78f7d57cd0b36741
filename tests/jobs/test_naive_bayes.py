"""naive_bayes against scikit-learn's MultinomialNB."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

import bigdata
from bigdata import TaskFailed, UsageError, words
from jobs.naive_bayes import NaiveBayes
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\tThe fox's den\r\n\n \t  \nb\tthe\tTHE the\na\t\n\tno label\n c\t...\n\xe9\tcaf\xe9 \xff",
    "more.tsv": "null\tnull None\nß\ta\tb \nß\tGrüße ΟΔΟΣ İstanbul ﬁn 日本 x² _a".encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("naive_bayes of a sample", NaiveBayes, sample("labelled/sentences.tsv")),
    Case("naive_bayes of edges", NaiveBayes, EDGES, "--alpha 0.1 {inputs}"),
]


def by_sklearn(documents, alpha):
    """The model as the job writes it."""
    labels, texts = zip(*documents)
    vectorizer = CountVectorizer(tokenizer=words, token_pattern=None, lowercase=False)
    classifier = MultinomialNB(alpha=alpha).fit(vectorizer.fit_transform(texts), labels)
    labels = classifier.classes_.tolist()
    rows = zip(vectorizer.get_feature_names_out().tolist(), classifier.feature_log_prob_.T.tolist())
    model = {None: classifier.class_log_prior_.tolist(), **dict(rows)}
    return {word: pytest.approx(dict(zip(labels, row))) for word, row in model.items()}


def trained(path, alpha):
    return dict(bigdata.run(NaiveBayes, path, args=["--alpha", str(alpha)]))


@pytest.mark.parametrize("alpha", [1, 0.01])
def test_model_is_that_of_scikit_learn(alpha):
    path = SAMPLES / "labelled" / "sentences.tsv"
    documents = [line.split("\t") for line in path.read_text().splitlines()]
    model = trained(path, alpha)
    assert len(model[None]) == 3 and len(model) > 40
    assert model == by_sklearn(documents, alpha)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["x", "y", ""]), st.lists(st.sampled_from("abc")).map(" ".join)), min_size=1),
    st.floats(1e-3, 10),
)
def test_model_is_that_of_scikit_learn_for_any_texts(tmp_path_factory, documents, alpha):
    documents.append(("x", "a"))  # scikit-learn wants a word
    directory = tmp_path_factory.mktemp("documents")
    for name, part in ("first", documents[::2]), ("second", documents[1::2]):
        (directory / name).write_text("".join(f"{label}\t{text}\n" for label, text in part))
    assert trained(directory, alpha) == by_sklearn(documents, alpha)


@pytest.mark.parametrize("line", ["text", "   "])
def test_a_line_without_a_label_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a\ttext\n{line}\n")
    with pytest.raises(TaskFailed, match=rf"expected label<TAB>text; got '{line}'.*line 2"):
        bigdata.run(NaiveBayes, tmp_path)


@pytest.mark.parametrize("alpha", [0, -1, "nan", "inf"])
def test_nothing_is_added_is_refused(alpha):
    with pytest.raises(UsageError, match="--alpha: expected a number over 0"):
        trained(SAMPLES / "labelled", alpha)
