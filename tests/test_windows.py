"""Windows against brute force, DuckDB and the datetime module; the laws of Sessions are in aggregators/."""

import math
from datetime import UTC, datetime
from random import Random

import duckdb
import pyarrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bigdata import Sessions, Sliding, Tumbling, seconds, seconds_sql
from bigdata.errors import UsageError

SIZES = st.integers(1, 50)
TIMES = st.integers(-(10**6), 10**6)
# numbers whose sums and products are exact
FRACTIONS = TIMES.map(lambda number: number / 8)


@given(size=SIZES.map(lambda size: size / 4), time=FRACTIONS)
def test_a_tumbling_window_holds_its_time_and_starts_at_a_multiple_of_its_size(size, time):
    start = Tumbling(size).start(time)
    assert start <= time < start + size
    assert start % size == 0


@settings(deadline=None)
@given(size=SIZES, times=st.lists(TIMES, min_size=1))
def test_tumbling_windows_in_sql_are_those_in_python(size, times):
    inputs = pyarrow.table({"time": times})
    window = Tumbling(size)
    with duckdb.connect() as connection:
        connection.register("input", inputs)
        rows = connection.sql(f"SELECT time, {window.sql('time')}, {window.sql('time + 1')} FROM input").fetchall()
    assert rows == [(time, window.start(time), window.start(time + 1)) for time in times]


@given(size=SIZES.map(lambda size: size / 2), slide=SIZES.map(lambda slide: slide / 4), time=FRACTIONS)
def test_sliding_windows_are_all_that_hold_the_time(size, slide, time):
    near = int(time // slide)
    numbers = range(near - int(size / slide) - 2, near + 3)
    wanted = [number * slide for number in numbers if number * slide <= time < number * slide + size]
    assert Sliding(size, slide).starts(time) == wanted


@given(size=SIZES, time=TIMES)
def test_sliding_windows_that_do_not_overlap_are_tumbling(size, time):
    assert Sliding(size, size).starts(time) == [Tumbling(size).start(time)]


def test_sessions_in_any_order_cost_no_more_than_their_number():
    times = [100 * session + second for session in range(2000) for second in range(5)]
    Random(1).shuffle(times)
    sessions = Sessions(gap=30)
    state = sessions.prepare(times[0])
    for number, time in enumerate(times[1:], 1):
        state = sessions.merge(state, sessions.prepare(time))
        assert len(state[1]) <= min(number + 1, 2 * 2000 + 16)
    assert sessions.present(state) == [[start, start + 4, 5] for start in range(0, 200_000, 100)]


MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from([" ", "T"]), st.sampled_from(["", "Z"]))
def test_seconds_are_those_of_datetime(moment, between, zone):
    text = moment.replace(tzinfo=None).isoformat(between) + zone
    assert seconds(text) == pytest.approx(moment.timestamp(), rel=1e-15)
    whole = moment.replace(microsecond=0)
    for form in ("seconds", "minutes"):
        text = whole.replace(tzinfo=None).isoformat(between, form) + zone
        got = seconds(text)
        assert (got, type(got)) == (int(whole.timestamp()) - (whole.second if form == "minutes" else 0), int)
    assert seconds(f"{moment:%Y-%m-%d}".rjust(10, "0")) == whole.timestamp() // 86400 * 86400


def in_sql(text):
    query = f"SELECT {seconds_sql('time')} FROM (SELECT ?::VARCHAR AS time)"
    return duckdb.execute(query, [text]).fetchone()[0]


@settings(deadline=None)
@given(MOMENTS, st.sampled_from([" ", "T"]), st.sampled_from(["", "Z"]))
@example(datetime(3059, 1, 1, microsecond=999_997, tzinfo=UTC), " ", "")
def test_seconds_in_sql_are_those_of_python_without_the_fraction(moment, between, zone):
    plain = moment.replace(tzinfo=None)
    forms = [plain.isoformat(between), plain.isoformat(between, "minutes"), plain.date().isoformat()]
    for text in (form + zone for form in forms):
        assert in_sql(text) == math.floor(seconds(text))


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "2017-6-4", "17-06-04", "2017-13-01", "2017-00-01", "2017-02-29", "1900-02-29", "2017-06-31"),
        *("2017-06-04 24:00:00", "2017-06-04 12:60", "2017-06-04 12:00:60", "2017-06-04 12", "2017-06-04  12:00"),
        *("2017-06-04 12:30:05+02:00", " 2017-06-04", "2017-06-04\n", "٢٠١٧-06-04", "0000-01-01", "1496579405"),
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="expected a time such as"):
        seconds(text)
    with pytest.raises(duckdb.Error):
        in_sql(text)


@pytest.mark.parametrize("size", [0, -1, float("nan")])
@pytest.mark.parametrize("window", [Tumbling, Sessions, lambda size: Sliding(size, 1), lambda size: Sliding(1, size)])
def test_sizes_are_above_zero(window, size):
    with pytest.raises(UsageError, match="expected a number above 0"):
        window(size)
