"""cooccurrence against a product of sparse matrices by scipy, as pairs and as stripes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, diags_array

import bigdata
from bigdata import words
from jobs.cooccurrence import Cooccurrence
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

TEXT = sample("wordcount/gettysburg.txt")
CASES = [
    Case("cooccurrence of a sample as pairs", Cooccurrence, TEXT),
    Case("cooccurrence of a sample as stripes", Cooccurrence, TEXT, "--stripes --window 3 {inputs}"),
    Case("cooccurrence of an awkward text as pairs", Cooccurrence, AWKWARD, "--window 1 {inputs}"),
    Case("cooccurrence of an awkward text as stripes", Cooccurrence, AWKWARD, "--stripes {inputs}"),
]


def by_scipy(lines, window):
    """With rows for places, occurs' * near * occurs, where near has ones beside its diagonal, summed over the lines."""
    lines = list(map(words, lines))
    vocabulary = sorted({word for line in lines for word in line})
    columns = {word: column for column, word in enumerate(vocabulary)}
    counts = csr_array((len(vocabulary), len(vocabulary)), dtype=int)
    for line in lines:
        size = len(line)
        offsets = [offset for offset in range(-window, window + 1) if 0 < abs(offset) < size]
        if offsets:
            places = range(size), [columns[word] for word in line]
            occurs = csr_array(([1] * size, places), shape=(size, len(vocabulary)))
            near = diags_array([1] * len(offsets), offsets=offsets, shape=(size, size), dtype=int)
            counts += occurs.T @ near @ occurs
    entries = counts.tocoo()
    return {
        (vocabulary[row], vocabulary[column]): int(count) for row, column, count in zip(*entries.coords, entries.data)
    }


def pairs(path, window):
    with bigdata.run(Cooccurrence, path, args=["--window", str(window)]) as result:
        assert result.stages[0].way == "columnar"
        return {(word, neighbour): count for (word, neighbour), count in result}


def stripes(path, window):
    with bigdata.run(Cooccurrence, path, args=["--stripes", "--window", str(window)]) as result:
        return {(word, neighbour): count for word, stripe in result for neighbour, count in stripe.items()}


@pytest.mark.parametrize("form", [pairs, stripes])
@pytest.mark.parametrize("window", [1, 2, 5])
def test_the_sample_has_the_counts_of_scipy(form, window):
    path = SAMPLES / "documents" / "heat.txt"
    assert form(path, window) == by_scipy(path.read_text(encoding="utf-8").splitlines(), window)


@pytest.mark.parametrize("form", [pairs, stripes])
@settings(max_examples=25, deadline=None)
@given(LINES, st.integers(1, 4))
def test_any_text_has_the_counts_of_scipy(tmp_path_factory, form, lines, window):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("\n".join(lines).encode())
    assert form(path, window) == by_scipy(lines, window)


def test_the_neighbours_in_a_stripe_are_in_order(tmp_path):
    (tmp_path / "text.txt").write_text("d a c\nb a\n")
    with bigdata.run(Cooccurrence, tmp_path / "text.txt", args=["--stripes"]) as result:
        assert list(dict(result)["a"]) == ["b", "c", "d"]


def test_an_empty_window_is_refused():
    with pytest.raises(ValueError, match="--window: expected a whole number of at least 1"):
        Cooccurrence(["--window", "0"])
