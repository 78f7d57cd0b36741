"""unicorn_stats against SQL."""

import duckdb
import pytest

import bigdata
from bigdata import DecodeError, TaskFailed
from jobs.unicorn_stats import COLUMNS, UnicornStats
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

TELEMETRY = SAMPLES / "wild_rydes" / "telemetry.json"
STATUS = (
    b'{"Name": "%s", "StatusTime": "%s", "Latitude": null, "Distance": %s, "HealthPoints": %d, "MagicPoints": %d}\r\n'
)
EDGES = {
    "edges.json": b"\r\n".join(
        STATUS % status
        for status in [
            (b"Shadowfax", b"2017-06-05 09:00:00", b"0", 1, -1),
            (b"Shadowfax", b"2017-06-05T09:00:59.999Z", b"1e3", -5, 150),
            (b"Shadowfax", b"2017-06-05 09:01:00.000", b"-0.5", 0, 0),
            (b"Shadowfax", b"1969-12-31 23:59:59.5", b"2.25", 9, 9),
            (b"\\u00c9pona", b"2017-06-05 09:00", b"1", 1, 1),
            (b"\xc9pona", b"2017-06-05", b"1", 1, 1),
            (b"", b"2017-06-05", b"0.1", 1, 1),
            (b"", b"2017-06-05", b"0.2", 2, 1),
        ]
    ),
    "empty.json": b"",
}
CASES = [
    Case("unicorn_stats of a sample", UnicornStats, sample("wild_rydes/telemetry.json")),
    Case("unicorn_stats of edges", UnicornStats, EDGES),
    Case("unicorn_stats of an hour", UnicornStats, EDGES, "--window 3600 {inputs}"),
]
# the workshop's query, over the time of the event
QUERY = """
    SELECT Name, strftime(time_bucket(to_seconds(?), StatusTime, '1970-01-01'::TIMESTAMP), '%Y-%m-%d %H:%M:%S'),
        sum(Distance),
        min(MagicPoints), max(MagicPoints), min(HealthPoints), max(HealthPoints)
    FROM read_json(?, format = 'newline_delimited', columns = {
        Name: 'VARCHAR', StatusTime: 'TIMESTAMP', Distance: 'DOUBLE', HealthPoints: 'BIGINT', MagicPoints: 'BIGINT'
    })
    GROUP BY ALL
"""


@pytest.mark.parametrize("window", [60, 1, 7, 86400])
def test_the_sample_gives_what_sql_gives(window):
    rows = duckdb.execute(QUERY, [window, str(TELEMETRY)]).fetchall()
    wanted = {(name, start): [pytest.approx(distance), *points] for name, start, distance, *points in rows}
    assert len(wanted) >= 5
    with bigdata.run(UnicornStats, TELEMETRY, args=["--window", str(window)]) as result:
        got = {tuple(key): list(value.values()) for key, value in result}
        assert {tuple(value) for _, value in result} == {COLUMNS}
    assert got == wanted


def test_a_time_that_is_none_is_refused(tmp_path):
    path = tmp_path / "telemetry.json"
    path.write_bytes(STATUS % (b"Shadowfax", b"soon", b"1", 1, 1))
    with pytest.raises(TaskFailed, match=r"expected a time such as .*; got 'soon'.*, in .*telemetry\.json, line 1"):
        bigdata.run(UnicornStats, path)


def test_a_member_that_is_missing_is_refused(tmp_path):
    path = tmp_path / "telemetry.json"
    path.write_text('{"Name": "Shadowfax"}\n')
    with pytest.raises(DecodeError, match=r"column StatusTime: expected text; got None, in .*, line 1"):
        bigdata.run(UnicornStats, path)
