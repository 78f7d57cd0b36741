"""What Hive's statistics follow row by row agrees with NumPy."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata.sql.hive.functions.statistics import moments, squares

NUMBERS = st.floats(-1e3, 1e3)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=60))
def test_moments(pairs):
    xs, ys = map(list, zip(*pairs))
    found = moments(xs, ys)
    expected = {
        "n": len(pairs),
        "xavg": numpy.mean(xs),
        "yavg": numpy.mean(ys),
        "xvar": numpy.var(xs) * len(pairs),
        "yvar": numpy.var(ys) * len(pairs),
        "covar": numpy.cov(xs, ys, bias=True)[0, 1] * len(pairs),
    }
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(st.lists(NUMBERS, min_size=1, max_size=60))
def test_squares(values):
    assert squares(values) == pytest.approx(numpy.var(values) * len(values), rel=1e-9, abs=1e-6)
