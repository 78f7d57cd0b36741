"""triangles against networkx, and against published numbers."""

import networkx
import pytest
from hypothesis import given, settings

import bigdata
from bigdata import DecodeError
from jobs.triangles import Triangles
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("triangles of a sample", Triangles, sample("graph/scale-free.txt")),
    Case("triangles of each node", Triangles, sample("graph/scale-free.txt"), "--per-node {inputs}"),
    Case("triangles of awkward edges", Triangles, AWKWARD, "--per-node {inputs}"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def per_node(path):
    """What networkx counts at each node that an edge leads from to another."""
    graph = networkx.read_edgelist(path)
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    graph.remove_nodes_from(list(networkx.isolates(graph)))
    return networkx.triangles(graph)


def assert_counted_as_by_networkx(path):
    wanted = per_node(path)
    assert dict(bigdata.run(Triangles, path, args=["--per-node"])) == wanted
    assert dict(bigdata.run(Triangles, path)) == ({"triangles": sum(wanted.values()) // 3} if wanted else {})


def test_sample():
    path = SAMPLES / "graph" / "scale-free.txt"
    assert sum(per_node(path).values()) > 0
    assert_counted_as_by_networkx(path)


def test_graph_of_many_triangles(path):
    path.write_bytes(snap(networkx.powerlaw_cluster_graph(300, 6, 0.8, seed=11).edges))
    assert_counted_as_by_networkx(path)


@settings(max_examples=20, deadline=None)
@given(EDGES)
def test_any_graph(path, edges):
    path.write_bytes(snap(edges))
    assert_counted_as_by_networkx(path)


# KONECT publishes that of the karate club, konect.cc/networks/ucidata-zachary; statnet that of Padgett's Florentine
# families (in R, sna::triad.census(flo) has 3 of type 300); women and the events that they were at are bipartite, which
# makes none; of a complete graph it is n over 3; of an octahedron and an icosahedron, their faces
@pytest.mark.parametrize(
    ("graph", "triangles"),
    [
        pytest.param(networkx.karate_club_graph(), 45, id="karate club"),
        pytest.param(networkx.florentine_families_graph(), 3, id="Florentine families"),
        pytest.param(
            networkx.convert_node_labels_to_integers(networkx.davis_southern_women_graph()), 0, id="Southern women"
        ),
        pytest.param(networkx.complete_graph(12), 220, id="complete"),
        pytest.param(networkx.octahedral_graph(), 8, id="octahedron"),
        pytest.param(networkx.icosahedral_graph(), 20, id="icosahedron"),
    ],
)
def test_published_number(graph, triangles, path):
    path.write_bytes(snap(graph.edges))
    assert list(bigdata.run(Triangles, path)) == [("triangles", triangles)]


def test_order_of_nodes_is_that_of_degrees_as_numbers():
    """Any order gives the right count; this one keeps the hubs from making most of the pairs."""
    assert list(Triangles([]).direct(["a", "b"], [[10, "a"], [9, "b"]])) == [("b", "a")]


def test_line_that_is_no_edge(path):
    path.write_text("# edges\na b\na b 7\n")
    with pytest.raises(DecodeError, match=r"EdgeList can't read b'a b 7': .*line 3"):
        bigdata.run(Triangles, path)
