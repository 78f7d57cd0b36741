"""connected_components against networkx's."""

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from jobs.connected_components import ConnectedComponents
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("connected_components of a sample", ConnectedComponents, sample("graph/scale-free.txt")),
    Case("connected_components of awkward edges", ConnectedComponents, AWKWARD),
    Case("connected_components of no edges", ConnectedComponents, {"empty.txt": b"\n"}),
]
SPARSE = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=40)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def by_networkx(path):
    graph = networkx.read_edgelist(path)
    return sorted((node, min(component)) for component in networkx.connected_components(graph) for node in component)


def test_components_are_those_of_networkx():
    path = SAMPLES / "graph" / "scale-free.txt"
    found = sorted(bigdata.iterate(ConnectedComponents, path))
    assert found == by_networkx(path)
    assert len({component for _, component in found}) == 3


@settings(max_examples=15, deadline=None)
@given(EDGES | SPARSE)
def test_components_are_those_of_any_graph(path, edges):
    path.write_bytes(snap(edges))
    assert sorted(bigdata.iterate(ConnectedComponents, path)) == by_networkx(path)


def test_a_long_path_takes_few_rounds(path):
    path.write_bytes(snap((node, node + 1) for node in range(1000)))
    result = bigdata.iterate(ConnectedComponents, path)
    assert set(result) == {(str(node), "0") for node in range(1001)}
    assert result.rounds <= 12
