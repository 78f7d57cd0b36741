"""Records: columnar engines take lines apart as ``read`` does, and ``read`` as other readers of the formats do."""

import csv
import io
import json
import math
import re
from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import (
    CloudFrontLog,
    CombinedLog,
    CommonLog,
    Csv,
    EdgeList,
    Job,
    JsonLines,
    Pattern,
    Sum,
    Tsv,
    columnar,
    kernels,
)
from bigdata.engines import records as reading
from bigdata.engines.records import row_batches
from bigdata.errors import DecodeError, TooManyErrors, UsageError
from bigdata.formats import whole
from bigdata.records import schema
from bigdata.storage import list_inputs
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

# the two examples of Apache HTTP Server 2.4, "Log Files", and lines of the kinds that it and mod_log_config speak of
COMMON = b'127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326'
COMBINED = COMMON + b' "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"'
NOTHING_SENT = b'::1 - - [10/Oct/2000:13:55:36 -0700] "HEAD /a HTTP/1.1" 304 -'
CLOUDFRONT = (
    b"2014-07-05\t20:00:00\tLHR3\t4260\t10.0.0.15\tGET\teabcd12345678.cloudfront.net\t/test-image-1.jpeg\t200\t-\t"
    b"Mozilla/5.0%20(MacOS;%20U;%20Windows%20NT%205.1;%20en-US;%20rv:1.9.0.9)%20Gecko/2009040821%20IE/3.0.9"
)
FORMATS = {
    "csv": (Csv("day, amount:float, n:int?"), [b"1 May,2.50,3", b'"1 May, noon",-.5e3,', b'day,"amount",n']),
    "csv, header": (Csv("day, amount:float"), [b"day,amount", b'"day","amount"', b"x,1", b""]),
    "csv, no header": (Csv("day, n:int", separator=";", header=False, quote="'"), [b"day;7", b"'a;''b';+7", b""]),
    "csv, one column": (Csv("amount:float?", quote=None), [b"1e5", b"007", b"amount"]),
    "csv, lists": (Csv("x:floats, n:int", separator=";"), [b"1.5,-2;3", b'"1,2";3', b"x;n"]),
    "csv, lists in quotes": (Csv("x:floats?, n:int"), [b'"1.5,-2",3', b"1,3", b",3"]),
    "csv, one text": (Csv("été"), ["été".encode(), b"\xe9t\xe9", b'""', b"a"]),
    "tsv, rest": (Tsv("key, n:float", rest="rest"), [b"a\t3", b"a\t3\t", b"a\t3\tb\tc", b"key\tn\trest", b"a"]),
    "tsv, lists": (Tsv("y:float, x:floats?"), [b"1\t2,-3.5,+4e2", b"1\t", b"1\t.5"]),
    "tsv": (Tsv("page, visits:int?"), [b"/index\t12", b"/a b\t", b"page\tvisits", b'"a"\t3']),
    "pattern": (Pattern("(?P<name>[^=]*)=(?P<value>.*)", "value:float?", comment="#"), [b"a=1.5", b"b=", b"#c=1"]),
    "pattern, alternatives": (Pattern("(?P<a>x+)|(?P<b>[0-9]+)-?", "b:int?"), [b"xx", b"12-", b"12"]),
    "common log": (CommonLog(), [COMMON, NOTHING_SENT]),
    "combined log": (CombinedLog(), [COMBINED, NOTHING_SENT + rb' "-" "a \"quoted\" \\ agent"']),
    "cloudfront": (CloudFrontLog(), [CLOUDFRONT, b"#Version: 1.0"]),
    "edge list": (EdgeList(), [b"0\t11342", b"  a \tb ", b"# a b", b" \t", b"a b c"]),
    "json, plain": (
        JsonLines("name, n:int?, x:float?"),
        [b'{"name": "Ann", "n": 3}', b' {"x": -0, "name": "\\u00e9"}\t', b'{"name":"","x":1e3,"o":{"n":[1]}}', b" "],
    ),
    "json, lists": (JsonLines("n:int?, x:floats"), [b'{"x": [1, 2.5, -0]}', b'{"n": 4, "x": [-1e3]}', b'{"x": []}']),
    "json": (JsonLines("name, age:int?, size:float?"), [b'{"name": "Ann", "age": 3}', b'{"size": 1.5, "name": ""}']),
}
PIECES = [
    *(b"", b" ", b'"', b'""', b"'", b",", b";", b"\t", b"|", b"=", b"#", b"\\", b'\\"', b"\r", b"\0", b"-", b"+", b"."),
    *(b"+5", b"1e5", b"1e999", b"5.", b".5", b"1_0", b" 5", b"0x1", b"inf", b"nan", b"-0", b"0" * 20 + b"1"),
    *(b"9" * 18, b"9" * 19, b"9223372036854775807", b"9223372036854775808", b"-9223372036854775808", b"1" * 400),
    *(b"\xe9", b"\xff", b"\xed\xa0\x80", *map(str.encode, ("é", "٣", "\u2028\x85", "\ufeff", "😀"))),
    *(b"null", b"true", b"NaN", b"Infinity", b"{}", b"[", b'"\\ud800"', b"\\u0041", b'{"name": 1}', b"GET / HTTP/1.1"),
    *(b",", b",,", b"1,", b",-2.5,3", b", null", b'"x": [1], ', b"[[1]]", b"[true]", b"1" + b",12" * 30 + b"x"),
    *(b'"n": 4', b'"n": 0.0, ', b'"name": "x"', b"}{", b"},", b"\n", b"/**/", b"01", b"1E400"),
]  # fmt: skip


@st.composite
def files(draw, seeds):
    """A file of lines that are well-formed, or were until a piece was put somewhere into them."""
    lines = []
    for line in draw(st.lists(st.sampled_from(seeds), max_size=4)):
        for piece in draw(st.lists(st.sampled_from(PIECES) | st.binary(max_size=2), max_size=2)):
            start, end = sorted((draw(st.integers(0, len(line))), draw(st.integers(0, len(line)))))
            line = line[:start] + piece + line[draw(st.sampled_from([start, end])) :]
        lines.append(line + draw(st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r\r\n", b"\n\n"])))
    text = b"".join(lines)
    return text[:-1] if draw(st.booleans()) else text


def by_read(records, text):
    """The records of a file's lines, and the number of the first line that is none."""
    rows = []
    for number, line in enumerate(io.BytesIO(text), 1):
        line = line.rstrip(b"\r\n")
        if not records.skips(line):
            try:
                rows.append(records.read(line)[1])
            except ValueError:
                return rows, number
    return rows, None


def by_columns(records, path):
    """The same, as a columnar engine has it; of a file with a bad line only its number."""
    rows = []
    try:
        for batch in row_batches(map(whole, list_inputs([str(path)])), records, "Job stage 0"):
            rows += batch.to_pylist()
    except DecodeError as error:
        return None, int(re.search(r"line (\d+)\.$", str(error))[1])
    return rows, None


def assert_alike(records, path, text):
    """Both ways read the file alike: the same records, told apart by type and sign, or the same first bad line."""
    path.write_bytes(text)
    rows, bad = by_read(records, text)
    for native in {kernels.native, None}:
        with patch.object(kernels, "native", native):
            got, got_bad = by_columns(records, path)
        assert got_bad == bad
        if bad is None:
            assert Counter(map(repr, got)) == Counter(map(repr, rows))
    for row in rows:
        assert list(row) == [column.name for column in records.columns]
        assert all(math.isfinite(value) for value in row.values() if isinstance(value, (int, float)))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("records") / "records.txt"


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_columnar_engines_read_what_read_reads(path, name, data):
    records, seeds = FORMATS[name]
    assert_alike(records, path, data.draw(files(seeds)))


@pytest.mark.parametrize("name", FORMATS)
def test_columnar_engines_read_each_odd_piece_as_a_field(path, name):
    records, seeds = FORMATS[name]
    for seed in seeds:
        for field in re.finditer(rb"[^ ,;\t=\"]+", seed):
            for piece in PIECES:
                assert_alike(records, path, seed[: field.start()] + piece + seed[field.end() :] + b"\n")


TEXTS = st.text(st.sampled_from("a \"',;\té☃") | st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"))
ROWS = st.lists(
    st.tuples(TEXTS, st.integers(-(2**63), 2**63 - 1) | st.none(), st.floats(allow_nan=False, allow_infinity=False))
)


@pytest.mark.parametrize("separator, quote", [(",", '"'), (";", "'"), ("\t", '"')])
@settings(max_examples=50, deadline=None)
@given(rows=ROWS)
def test_csv_reads_what_the_csv_module_writes(path, separator, quote, rows):
    records = Csv("text, n:int?, x:float", separator=separator, quote=quote)
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, delimiter=separator, quotechar=quote)
        written.writerows([["text", "n", "x"], *rows])
    wanted = [{"text": text, "n": n, "x": x} for text, n, x in rows]
    assert by_read(records, path.read_bytes()) == (wanted, None)
    assert_alike(records, path, path.read_bytes())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.fixed_dictionaries({"text": TEXTS, "n": st.integers(-(2**63), 2**63 - 1), "other": st.none()})))
def test_json_lines_reads_what_the_json_module_writes(path, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    records = JsonLines("n:int, text")
    assert by_read(records, text) == ([{"n": row["n"], "text": row["text"]} for row in rows], None)
    assert_alike(records, path, text)


@pytest.mark.parametrize(
    "native", list(dict.fromkeys([None, kernels.native])), ids=lambda native: str(native is not None)
)
def test_plain_json_lines_are_read_without_python(path, monkeypatch, native):
    monkeypatch.setattr(kernels, "native", native)
    monkeypatch.setattr(JsonLines, "read", None)
    path.write_text('{"name": "Ann", "n": 3}\n\n{"x": 0.5, "name": "\\u00e9", "other": [1]}\r\n', encoding="utf-8")
    rows, bad = by_columns(JsonLines("name, n:int?, x:float?"), path)
    assert bad is None
    assert rows == [{"name": "Ann", "n": 3, "x": None}, {"name": "é", "n": None, "x": 0.5}]


@pytest.mark.parametrize(
    "records, text",
    [
        (Tsv("name, x:floats?"), "name\tx\na\t1,-.5,2e3\nb\t\nc\t4\n"),
        (
            JsonLines("name, x:floats?"),
            '{"name": "a", "x": [1, -0.5, 2e3]}\n{"name": "b"}\n{"name": "c", "x": [4]}\n',
        ),
    ],
    ids=repr,
)
def test_plain_lists_are_read_without_python(path, monkeypatch, records, text):
    monkeypatch.setattr(type(records), "read", None)
    path.write_text(text)
    wanted = [{"name": "a", "x": [1.0, -0.5, 2000.0]}, {"name": "b", "x": None}, {"name": "c", "x": [4.0]}]
    assert by_columns(records, path) == (wanted, None)


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


# on the engines


class Revenue(Job):
    RECORDS = Csv("day, shop, amount:float")
    aggregator = Sum()

    @columnar("SELECT shop AS key, amount AS value FROM input")
    def mapper(self, _, sale):
        yield sale["shop"], sale["amount"]


class RevenueInPython(Revenue):
    def mapper(self, _, sale):
        yield sale["shop"], sale["amount"]


SALES = b"day,shop,amount\n1 May,north,2.5\n1 May,south,1\n2 May,north,4\n"
NORTH_AND_SOUTH = {"north": 6.5, "south": 1.0}
TEXTS_OF_SALES = {
    "as it is": (SALES, NORTH_AND_SOUTH),
    "CRLF": (SALES.replace(b"\n", b"\r\n"), NORTH_AND_SOUTH),
    "no last newline": (SALES[:-1], NORTH_AND_SOUTH),
    "no header": (SALES.partition(b"\n")[2], NORTH_AND_SOUTH),
    "files joined": (SALES + b"\n\r\n" + SALES.replace(b"4", b"+5"), {"north": 14.0, "south": 2.0}),
    "quoted": (b'"1 May","north ""x"", y","1e1"\n1 May,,"2"\n', {'north "x", y': 10.0, "": 2.0}),
    "not UTF-8": (b"1,caf\xe9,1\n2,caf\xc3\xa9,2\n", {"café": 3.0}),
    "header only": (b"day,shop,amount", {}),
    "blank lines only": (b"\n\r\n\n", {}),
    "nothing": (b"", {}),
}


@pytest.mark.parametrize("job", [Revenue, RevenueInPython])
@pytest.mark.parametrize("switches", [pytest.param(["-r", "inline"], id="inline"), DUCKDB, SPARK])
@pytest.mark.parametrize("name", TEXTS_OF_SALES)
def test_every_engine_reads_a_text_alike(path, job, switches, name):
    text, wanted = TEXTS_OF_SALES[name]
    path.write_bytes(text)
    _, engine, *more = switches
    with bigdata.run(job, path, engine, args=more) as result:
        assert dict(result) == wanted
        if engine in ("duckdb", "spark"):
            is_query = result.stages[0].way in ("columnar", "sql")
            assert is_query == (job is Revenue)


class Points(Job):
    RECORDS = Tsv("name, x:floats?")

    @columnar("SELECT name AS key, x AS value FROM input")
    def mapper(self, _, record):
        yield record["name"], record["x"]


class PointsInPython(Points):
    def mapper(self, _, record):
        yield record["name"], record["x"]


@pytest.mark.parametrize("job", [Points, PointsInPython])
@pytest.mark.parametrize("switches", [pytest.param(["-r", "inline"], id="inline"), DUCKDB, DUCKDB_WORKERS, SPARK])
def test_every_engine_reads_lists_of_numbers(path, job, switches):
    path.write_text("name\tx\na\t0.1,-2,3e-7\nb\t\nc\t+4,1e15\n")
    _, engine, *more = switches
    with bigdata.run(job, path, engine, args=more) as result:
        wanted = [["a", [0.1, -2.0, 3e-07]], ["b", None], ["c", [4.0, 1e15]]]
        assert repr(sorted(map(list, result))) == repr(wanted)
        if engine in ("duckdb", "spark"):
            assert (result.stages[0].way in ("columnar", "sql")) == (job is Points)


BAD = SALES + b"3 May,north\n4 May,south,2\n5 May,east,two\n"


@pytest.mark.parametrize("job", [Revenue, RevenueInPython])
@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_a_line_that_is_no_record_fails_the_job_with_its_place(path, job, switches):
    path.write_bytes(BAD)
    with pytest.raises(DecodeError) as caught:
        bigdata.run(job, path, switches[1], args=switches[2:])
    assert str(caught.value) == (
        f"{job.__name__} stage 0: Csv can't read b'3 May,north':"
        f" expected 3 fields (day, shop, amount); got 2, in {path}, line 5."
    )


def test_mrjobs_inline_runner_raises_what_read_raises(path):
    path.write_bytes(BAD)
    with pytest.raises(ValueError, match=re.escape("expected 3 fields (day, shop, amount); got 2")):
        bigdata.run(Revenue, path, "inline")


def test_lines_are_counted_over_blocks_and_splits(path, monkeypatch):
    monkeypatch.setattr(reading, "_BLOCK", 1 << 12)
    lines = [b"1 May,north,1"] * 150_000
    lines[140_000] = b"oops"
    path.write_bytes(b"\n".join(lines))
    for job in (Revenue, RevenueInPython):
        with pytest.raises(DecodeError, match=r"line 140001\.$"):
            bigdata.run(job, path)


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
def test_bad_records_are_skipped_or_kept(path, tmp_path, switches):
    path.write_bytes(BAD)
    for on_error in ("skip", f"quarantine {tmp_path / 'bad'}"):
        with bigdata.run(Revenue, path, switches[1], args=[*switches[2:], "--on-error", on_error]) as result:
            assert dict(result) == {"north": 6.5, "south": 3.0}
            kept = "skipped" if on_error == "skip" else "quarantined"
            assert result.counters == [{"bigdata": {f"records {kept}": 2}}]
            assert result.stages[0].way in ("folded", "rdd")
    kept = list(map(json.loads, (tmp_path / "bad" / "stage-0.json").read_text().splitlines()))
    assert [(each["line"], each["record"]) for each in kept] == [(5, "3 May,north"), (7, "5 May,east,two")]
    with pytest.raises(TooManyErrors, match="2 of 7 records failed"):
        bigdata.run(Revenue, path, switches[1], args=[*switches[2:], "--on-error", "skip", "--max-errors", "1"])
