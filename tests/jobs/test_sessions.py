"""sessions against SQL with window functions."""

from collections import defaultdict

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError, UsageError
from jobs.sessions import Sessionize
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

CLICKS = SAMPLES / "clicks" / "clicks.tsv"
EDGES = {
    "edges.tsv": b"user\ttime\tpage\r\na\t30\t/\r\n\na\t0\t\nb\t-5\t/x y\na\t60\t\xe9\na\t91\t/\n\t0\t/\na\t30\t/",
    "more.tsv": b"a\t61\t/\nb\t25\t/\nb\t9223372036854775807\t/\n",
    "empty.tsv": b"",
}
CASES = [
    Case("sessions of a sample", Sessionize, sample("clicks/clicks.tsv")),
    Case("sessions of edges", Sessionize, EDGES, "--gap 30 {inputs}"),
]
QUERY = """
    WITH clicks AS (
        SELECT * FROM read_csv(?, delim = '\t', columns = {user: 'VARCHAR', time: 'BIGINT', page: 'VARCHAR'})
    ),
    steps AS (SELECT *, time - lag(time) OVER (PARTITION BY user ORDER BY time) AS pause FROM clicks),
    runs AS (
        SELECT *, sum(CASE WHEN pause > ? THEN 1 ELSE 0 END)
            OVER (PARTITION BY user ORDER BY time ROWS UNBOUNDED PRECEDING) AS session
        FROM steps
    )
    SELECT user, min(time), max(time), count(*) FROM runs GROUP BY user, session ORDER BY 1, 2
"""


def by_sql(path, gap):
    sessions = defaultdict(list)
    for user, *session in duckdb.execute(QUERY, [str(path), gap]).fetchall():
        sessions[user].append(session)
    return sessions


@pytest.mark.parametrize("gap", [1, 60, 1800, 100_000])
def test_sessions_of_the_sample_are_those_of_sql(gap):
    wanted = by_sql(CLICKS, gap)
    assert any(len(sessions) > 1 for sessions in wanted.values())
    with bigdata.run(Sessionize, CLICKS, args=["--gap", str(gap)]) as result:
        assert dict(result) == wanted


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 300)), min_size=1), st.integers(1, 60))
def test_sessions_of_random_clicks_are_those_of_sql(tmp_path_factory, clicks, gap):
    path = tmp_path_factory.mktemp("clicks") / "clicks.tsv"
    path.write_text("".join(f"{user}\t{time}\t/\n" for user, time in clicks))
    assert dict(bigdata.run(Sessionize, path, args=["--gap", str(gap)])) == by_sql(path, gap)


def test_a_time_that_is_no_number_is_refused(tmp_path):
    path = tmp_path / "clicks.tsv"
    path.write_text("a\t1\t/\na\tnoon\t/\n")
    with pytest.raises(DecodeError, match=r"column time: expected a whole number of 64 bits; got 'noon', in .*line 2"):
        bigdata.run(Sessionize, path)


def test_a_gap_of_nothing_is_refused():
    with pytest.raises(UsageError, match="at least 1; got '0'"):
        bigdata.run(Sessionize, CLICKS, args=["--gap", "0"])
