"""adjacency_list against networkx's predecessors and successors."""

import networkx
import pytest
from hypothesis import given, settings

import bigdata
from bigdata import DecodeError
from jobs.adjacency_list import AdjacencyList
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("adjacency_list of a sample", AdjacencyList, sample("graph/scale-free.txt")),
    Case("adjacency_list of awkward edges", AdjacencyList, AWKWARD),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def lists(path):
    graph = networkx.read_edgelist(path, create_using=networkx.DiGraph)
    return {node: {"in": sorted(graph.predecessors(node)), "out": sorted(graph.successors(node))} for node in graph}


def test_lists_are_those_of_the_graph():
    path = SAMPLES / "graph" / "scale-free.txt"
    assert dict(bigdata.run(AdjacencyList, path)) == lists(path)


@settings(max_examples=25, deadline=None)
@given(EDGES)
def test_lists_are_those_of_any_graph(path, edges):
    path.write_bytes(snap(edges))
    assert dict(bigdata.run(AdjacencyList, path)) == lists(path)


@pytest.mark.parametrize("line", ["a", "a b c"])
def test_line_that_is_no_edge(line, path):
    path.write_text(f"# edges\na b\n{line}\n")
    with pytest.raises(DecodeError, match=rf"EdgeList can't read b'{line}': .*line 3"):
        bigdata.run(AdjacencyList, path)
