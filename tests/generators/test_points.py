"""Points against the true centres."""

import io

import numpy as np
import pytest

from tests.generators.files import files


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_mean_of_the_points_is_the_mean_of_the_centres(seed):
    points, centres = read(20_000, seed)
    assert points.mean(axis=0) == pytest.approx(centres.mean(axis=0), abs=0.3)


@pytest.mark.parametrize("seed", range(1, 6))
def test_points_lie_around_their_centres_normally(seed):
    points, centres = read(50_000, seed)
    apart = np.linalg.norm(centres[:, None] - centres, axis=2) + np.diag([np.inf] * len(centres))
    lone = apart.min(axis=0).argmax()  # the cluster that mixes least with another
    around = (points - centres[lone])[np.linalg.norm(points - centres[lone], axis=1) < 4]
    assert len(around) / len(points) == pytest.approx(1 / len(centres), abs=0.01)
    assert around.mean(axis=0) == pytest.approx([0, 0], abs=0.05)
    assert np.cov(around.T) == pytest.approx(np.eye(2), abs=0.05)
    assert (np.abs(around) < 1).mean() == pytest.approx(0.6827, abs=0.01)


def read(rows, seed):
    made = files("points", rows, seed)
    return tuple(np.loadtxt(io.BytesIO(made[name]), delimiter=",") for name in ("points.csv", "centres.csv"))
