"""pagerank against networkx's, nodes without targets, loops and repeated edges included."""

import networkx
import pytest
from hypothesis import given, settings

import bigdata
from jobs.pagerank import PageRank
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("pagerank of a sample", PageRank, sample("graph/scale-free.txt"), "--rounds 3 {inputs}"),
    Case("pagerank of awkward edges", PageRank, AWKWARD, "--damping 0.5 --tolerance 0.05 {inputs}"),
    Case("pagerank of no edges", PageRank, {"empty.txt": b"# none\n"}),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def by_networkx(path, damping=0.85):
    graph = networkx.read_edgelist(path, create_using=networkx.DiGraph)
    return networkx.pagerank(graph, alpha=damping, tol=1e-13, max_iter=1000) if graph else {}


def ranks(path, *args):
    return dict(bigdata.iterate(PageRank, path, args=["--tolerance", "1e-9", *args], rounds=200))


@pytest.mark.parametrize("damping", [0.85, 0.5])
def test_ranks_are_those_of_networkx(damping):
    path = SAMPLES / "graph" / "scale-free.txt"
    got = ranks(path, "--damping", str(damping))
    assert got == pytest.approx(by_networkx(path, damping), rel=1e-6)
    assert sum(got.values()) == pytest.approx(1)


@settings(max_examples=10, deadline=None)
@given(EDGES)
def test_ranks_are_those_of_any_graph(path, edges):
    path.write_bytes(snap(edges))
    assert ranks(path, "--damping", "0.4") == pytest.approx(by_networkx(path, 0.4), rel=1e-6)


def test_a_greater_tolerance_takes_fewer_rounds():
    path = SAMPLES / "graph" / "scale-free.txt"
    rough, fine = (bigdata.iterate(PageRank, path, args=["--tolerance", each]) for each in ("1e-2", "1e-4"))
    assert 1 < rough.rounds < fine.rounds < 100
    assert dict(rough) == pytest.approx(by_networkx(path), abs=1e-2)
