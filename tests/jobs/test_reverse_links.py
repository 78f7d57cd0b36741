"""reverse_links against the predecessors that networkx gives."""

import networkx
import pytest
from hypothesis import given, settings

import bigdata
from bigdata import DecodeError
from jobs.reverse_links import ReverseLinks
from tests.engines.conformance import Case
from tests.jobs.graphs import AWKWARD, EDGES, snap
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("reverse_links of a sample", ReverseLinks, sample("graph/scale-free.txt")),
    Case("reverse_links of awkward edges", ReverseLinks, AWKWARD),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("edges") / "edges.txt"


def predecessors(path):
    graph = networkx.read_edgelist(path, create_using=networkx.DiGraph)
    return {node: sorted(graph.predecessors(node)) for node, degree in graph.in_degree() if degree}


def test_sources_are_the_predecessors():
    path = SAMPLES / "graph" / "scale-free.txt"
    assert dict(bigdata.run(ReverseLinks, path)) == predecessors(path)


@settings(max_examples=25, deadline=None)
@given(EDGES)
def test_sources_are_the_predecessors_in_any_graph(path, edges):
    path.write_bytes(snap(edges))
    assert dict(bigdata.run(ReverseLinks, path)) == predecessors(path)


@pytest.mark.parametrize("line", ["a", "a b c"])
def test_line_that_is_no_link(line, path):
    path.write_text(f"# edges\na b\n{line}\n")
    with pytest.raises(DecodeError, match=rf"EdgeList can't read b'{line}': .*line 3"):
        bigdata.run(ReverseLinks, path)
