"""self_join against the candidates that mlxtend's Apriori makes, and against all sets of k+1 items."""

from itertools import combinations, pairwise

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlxtend.frequent_patterns.apriori import generate_new_combinations

import bigdata
from bigdata import TaskFailed
from jobs.self_join import SelfJoin
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.txt": b"a b\r\n\n  \na\tc \na b\nb c d\nb c e\nz\ny\nA B\nA a\n\xe9\n\x85z \xa0",
    "more.txt": "a ß\na é\nb c f".encode(),
    "empty.txt": b"",
}
CASES = [
    Case("self_join of a sample", SelfJoin, sample("itemsets/pairs.txt")),
    Case("self_join of edges", SelfJoin, EDGES),
]


def candidates(path):
    with bigdata.run(SelfJoin, path) as result:
        joined = [tuple(line.split()) for _, line in result]
    assert len(joined) == len(set(joined))
    return set(joined)


def without_infrequent_subsets(joined, itemsets):
    """Apriori's prune step."""
    return {itemset for itemset in joined if itemsets.issuperset(combinations(itemset, len(itemset) - 1))}


def by_mlxtend(itemsets):
    items = sorted({item for itemset in itemsets for item in itemset})
    k = len(next(iter(itemsets)))
    numbers = numpy.array([[items.index(item) for item in itemset] for itemset in sorted(itemsets)])
    flat = [items[number] for number in generate_new_combinations(numbers)]
    return {tuple(flat[start : start + k + 1]) for start in range(0, len(flat), k + 1)}


def test_candidates_once_pruned_are_those_of_mlxtend():
    path = SAMPLES / "itemsets" / "pairs.txt"
    pairs = {tuple(line.split()) for line in path.read_text().splitlines()}
    wanted = by_mlxtend(pairs)
    assert len(wanted) > 100
    assert without_infrequent_subsets(candidates(path), pairs) == wanted


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4).flatmap(lambda k: st.sets(st.sampled_from(list(combinations("abcdefg", k))))))
def test_candidates_are_the_unions_of_sets_that_differ_in_the_last_item(tmp_path_factory, itemsets):
    path = tmp_path_factory.mktemp("itemsets") / "itemsets.txt"
    path.write_text("".join(f"{' '.join(itemset)}\n" for itemset in [*itemsets, *itemsets]))
    size = len(next(iter(itemsets), ())) + 1
    wanted = {union for union in combinations("abcdefg", size) if {union[:-1], (*union[:-2], union[-1])} <= itemsets}
    assert candidates(path) == wanted


def test_job_runs_on_its_own_output(tmp_path):
    (tmp_path / "items").write_text("a\nb\nc\nd\n")
    paths = tmp_path / "items", tmp_path / "pairs", tmp_path / "threes"
    for path, longer in pairwise(paths):
        bigdata.run(SelfJoin, path, output=longer)
    assert candidates(paths[-1]) == {("a", "b", "c", "d")}


@pytest.mark.parametrize("line", ["b a", "a b b", "a a"])
def test_items_out_of_order_are_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a b\n{line}\n")
    with pytest.raises(TaskFailed, match=rf"expected items in rising order, each once; got '{line}'.*line 2"):
        bigdata.run(SelfJoin, tmp_path)
