"""bfs against networkx's shortest path lengths."""

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import UsageError
from jobs.bfs import BreadthFirstSearch
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("bfs of a sample", BreadthFirstSearch, sample("graph/scale-free.txt"), "--source 0 {inputs}"),
    Case("bfs of awkward edges", BreadthFirstSearch, AWKWARD, "--source 1 {inputs}"),
    Case("bfs from a node without targets", BreadthFirstSearch, AWKWARD, "--source d {inputs}"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def paths(path, source):
    return dict(bigdata.iterate(BreadthFirstSearch, path, args=["--source", source]))


def by_networkx(path, source):
    graph = networkx.read_edgelist(path, create_using=networkx.DiGraph)
    distances = networkx.single_source_shortest_path_length(graph, source)
    return {
        node: {
            "distance": distance,
            "predecessor": min(
                (near for near in graph.pred[node] if distances.get(near) == distance - 1), default=None
            ),
        }
        for node, distance in distances.items()
    }


@pytest.mark.parametrize("source", ["0", "7", "299"])
def test_paths_are_those_of_networkx(source):
    path = SAMPLES / "graph" / "scale-free.txt"
    assert paths(path, source) == by_networkx(path, source)


@settings(max_examples=10, deadline=None)
@given(EDGES, st.data())
def test_paths_are_those_of_any_graph(path, edges, data):
    edges = [*edges, (0, 1)]
    path.write_bytes(snap(edges))
    source = str(data.draw(st.sampled_from(edges))[0])
    assert paths(path, source) == by_networkx(path, source)


def test_it_takes_a_round_more_than_the_longest_path_has_edges(path):
    path.write_bytes(snap((node, node + 1) for node in range(7)))
    result = bigdata.iterate(BreadthFirstSearch, path, args=["--source", "0"])
    assert (result.rounds, dict(result)["7"]) == (8, {"distance": 7, "predecessor": "6"})


def test_of_several_predecessors_it_is_the_least_by_name(path):
    path.write_bytes(snap([("s", 9), ("s", 10), (9, "t"), (10, "t")]))
    assert paths(path, "s")["t"] == {"distance": 2, "predecessor": "10"}


def test_a_source_that_is_no_node_is_refused(path):
    path.write_bytes(snap([(0, 1)]))
    with pytest.raises(UsageError, match="--source: expected a node that an edge has; got '2'"):
        paths(path, "2")
