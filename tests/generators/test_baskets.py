"""Baskets against their planted item sets."""

import pytest

from tests.generators.files import files, records

ROWS = 20_000
MADE = files("baskets", ROWS)
BASKETS = [frozenset(items) for items in records(MADE["baskets.txt"], " ")]
PLANTED = [(float(probability), frozenset(items.split())) for probability, items in records(MADE["planted.csv"])]


def support(items):
    return sum(items <= basket for basket in BASKETS) / ROWS


def test_a_basket_lists_its_items_once_in_order():
    for items in records(MADE["baskets.txt"], " "):
        numbers = [int(item) for item in items]
        assert numbers == sorted(set(numbers)) and 1 <= numbers[0] <= numbers[-1] <= 500


@pytest.mark.parametrize("probability, items", PLANTED)
def test_a_planted_set_is_as_frequent_as_its_probability(probability, items):
    assert support(items) == pytest.approx(probability, abs=4 * (0.25 / ROWS) ** 0.5)


@pytest.mark.parametrize("probability, items", PLANTED)
def test_a_planted_set_is_what_its_items_have_in_common(probability, items):
    """Each pair of its items is hardly ever bought without the others, and no other item is bought with most of it."""
    one, other, *_ = sorted(items)
    assert support(frozenset({one, other})) < 1.2 * probability
    buyers = [basket for basket in BASKETS if items <= basket]
    others = {item for basket in buyers for item in basket} - items
    assert all(sum(item in basket for basket in buyers) < 0.6 * len(buyers) for item in others)
