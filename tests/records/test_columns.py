"""Columnar engines take lines apart as `read` does."""

import csv
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import CloudFrontLog, CombinedLog, CommonLog, Csv, EdgeList, JsonLines, Pattern, Tsv, kernels
from tests.records.cases import CLOUDFRONT, COMBINED, COMMON, assert_alike, by_columns, by_read

NOTHING_SENT = b'::1 - - [10/Oct/2000:13:55:36 -0700] "HEAD /a HTTP/1.1" 304 -'
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
        (JsonLines("name, x:floats?"), '{"name": "a", "x": [1, -0.5, 2e3]}\n{"name": "b"}\n{"name": "c", "x": [4]}\n'),
    ],
    ids=repr,
)
def test_plain_lists_are_read_without_python(path, monkeypatch, records, text):
    monkeypatch.setattr(type(records), "read", None)
    path.write_text(text)
    wanted = [{"name": "a", "x": [1.0, -0.5, 2000.0]}, {"name": "b", "x": None}, {"name": "c", "x": [4.0]}]
    assert by_columns(records, path) == (wanted, None)
