"""cloudfront_os against the tutorial's Hive script, as DuckDB's SQL."""

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import UsageError
from jobs.cloudfront_os import CloudFrontOS
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

LOG = SAMPLES / "cloudfront" / "cloudfront.log"
# the tutorial's example, with another date, white space and user agent each
LINE = "{}{}20:00:00 LHR3 4260 10.0.0.15 GET eabcd12345678.cloudfront.net /test-image-1.jpeg 200 - {}"
AGENT = "Mozilla/5.0%20({};%20U;%20Windows%20NT%205.1;%20en-US;%20rv:1.9.0.9)%20Gecko/2009040821%20IE/3.0.9"
BOTS = ["Googlebot/2.1%20(+http://www.google.com/bot.html)", "curl/8.5.0", "-"]
AGENTS = [AGENT.format("MacOS"), AGENT.format("iOS"), *BOTS]
DATES = ["2014-07-04", "2014-07-05", "2014-07-31", "2014-08-05", "2014-08-06", "-", "#2014-07-31"]
EDGES = b"\r\n".join(
    [
        b"#Version: 1.0",
        b"",
        *(LINE.format(date, "\t", agent).replace(" ", "\t").encode() for date in DATES for agent in AGENTS),
        LINE.format("2014-07-31", "  \t ", AGENT.format("caf\xe9 (x")).encode("latin-1"),
        LINE.format("2014-07-31", " ", AGENT.format("日本")).encode(),
        LINE.format("2014-07-31", " ", "(MacOS;%20/")[:-9].encode(),
    ]
)
CASES = [
    Case("cloudfront_os of a sample", CloudFrontOS, sample("cloudfront/cloudfront.log")),
    Case(
        "cloudfront_os of edges",
        CloudFrontOS,
        {"edges.log": EDGES, "empty.log": b""},
        "--from 2014-07-31 --to 2014-08-06 {inputs}",
    ),
]
# the script's input.regex, which Hive's RegexSerDe matches with the whole line; without groups for the columns that the
# query doesn't read, as DuckDB gives nine, and without (?!#), which RE2 doesn't know
HIVE = r"^([^ ]+)" + r"\s+[^ ]+" * 9 + r"\s+[^\(]+[\(]([^\;]+).*\%20[^\/]+[\/].*$"
QUERY = f"""
    WITH lines AS (SELECT unnest(string_split(content, chr(10))) AS line FROM read_text(?)),
    cloudfront_logs AS (
        SELECT unnest(regexp_extract(line, '{HIVE}', ['dateobject', 'os'])) FROM lines WHERE line NOT LIKE '#%'
    )
    SELECT os, count(*) FROM cloudfront_logs
    WHERE try_cast(dateobject AS DATE) BETWEEN ?::DATE AND ?::DATE GROUP BY os
"""


def by_hive(path, first="2014-07-05", last="2014-08-05"):
    return dict(duckdb.execute(QUERY, [str(path), first, last]).fetchall())


@pytest.mark.parametrize("dates", [[], ["2014-07-01", "2014-07-31"], ["2014-08-06", "2014-08-06"]])
def test_the_sample_gives_what_the_script_gives(dates):
    wanted = by_hive(LOG, *dates)
    assert wanted
    args = [word for pair in zip(["--from", "--to"], dates) for word in pair]
    with bigdata.run(CloudFrontOS, LOG, args=args) as result:
        assert result.stages[0].way == "columnar"
        assert dict(result) == wanted


PIECES = st.sampled_from(["(", ";", "%20", "/", "\t", " ", "#", "x", "é", "\0", "MacOS", "2014-07-31", *AGENTS])
TEXT = st.lists(PIECES, max_size=8).map("".join)
LINES = st.lists(
    st.builds(LINE.format, st.sampled_from([*DATES, "2014-7-31"]), st.sampled_from([" ", "\t", " \t"]), TEXT)
)


@settings(max_examples=25, deadline=None)
@given(LINES)
def test_the_twin_gives_what_the_mapper_gives(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("log") / "cloudfront.log"
    path.write_text("\n".join(lines), encoding="utf-8")
    columnar, folded = (bigdata.run(CloudFrontOS, path, args=more) for more in ([], ["--on-error", "skip"]))
    assert (columnar.stages[0].way, folded.stages[0].way) == ("columnar", "folded")
    assert dict(columnar) == dict(folded)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(AGENTS))))
def test_random_requests_give_what_the_script_gives(tmp_path_factory, requests):
    path = tmp_path_factory.mktemp("log") / "cloudfront.log"
    path.write_text("\n".join(re.sub(" ", "\t", LINE.format(date, " ", agent)) for date, agent in requests))
    assert dict(bigdata.run(CloudFrontOS, path)) == by_hive(path)


@pytest.mark.parametrize("date", ["2014-02-30", "yesterday", "5/7/2014"])
def test_what_is_no_date_is_refused(date):
    with pytest.raises(UsageError, match="--from: invalid day value"):
        bigdata.run(CloudFrontOS, LOG, args=["--from", date])
