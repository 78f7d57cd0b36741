"""similarity against the exact Jaccard similarity of all pairs."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import TaskFailed, UsageError
from jobs.similarity import SimilarSets
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"b\tx y z\r\n\n  \na\tz y x x\nc\t\nd\t \nlatin \xe9\t\xe9\xa0x\n\tx y\nx\ty",
    "more.tsv": "ü\tx y z w\té".encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("similarity of a sample", SimilarSets, sample("sets/documents.tsv", most=60), "--threshold 0.5 {inputs}"),
    Case("similarity of edges", SimilarSets, EDGES, "--threshold 0.3 --hashes 40 --bands 40 {inputs}"),
]


def exact(sets, threshold):
    similarities = {
        (a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a, b in combinations(sorted(name for name, items in sets.items() if items), 2)
    }
    return {pair: similarity for pair, similarity in similarities.items() if similarity >= threshold}


def similar(path, threshold, hashes, bands):
    args = [f"--threshold={threshold}", f"--hashes={hashes}", f"--bands={bands}"]
    with bigdata.run(SimilarSets, path, args=args) as result:
        records = [(tuple(pair), similarity) for pair, similarity in result]
    assert len(records) == len(dict(records))
    return dict(records)


@pytest.mark.parametrize("threshold, hashes, bands", [(0.8, 100, 20), (0.5, 120, 40)])
def test_pairs_are_all_of_the_exact_ones(threshold, hashes, bands):
    """A pair just at the threshold is missed once in 2900 times with 20 bands of 5, once in 200 with 40 of 3."""
    path = SAMPLES / "sets" / "documents.tsv"
    lines = [line.partition("\t") for line in path.read_text().splitlines()]
    wanted = exact({name: set(items.split()) for name, _, items in lines}, threshold)
    assert len(wanted) > 10
    assert similar(path, threshold, hashes, bands) == wanted


def test_fewer_bands_miss_pairs_and_add_none():
    path = SAMPLES / "sets" / "documents.tsv"
    found, all_pairs = similar(path, 0.5, 40, 4), similar(path, 0.5, 120, 40)
    assert found.items() < all_pairs.items()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=8), st.sampled_from([0.5, 2 / 3, 1]))
def test_bands_of_one_hash_miss_nothing(tmp_path_factory, sets, threshold):
    """Two sets with half of their items in common differ in all of 64 hashes once in 2 ** 64 times."""
    path = tmp_path_factory.mktemp("sets") / "sets.tsv"
    named = {f"set {number}": items for number, items in enumerate(sets)}
    path.write_text("".join(f"{name}\t{' '.join(items)}\n" for name, items in named.items()))
    assert similar(path, threshold, 64, 64) == exact(named, threshold)


def test_a_line_without_an_id_is_refused(tmp_path):
    (tmp_path / "bad").write_text("a\tx\nx y\n")
    with pytest.raises(TaskFailed, match=r"expected id<TAB>items; got 'x y'.*line 2"):
        bigdata.run(SimilarSets, tmp_path)


@pytest.mark.parametrize("hashes, bands", [(7, 2), (1, 2), (0, 0), (0, 1), (4, -2)])
def test_bands_divide_the_hashes(hashes, bands):
    with pytest.raises(UsageError, match=f"--hashes: expected a multiple of --bands, {bands}; got {hashes}"):
        similar(SAMPLES / "sets", 0.5, hashes, bands)
