"""kmeans against scikit-learn's from the same start."""

import numpy
import pytest
from sklearn.cluster import KMeans as Reference

import bigdata
from bigdata import DecodeError, TaskFailed, UsageError
from jobs.kmeans import KMeans
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

POINTS = SAMPLES / "points" / "points.csv"
EDGES = {"edges.csv": b"1,2\r\n\n\r\n+1,2.0\n-1e1,4\n10,-0", "more.csv": b"3.,.5\npoint\n", "empty.csv": b""}
CASES = [
    Case("kmeans of a sample", KMeans, sample("points/points.csv", most=200), "--k 3 --seed 7 --rounds 3 {inputs}"),
    Case("kmeans of edges", KMeans, EDGES, "--k 4 --tolerance 0 {inputs}"),
    Case("kmeans of fewer points than centres", KMeans, {"points.csv": b"0\n5\n"}),
    Case("kmeans of nothing", KMeans, {"empty.csv": b"\n"}),
]


def clusters(path, *args, **keywords):
    found = dict(bigdata.iterate(KMeans, path, args=args, **keywords))
    return [found[number] for number in range(len(found))]


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_centres_are_those_of_scikit_learn(seed):
    args = ["--k", "5", "--seed", seed, "--tolerance", "0"]
    start = numpy.array([cluster["centre"] for cluster in clusters(POINTS, *args, rounds=0)])
    points = numpy.loadtxt(POINTS, delimiter=",")
    assert all((points == centre).all(axis=1).any() for centre in start)
    reference = Reference(5, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=100).fit(points)
    got = clusters(POINTS, *args)
    assert numpy.array([cluster["centre"] for cluster in got]) == pytest.approx(reference.cluster_centers_, rel=1e-9)
    assert [cluster["size"] for cluster in got] == numpy.bincount(reference.labels_).tolist()


def test_seeds_draw_other_points():
    starts = [clusters(POINTS, "--seed", seed, rounds=0) for seed in ("0", "1", "0")]
    assert starts[0] == starts[2] != starts[1]


def test_a_point_between_two_centres_goes_to_the_first(tmp_path):
    (tmp_path / "points").write_text("0\n2\n1\n")
    start = clusters(tmp_path, "--k", "2", rounds=0)
    assert [cluster["centre"] for cluster in start] == [[0.0], [2.0]]
    assert clusters(tmp_path, "--k", "2", rounds=1)[0] == {"size": 2, "centre": [0.5]}


def test_a_centre_without_points_stays(tmp_path):
    (tmp_path / "points").write_text("3,4\n" * 3)
    alike = [{"size": size, "centre": [3.0, 4.0]} for size in (3, 0)]
    assert clusters(tmp_path, "--k", "2") == alike


def test_a_greater_tolerance_takes_fewer_rounds():
    rough, fine = (bigdata.iterate(KMeans, POINTS, args=["--tolerance", each]).rounds for each in ("1", "0"))
    assert rough < fine


@pytest.mark.parametrize("line", ["1,", "a,2", "1,nan", "1;2", "1, 2", "1_0,2", "٣,2", " "])
def test_a_line_that_is_no_point_is_refused(tmp_path, line):
    (tmp_path / "points").write_text(f"1,2\n{line}\n", encoding="utf-8")
    with pytest.raises(DecodeError, match=rf"column point: expected numbers between commas; got '{line}', .*line 2"):
        clusters(tmp_path)


def test_points_of_different_length_are_refused(tmp_path):
    (tmp_path / "points").write_text("1,2\n1,2,3\n")
    with pytest.raises(TaskFailed, match=r"expected 2 coordinates, as in other lines on the record b.1,2,3.*line 2"):
        clusters(tmp_path, "--k", "1")


def test_points_of_different_length_in_two_tasks_are_refused(tmp_path):
    """Each task starts with points that are alike, but a round compares those of one with centres of the other."""
    for name, line in [("a", "1,2"), ("b", "1,2,3")]:
        (tmp_path / name).write_text(f"{line}\n" * 3)
    with pytest.raises(TaskFailed, match=r"must have the same number of dimensions on the record .*line 1"):
        clusters(tmp_path, "--k", "1", workers=2)


def test_standard_input_is_refused_because_rounds_read_it_again():
    with pytest.raises(UsageError, match="KMeans reads its input in every round: expected files; got -"):
        clusters("-")
