"""frequent_itemsets against mlxtend's Apriori."""

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlxtend.frequent_patterns import apriori
from mlxtend.preprocessing import TransactionEncoder

import bigdata
from bigdata import UsageError
from jobs.frequent_itemsets import FrequentItemsets
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.txt": b"a b c\r\n\n  \nb\ta \nc c c\na b\n\xe9 \xa0z\x85 a\n\x00 b",
    "more.txt": "ß a b\nb é".encode(),
    "empty.txt": b"",
}
CASES = [
    Case("frequent_itemsets of a sample", FrequentItemsets, sample("baskets/baskets.txt"), "--support 0.06 {inputs}"),
    Case("frequent_itemsets of edges", FrequentItemsets, EDGES, "--support 0.25 {inputs}"),
    Case("frequent_itemsets of edges, pairs at most", FrequentItemsets, EDGES, "--support 1e-9 --max-size 2 {inputs}"),
]
BASKETS = SAMPLES / "baskets" / "baskets.txt"


class InSmallChunks(FrequentItemsets):
    CHUNK = 10


def by_mlxtend(baskets, support, max_size=None):
    encoder = TransactionEncoder().fit(baskets)
    table = pandas.DataFrame(encoder.transform(baskets), columns=encoder.columns_)
    found = apriori(table, min_support=support, use_colnames=True, max_len=max_size)
    return {tuple(sorted(items)): round(share * len(baskets)) for items, share in zip(found.itemsets, found.support)}


def frequent(job, path, *args):
    with bigdata.iterate(job, path, args=args) as result:
        return {tuple(itemset): count for itemset, count in result}


@pytest.mark.parametrize("support, max_size", [(0.02, None), (0.15, None), (0.01, 2)])
def test_sets_and_counts_are_those_of_mlxtend(support, max_size):
    wanted = by_mlxtend([line.split() for line in BASKETS.read_text().splitlines()], support, max_size)
    assert len(wanted) > 20
    assert frequent(FrequentItemsets, BASKETS, f"--support={support}", f"--max-size={max_size or 0}") == wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_chunks_and_splits_change_nothing(tmp_path, workers):
    lines = BASKETS.read_text().splitlines(keepends=True)[:250]
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text("".join(lines[number::7]))
    wanted = by_mlxtend([line.split() for line in lines], 0.1)
    assert frequent(InSmallChunks, tmp_path, "--support=0.1", f"--workers={workers}") == wanted


@pytest.mark.parametrize("rounds", [1, 3])
def test_candidates_that_are_frequent_in_one_chunk_only_go(tmp_path, rounds):
    (tmp_path / "baskets.txt").write_text("a b\n" * 10 + "a\n" * 6 + "c\n" * 14)
    got = frequent(InSmallChunks, tmp_path, "--support=0.5", f"--rounds={rounds}")
    assert got == {("a",): 16}
    (tmp_path / "baskets.txt").write_text("a\n" * 10 + "b\n" * 10 + "c\n" * 10)
    assert frequent(InSmallChunks, tmp_path, "--support=0.5", f"--rounds={rounds}") == {}


def test_candidates_without_a_count_are_no_result():
    with pytest.raises(UsageError, match="--rounds: expected a whole number of at least 1"):
        frequent(FrequentItemsets, BASKETS, "--rounds=0")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcde"), min_size=1), min_size=1, max_size=40), st.integers(1, 40))
def test_a_set_that_just_reaches_the_support_is_found(tmp_path_factory, baskets, least):
    """A support of n baskets in N, as a float, is met by n baskets and not by n - 1."""
    path = tmp_path_factory.mktemp("baskets") / "baskets.txt"
    path.write_text("".join(f"{' '.join(sorted(basket))}\n" for basket in baskets))
    least = min(least, len(baskets))
    got = frequent(InSmallChunks, path, f"--support={least / len(baskets)!r}")
    assert got == by_mlxtend(baskets, least / len(baskets))
    assert min(got.values(), default=least) >= least


@pytest.mark.parametrize(
    "option, value", [("--support", "0"), ("--support", "1.5"), ("--support", "nan"), ("--max-size", "-1")]
)
def test_options_out_of_range_are_refused(option, value):
    with pytest.raises(UsageError, match=f"{option}: expected"):
        frequent(FrequentItemsets, BASKETS, f"{option}={value}")
