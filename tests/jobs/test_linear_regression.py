"""linear_regression against scikit-learn and numpy."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression as Reference

import bigdata
from bigdata import DecodeError, TaskFailed
from jobs.linear_regression import LinearRegression
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"1\t2,3\r\n\n\r\n+2.\t3,5\n-1e1\t-4,0.5\n7\t1e2,1",
    "more.tsv": b"y\tx\n3\t10,2",
    "empty.tsv": b"",
}
CASES = [
    Case("linear_regression of a sample", LinearRegression, sample("regression/plane.tsv")),
    Case("linear_regression of edges", LinearRegression, EDGES),
    Case("linear_regression of nothing", LinearRegression, {"empty.tsv": b"\n"}),
]


def fitted(path):
    ((key, model),) = list(bigdata.run(LinearRegression, path))
    assert key is None
    return [model["intercept"], *model["coefficients"]]


def by_sklearn(x, y):
    reference = Reference().fit(x, y)
    return [reference.intercept_, *reference.coef_]


def write(path, x, y):
    path.write_text("".join(f"{target}\t{','.join(map(str, row))}\n" for target, row in zip(y.tolist(), x.tolist())))


def test_coefficients_are_those_of_scikit_learn():
    path = SAMPLES / "regression" / "plane.tsv"
    table = numpy.array([line.replace("\t", ",").split(",") for line in path.read_text().splitlines()], float)
    wanted = by_sklearn(table[:, 1:], table[:, 0])
    assert fitted(path) == pytest.approx(wanted, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_predictions_are_those_of_numpy_for_features_of_any_scale(tmp_path_factory, seed, features):
    path = tmp_path_factory.mktemp("rows") / "rows.tsv"
    random = numpy.random.default_rng(seed)
    x = random.normal(random.normal(0, 100, features), 10.0 ** random.integers(-2, 4, features), (40, features))
    y = random.normal(0, 1, 40) + x @ random.normal(0, 1, features)
    write(path, x, y)
    design = numpy.column_stack([numpy.ones(40), x])
    wanted, *_ = numpy.linalg.lstsq(design, y)
    assert design @ fitted(path) == pytest.approx(design @ wanted, abs=1e-6)


def test_features_far_from_zero_lose_no_digits(tmp_path):
    """Sums of squares would: of 1e9 squared, a double keeps no digit after the point."""
    random = numpy.random.default_rng(0)
    x = 1e9 + random.integers(-50, 50, (200, 2)).astype(float)
    y = 7 + (x - 1e9) @ [2.0, -3.0]
    write(tmp_path / "rows", x, y)
    assert fitted(tmp_path)[1:] == pytest.approx([2, -3], rel=1e-9)


@pytest.mark.parametrize(
    "line, said",
    [
        (" ", r"expected 2 fields \(y, x\); got 1"),
        ("1", r"expected 2 fields \(y, x\); got 1"),
        ("1\t", "column x: expected numbers between commas; got ''"),
        ("x\t1,2", "column y: expected a number; got 'x'"),
        ("1\t2,", "column x: expected numbers between commas; got '2,'"),
        ("1\tnan,2", "column x: expected numbers between commas; got 'nan,2'"),
        ("inf\t1,2", "column y: expected a number; got 'inf'"),
    ],
)
def test_a_line_without_numbers_is_refused(tmp_path, line, said):
    (tmp_path / "bad").write_text(f"1\t1,2\n{line}\n")
    with pytest.raises(DecodeError, match=f"{said}, in .*line 2"):
        bigdata.run(LinearRegression, tmp_path)


def test_rows_of_different_length_are_refused(tmp_path):
    (tmp_path / "a").write_text("1\t1,2\n1\t1,2,3\n")
    said = r"expected vectors of one length; got 3 and 4 numbers on the record .*1,2,3.*line 2"
    with pytest.raises(TaskFailed, match=said):
        bigdata.run(LinearRegression, tmp_path)


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_of_different_length_in_two_files_are_refused(tmp_path, workers):
    (tmp_path / "a").write_text("1\t1,2\n")
    (tmp_path / "b").write_text("1\t1,2,3\n")
    with pytest.raises(TaskFailed, match="expected vectors of one length; got 3 and 4 numbers"):
        bigdata.run(LinearRegression, tmp_path, workers=workers)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("1\t1,2\n2\t2,3\n", id="too few"),
        pytest.param("1\t5\n2\t5\n3\t5\n", id="constant"),
        pytest.param("1\t0.1,0.3\n2\t0.2,0.6\n4\t0.7,2.1\n9\t0.4,1.2\n", id="collinear"),
    ],
)
def test_what_has_no_one_solution_is_refused(tmp_path, rows):
    (tmp_path / "rows").write_text(rows)
    with pytest.raises(TaskFailed, match="no one solution"):
        bigdata.run(LinearRegression, tmp_path)
