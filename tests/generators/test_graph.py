"""A graph's header and degrees against its edges."""

import re
from collections import Counter
from math import log

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bigdata.generators import load
from tests.generators.files import files, records

LEAST = load("graph").least


@given(st.integers(LEAST, 3000), st.integers(0, 2**64))
@example(LEAST, 1)
@settings(max_examples=40, deadline=None)
def test_edges_are_distinct_and_counted_in_the_header(rows, seed):
    text = files("graph", rows, seed)["graph.txt"]
    edges = [tuple(edge) for edge in records(text, "\t")]
    nodes = {node for edge in edges for node in edge}
    assert len(set(edges)) == len(edges) == rows
    assert all(source != target for source, target in edges)
    assert re.search(rb"^# Nodes: (\d+) Edges: (\d+)$", text, re.MULTILINE).groups() == (
        b"%d" % len(nodes),
        b"%d" % rows,
    )
    assert nodes == {str(number) for number in range(len(nodes))}


@pytest.mark.parametrize("end", [0, 1], ids=["out-degrees", "in-degrees"])
def test_degrees_follow_a_power_law_of_exponent_3(end):
    """By the estimator of Clauset, Shalizi and Newman, "Power-law distributions in empirical data" (2009), (3.7)."""
    degrees = Counter(edge[end] for edge in records(files("graph", 400_000)["graph.txt"], "\t")).values()
    least = 20
    tail = [degree for degree in degrees if degree >= least]
    exponent = 1 + len(tail) / sum(log(degree / (least - 0.5)) for degree in tail)
    assert len(tail) > 1000
    assert exponent == pytest.approx(3, abs=0.15)
    assert max(degrees) == pytest.approx(400_000 / 50_000**0.5, rel=0.1)
