"""Telemetry against geometry, and against the columns of the workshop's table."""

import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from tests.generators.files import files

RECORDS = [json.loads(line) for line in files("wild-rydes", 5000)["telemetry.json"].splitlines()]


def metres(one, other):
    """The great-circle distance, by the haversine formula; the earth's mean radius is 6,371,009 metres."""
    latitude, longitude, latitude_2, longitude_2 = (
        radians(record[name]) for record in (one, other) for name in ("Latitude", "Longitude")
    )
    chord = sin((latitude_2 - latitude) / 2) ** 2
    chord += cos(latitude) * cos(latitude_2) * sin((longitude_2 - longitude) / 2) ** 2
    return 2 * 6_371_009 * asin(sqrt(chord))


def flights():
    """The records of each unicorn."""
    flights = defaultdict(list)
    for record in RECORDS:
        flights[record["Name"]].append(record)
    return flights.values()


def test_records_have_the_tables_columns():
    names = ["Name", "StatusTime", "Latitude", "Longitude", "Distance", "HealthPoints", "MagicPoints"]
    assert all(list(record) == names for record in RECORDS)
    assert all(len(record["StatusTime"]) == len("2017-06-05 09:17:08.189") for record in RECORDS)


def test_distance_is_that_from_the_last_position():
    for flight in flights():
        assert all(abs(metres(*pair) - pair[1]["Distance"]) < 0.2 for pair in pairwise(flight))


def test_each_unicorn_sends_about_one_record_a_second():
    for flight in flights():
        times = [datetime.fromisoformat(record["StatusTime"]) for record in flight]
        assert all(
            abs(later - earlier - timedelta(seconds=1)) < timedelta(seconds=0.25) for earlier, later in pairwise(times)
        )


def test_records_come_in_order_of_time():
    times = [record["StatusTime"] for record in RECORDS]
    assert times == sorted(times)


def test_points_change_by_one_at_most_within_bounds():
    for flight in flights():
        for name in ("HealthPoints", "MagicPoints"):
            points = [record[name] for record in flight]
            assert {later - earlier for earlier, later in pairwise(points)} == {-1, 0, 1}
            assert 100 <= min(points) <= max(points) <= 200


def test_points_turn_at_the_bounds():
    long = [json.loads(line) for line in files("wild-rydes", 60_000)["telemetry.json"].splitlines()]
    points = [record["HealthPoints"] for record in long]
    assert (min(points), max(points)) == (100, 200)
