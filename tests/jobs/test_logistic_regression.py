"""logistic_regression against scikit-learn's without a penalty."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression as Reference

import bigdata
from bigdata import DecodeError, TaskFailed
from jobs.logistic_regression import LogisticRegression
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

CLASSES = SAMPLES / "classification" / "classes.tsv"
EDGES = {
    "edges.tsv": b"1\t2,3\r\n\n\r\n0\t+3,5\n1\t-4,.5\n0\t1e1,1",
    "more.tsv": b"label\tx\n0\t3,10.\n1\t4,1\n1\t1,7\n0\t-5,1",
    "empty.tsv": b"",
}
CASES = [
    Case(
        "logistic_regression of a sample",
        LogisticRegression,
        sample("classification/classes.tsv"),
        "--rounds 3 {inputs}",
    ),
    Case("logistic_regression of edges", LogisticRegression, EDGES),
    Case("logistic_regression of nothing", LogisticRegression, {"empty.tsv": b"\n"}),
]


def fitted(path):
    ((key, model),) = list(bigdata.iterate(LogisticRegression, path))
    assert key is None
    return [model["intercept"], *model["coefficients"]]


def by_sklearn(x, y):
    reference = Reference(C=numpy.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    return [*reference.intercept_, *reference.coef_[0]]


def test_coefficients_are_those_of_scikit_learn():
    table = numpy.array([line.replace("\t", ",").split(",") for line in CLASSES.read_text().splitlines()], float)
    assert fitted(CLASSES) == pytest.approx(by_sklearn(table[:, 1:], table[:, 0]), rel=1e-6)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_coefficients_are_those_of_scikit_learn_for_features_of_any_scale(tmp_path_factory, seed, features):
    path = tmp_path_factory.mktemp("rows") / "rows.tsv"
    random = numpy.random.default_rng(seed)
    x = random.normal(0, 10.0 ** random.integers(-1, 3, features), (200, features))
    y = random.random(200) < 1 / (1 + numpy.exp(-x[:, 0] / x[:, 0].std()))
    path.write_text("".join(f"{int(label)}\t{','.join(map(str, row))}\n" for label, row in zip(y, x.tolist())))
    assert fitted(path) == pytest.approx(by_sklearn(x, y), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(
    "line, said",
    [
        (" ", r"expected 2 fields \(label, x\); got 1"),
        ("1", r"expected 2 fields \(label, x\); got 1"),
        ("1\t", "column x: expected numbers between commas; got ''"),
        ("x\t1,2", "column label: expected a whole number of 64 bits; got 'x'"),
        ("1.0\t1,2", "column label: expected a whole number of 64 bits; got '1.0'"),
        ("1\t2,", "column x: expected numbers between commas; got '2,'"),
        ("1\tnan,2", "column x: expected numbers between commas; got 'nan,2'"),
    ],
)
def test_a_line_that_is_no_row_is_refused(tmp_path, line, said):
    (tmp_path / "bad").write_text(f"1\t1,2\n{line}\n")
    with pytest.raises(DecodeError, match=f"{said}, in .*line 2"):
        fitted(tmp_path)


def test_another_label_is_refused(tmp_path):
    (tmp_path / "rows").write_text("1\t1,2\n2\t1,2\n")
    with pytest.raises(TaskFailed, match=r"expected the label 0 or 1; got 2 on the record .*line 2"):
        fitted(tmp_path)


def test_rows_of_different_length_are_refused(tmp_path):
    (tmp_path / "rows").write_text("1\t1,2\n0\t1,2,3\n")
    with pytest.raises(TaskFailed, match="expected as many features in every line; got 2, 3"):
        fitted(tmp_path)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("1\t1\n0\t2\n", id="parted"),
        pytest.param("1\t5\n0\t5\n1\t5\n", id="constant"),
        pytest.param("1\t1,3\n0\t2,6\n0\t1,3\n1\t4,12\n", id="collinear"),
        pytest.param("1\t1\n1\t2\n", id="one class"),
    ],
)
def test_what_has_no_one_solution_is_refused(tmp_path, rows):
    (tmp_path / "rows").write_text(rows)
    with pytest.raises(TaskFailed, match="no one solution"):
        fitted(tmp_path)
