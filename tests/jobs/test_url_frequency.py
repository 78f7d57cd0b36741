"""url_frequency against SQL with a regular expression of its own."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError
from jobs.url_frequency import URLFrequency
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

LOG = SAMPLES / "access_logs" / "access.log"
START = b'::1 - - [10/Oct/2000:13:55:36 -0700] "%s" %s %s'
EDGES = b"\r\n".join(
    START % parts + b' "-" "a \\"quoted\\" agent"'
    for parts in [
        (b"GET /a HTTP/1.1", b"200", b"10"),
        (b"HEAD /a HTTP/1.1", b"304", b"-"),
        (b"GET /a?b=1 HTTP/1.1", b"200", b"9223372036854775807"),
        (b"GET /a?b=1 HTTP/1.1", b"206", b"9223372036854775807"),
        (rb"GET /\"caf\xc3\xa9\" HTTP/1.1", b"404", b"7"),
        ("GET /café HTTP/1.1".encode(), b"500", b"7"),
        (b"GET /caf\xe9", b"101", b"0"),
        (rb"\x16\x03\x01", b"400", b"226"),
        (b"-", b"408", b"-"),
        (b"", b"000", b"-"),
    ]
)
CASES = [
    Case("url_frequency of a sample", URLFrequency, sample("access_logs/access.log", most=300)),
    Case("url_frequency of edges", URLFrequency, {"edges.log": EDGES, "empty.log": b""}),
    Case(
        "url_frequency of the common format",
        URLFrequency,
        {"common.log": START % (b"GET / HTTP/1.0", b"200", b"2326") + b"\n\n"},
        "--common {inputs}",
    ),
]
CLASSES = [f"{number}xx" for number in range(1, 6)]
QUERY = rf"""
    WITH lines AS (SELECT unnest(string_split(trim(content, chr(10)), chr(10))) AS line FROM read_text(?)),
    requests AS (
        SELECT unnest(regexp_extract(line, '"[A-Z]+ (\S+) HTTP/[0-9.]+" ([0-9]+) ([0-9]*)', ['url', 'status', 'bytes']))
        FROM lines
    )
    SELECT url, count(*), coalesce(sum(nullif(bytes, '')::BIGINT), 0)::BIGINT,
        {", ".join(f"count(*) FILTER (status LIKE '{name[0]}__')" for name in CLASSES)}
    FROM requests GROUP BY url
"""


def test_the_sample_gives_what_sql_gives():
    rows = duckdb.execute(QUERY, [str(LOG)]).fetchall()
    assert len(rows) > 100
    with bigdata.run(URLFrequency, LOG) as result:
        assert result.stages[0].way == "columnar"
        assert dict(result) == {url: dict(zip(["requests", "bytes", *CLASSES], counts)) for url, *counts in rows}


REQUESTS = st.lists(
    st.tuples(
        st.sampled_from(["GET /a HTTP/1.1", "GET /é", r"GET /\"x\" HTTP/1.0", "GET /a b c", "-", ""]),
        st.sampled_from([200, 304, 404, 599, 99, 600]),
        st.none() | st.integers(0, 10**12),
    )
)


@settings(max_examples=25, deadline=None)
@given(REQUESTS)
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, requests):
    path = tmp_path_factory.mktemp("log") / "access.log"
    lines = [f'h - - [t] "{line}" {status:03} {"-" if sent is None else sent}' for line, status, sent in requests]
    path.write_text("\n".join(lines), encoding="utf-8")
    columnar, folded = (
        bigdata.run(URLFrequency, path, args=["--common", *more]) for more in ([], ["--on-error", "skip"])
    )
    assert (columnar.stages[0].way, folded.stages[0].way) == ("columnar", "folded")
    assert dict(columnar) == dict(folded)


def test_a_line_of_another_format_is_refused(tmp_path):
    path = tmp_path / "access.log"
    path.write_bytes(START % (b"GET / HTTP/1.0", b"200", b"1"))
    with pytest.raises(DecodeError, match=r"expected a line of the form .*, in .*access\.log, line 1\.$"):
        bigdata.run(URLFrequency, path)
