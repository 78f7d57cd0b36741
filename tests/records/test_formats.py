"""`read` reads what other readers of the formats do, and says what is wrong."""

import re

import pytest

from bigdata import CloudFrontLog, CombinedLog, CommonLog, Csv, JsonLines, Pattern, Tsv
from bigdata.errors import UsageError
from bigdata.records import schema
from tests.records.cases import CLOUDFRONT, COMBINED, COMMON, assert_alike


def test_the_examples_of_apaches_documentation():
    record = {
        "host": "127.0.0.1",
        "identity": "-",
        "user": "frank",
        "time": "10/Oct/2000:13:55:36 -0700",
        "method": "GET",
        "path": "/apache_pb.gif",
        "protocol": "HTTP/1.0",
        "status": 200,
        "bytes": 2326,
    }
    assert CommonLog().read(COMMON) == (None, record)
    agent = {"referrer": "http://www.example.com/start.html", "agent": "Mozilla/4.08 [en] (Win98; I ;Nav)"}
    assert CombinedLog().read(COMBINED) == (None, {**record, **agent})


@pytest.mark.parametrize(
    "request_line, parts",
    [
        (b"GET / HTTP/1.1", ("GET", "/", "HTTP/1.1")),
        (b"GET /index", ("GET", "/index", "")),
        (rb"GET /?q=\"fox\" HTTP/1.1", ("GET", r"/?q=\"fox\"", "HTTP/1.1")),
        (rb"GET /back\\slash HTTP/1.1", ("GET", r"/back\\slash", "HTTP/1.1")),
        (rb"\x16\x03\x01", ("", "", "")),
        (rb"GET /\"", ("GET", r"/\"", "")),
        (b"GET /a b c HTTP/1.1", ("", "", "")),
        (b"-", ("", "", "")),
        (b"", ("", "", "")),
    ],
)
def test_a_request_that_is_no_request_leaves_its_columns_empty(path, request_line, parts):
    line = COMMON.replace(b"GET /apache_pb.gif HTTP/1.0", request_line)
    record = CommonLog().read(line)[1]
    assert (record["method"], record["path"], record["protocol"]) == parts
    assert (record["status"], record["bytes"]) == (200, 2326)
    assert_alike(CommonLog(), path, line)


def test_the_example_of_the_emr_tutorial():
    assert list(CloudFrontLog().read(CLOUDFRONT)[1].values()) == [
        *("2014-07-05", "20:00:00", "LHR3", 4260, "10.0.0.15", "GET", "eabcd12345678.cloudfront.net"),
        *("/test-image-1.jpeg", 200, "-", "MacOS", "IE", "3.0.9"),
    ]


@pytest.mark.parametrize(
    "records, line, said",
    [
        (Csv("day, amount:float"), b"1 May", "expected 2 fields (day, amount); got 1"),
        (Csv("day, amount:float"), b"1 May,two", "column amount: expected a number; got 'two'"),
        (Csv("day, amount:float"), b"1 May,", "column amount: expected a number; got ''"),
        (Csv("day, amount:float"), b"1 May,1e999", "column amount: expected a number; got '1e999'"),
        (Csv("day, n:int"), b"1 May,9223372036854775808", "column n: expected a whole number of 64 bits"),
        (Csv("day, n:int"), b'"1 May,2', "expected fields between ',', in quotes that end"),
        (Tsv("page, n:int"), b"/a 1", "expected 2 fields (page, n); got 1"),
        (Tsv("x:floats"), b"1,a", "column x: expected numbers between commas; got '1,a'"),
        (Tsv("x:floats"), b"1,", "column x: expected numbers between commas; got '1,'"),
        (Tsv("x:floats"), b"1, 2", "column x: expected numbers between commas; got '1, 2'"),
        (Tsv("x:floats"), b"1,1e999", "column x: expected numbers between commas; got '1,1e999'"),
        (Tsv("n:int, x:floats"), b"1\t", "column x: expected numbers between commas; got ''"),
        (Tsv("x:floats"), b"12," * 1000 + b"x", "column x: expected numbers between commas; got '12,12,"),
        (Csv("n:int, x:floats"), b"1,2,3", "expected 2 fields (n, x); got 3"),
        (JsonLines("x:floats"), b'{"x": []}', "column x: expected numbers between commas; got []"),
        (JsonLines("x:floats"), b'{"x": [1, null]}', "column x: expected numbers between commas; got [1.0, None]"),
        (JsonLines("x:floats"), b'{"x": [true]}', "column x: expected numbers between commas; got [True]"),
        (JsonLines("x:floats"), b'{"x": [1e999]}', "column x: expected numbers between commas; got [inf]"),
        (JsonLines("x:floats"), b'{"x": 1}', "column x: expected numbers between commas; got 1"),
        (JsonLines("x:floats"), b"{}", "column x: expected numbers between commas; got None"),
        (JsonLines("name"), b"{", "expected a JSON object; "),
        (JsonLines("name"), b"[1]", "expected a JSON object; got list"),
        (JsonLines("name"), b"[" * 100_000, "expected a JSON object; "),
        (JsonLines("name"), b"{}", "column name: expected text; got None"),
        (JsonLines("n:int"), b'{"n": true}', "column n: expected a whole number of 64 bits; got True"),
        (JsonLines("n:int"), b'{"n": 9223372036854775808}', "column n: expected a whole number of 64 bits"),
        (JsonLines("n:int"), b'{"n": 1.0}', "column n: expected a whole number of 64 bits; got 1.0"),
        (JsonLines("x:float"), b'{"x": NaN}', "column x: expected a number; got nan"),
        (JsonLines("x:float"), b'{"x": 1e999}', "column x: expected a number; got inf"),
        (JsonLines("x:float"), b'{"x": 1%s}' % (b"0" * 400), "column x: expected a number; got 1000"),
        (JsonLines("name"), rb'{"name": "\ud800"}', r"column name: expected text; got '\ud800'"),
        (Pattern("(?P<a>x)"), b"y", "expected a line of the form (?P<a>x)"),
        (CommonLog(), COMMON[:-4], "expected a line of the form "),
    ],
)
def test_a_line_that_is_no_record_is_told_what_was_expected(records, line, said):
    with pytest.raises(ValueError, match="^" + re.escape(said)):
        records.read(line)


@pytest.mark.parametrize(
    "make",
    [
        lambda: schema(""),
        lambda: schema("day, day"),
        lambda: schema("day, Day:int"),
        lambda: schema("amount:decimal"),
        lambda: schema("two words:ints"),
        lambda: schema("2nd"),
        lambda: Csv("a, b", separator="||"),
        lambda: Csv("a, b", quote=""),
        lambda: Csv("a, b", separator='"'),
        lambda: Pattern(r"(?P<n>\d+)"),
        lambda: Pattern("(?i)(?P<n>x)"),
        lambda: Pattern("(?P<n>x{,3})"),
        lambda: Pattern("(?P<n>[[:alpha:]])"),
        lambda: Pattern("(x)(?P<n>y)"),
        lambda: Pattern("no column"),
        lambda: Pattern("(?P<n>x"),
        lambda: Pattern("(?P<n>x)(?P<N>y)"),
        lambda: Pattern("(?P<n>x*)*"),
        lambda: Pattern("(?:(?P<n>x*)[)]y?)+"),
        lambda: Pattern("(?P<n>x)", "m:int"),
    ],
)
def test_what_is_no_format_is_refused(make):
    with pytest.raises(UsageError):
        make()


def test_formats_are_for_input():
    with pytest.raises(UsageError, match="OUTPUT_PROTOCOL"):
        Csv("a").write(None, {"a": 1})
