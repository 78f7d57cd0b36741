"""rankings and uservisits against each other and against AMPLab's published results."""

from collections import Counter
from datetime import date
from ipaddress import IPv4Address

import pytest

from tests.generators.files import files, records


def test_page_ranks_are_distributed_as_in_the_benchmark():
    """Queries 1A to 1C select so many of 90 million pages: https://amplab.cs.berkeley.edu/benchmark/"""
    ranks = [int(rank) for _, rank, _ in records(files("rankings", 300_000)["rankings.csv"])]
    for threshold, results, tolerance in ((1000, 32_888, 0.3), (100, 3_331_851, 0.05), (10, 89_974_976, 0.001)):
        share = sum(rank > threshold for rank in ranks) / len(ranks)
        assert share == pytest.approx(results / 90_000_000, rel=tolerance)


def test_a_page_comes_once():
    pages = [page for page, *_ in records(files("rankings", 20_000)["rankings.csv"])]
    assert len(set(pages)) == len(pages)


@pytest.mark.parametrize("visits", [1, 8, 9, 10_000])
def test_visits_are_to_ranked_pages(visits):
    pages = {page for page, *_ in records(files("rankings", -(-visits // 8), seed=3)["rankings.csv"])}
    assert {page for _, page, *_ in records(files("uservisits", visits, seed=5)["uservisits.csv"])} <= pages


def test_visits_fit_the_schema():
    for address, page, day, revenue, agent, country, language, word, duration in records(
        files("uservisits", 5000)["uservisits.csv"]
    ):
        IPv4Address(address)
        date.fromisoformat(day)
        assert 0 <= float(revenue) <= 1 <= int(duration) <= 10
        assert (len(country), len(language)) == (3, 5) and max(len(page), len(agent), len(word)) <= 32


def test_dates_are_spread_as_in_the_benchmark():
    """Queries 3B and 3C join so many of 775 million visits."""
    days = [day for _, _, day, *_ in records(files("uservisits", 50_000)["uservisits.csv"])]
    for last, results in (("1983-01-01", 53_332_015), ("2010-01-01", 533_287_121)):
        share = sum("1980-01-01" <= day <= last for day in days) / len(days)
        assert share == pytest.approx(results / 775_000_000, abs=0.01)


def test_visitors_come_back():
    visitors = Counter(address for address, *_ in records(files("uservisits", 10_000)["uservisits.csv"]))
    assert 1000 < len(visitors) < 10_000
