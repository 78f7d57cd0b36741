"""The native readers take lines apart as Csv.read and JsonLines.read do."""

import json

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import Csv, JsonLines, Tsv
from bigdata.kernels import missing, native

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

FORMATS = [
    Csv("name, n:int?"),
    Csv("n:int, x:floats?", separator=";", quote="'", header=False),
    Csv("x:float", quote=None),
    Tsv("name, x:float?", rest="rest"),
]
PIECES = ["name", "n", "x", "rest", "1", "-20", "3.5", "1e5", ".", "-", "+1", "9" * 18, "9" * 19, "é", "long " * 5]
MARKS = [",", ";", "\t", "\n", "\n", '"', '""', "'", "\r", "\0"]


def reader_of(records):
    form = records.separated
    types = [column.type + "?" * column.optional for column in records.columns]
    return native.FieldReader(types, form.separator, form.quote, form.rest, list(form.headers))


def rows_of(records, fields):
    """The rows of a block, with the texts of numbers read by Python."""
    columns = [
        [column.read(value) if type(value) is str else value for value in values.to_pylist()]
        for column, values in zip(records.columns, pyarrow.record_batch(fields).columns)
    ]
    return list(map(list, zip(*columns, strict=True)))


@pytest.mark.parametrize("records", FORMATS, ids=repr)
@given(text=st.lists(st.sampled_from(PIECES) | st.sampled_from(MARKS), max_size=30).map("".join))
@settings(deadline=None, max_examples=300)
def test_a_block_is_read_as_its_lines_are(records, text):
    block = text.encode()
    lines = block.split(b"\n")[: None if block and not block.endswith(b"\n") else -1]
    fields = reader_of(records).read(block)
    assert fields.lines == len(lines)
    odd = {number: block[begin:end] for number, begin, end in fields.odd}
    assert odd == {number: lines[number] for number in odd}
    wanted = [line for number, line in enumerate(lines) if number not in odd and not records.skips(line)]
    assert rows_of(records, fields) == [list(records.read(line)[1].values()) for line in wanted]
    assert not any(map(records.skips, odd.values()))


@pytest.mark.parametrize(
    "line",
    [b"a,1", b",-20", b"a,", b'"a, ""b""",7', b'a"b,7', b'"","1"', b"a\rb\0," + b"9" * 18, "é,0".encode()],
)
def test_lines_in_the_native_form_or_in_quotes_are_not_left_to_python(line):
    fields = reader_of(FORMATS[0]).read(line)
    assert fields.odd == []
    assert rows_of(FORMATS[0], fields) == [list(FORMATS[0].read(line)[1].values())]


@pytest.mark.parametrize("line", [b"a", b"a,1,2", b"a,+1", b"a," + b"9" * 19, b'"a"b,1', b'"a,1', b'"\r",1', b'"\0",1'])
def test_other_lines_are(line):
    fields = reader_of(FORMATS[0]).read(b"a,1\n" + line + b"\nb,2\n")
    assert fields.odd == [(1, 4, 4 + len(line))]
    assert rows_of(FORMATS[0], fields) == [["a", 1], ["b", 2]]


@pytest.mark.parametrize("separator, quote", [("", ""), ("é", ""), ("\n", ""), (",", "::")])
def test_characters_that_are_none_are_refused(separator, quote):
    with pytest.raises(ValueError, match="expected an ASCII character"):
        native.FieldReader(["str"], separator, quote)


def test_types_that_are_none_are_refused():
    with pytest.raises(ValueError, match="types: expected"):
        native.FieldReader(["text"], ",")


OBJECTS = JsonLines("name:str?, n:int?, x:float?, xs:floats?")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
MEMBERS = {
    "name": st.none() | st.text(),
    "n": st.none() | st.integers(-(10**20), 10**20),
    "x": st.none() | st.integers(-(10**20), 10**20) | st.floats(),
    "xs": st.none() | st.lists(st.integers() | st.floats(), max_size=3),
    "other": VALUES,
}


def objects_of(block):
    """What is read of a block, and the odd lines."""
    names, types = zip(*((column.name, column.type + "?") for column in OBJECTS.columns), strict=True)
    fields = native.ObjectReader(list(names), list(types)).read(block)
    return rows_of(OBJECTS, fields), {number: block[begin:end] for number, begin, end in fields.odd}


def rows_by_python(lines):
    return [list(OBJECTS.read(line)[1].values()) for line in lines]


@given(
    st.lists(st.fixed_dictionaries({}, optional=MEMBERS), max_size=5),
    st.booleans(),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :\r")]),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3), st.sampled_from([*'",:{}[]\\\x00', "", "01", "é"]))),
)
@settings(deadline=None, max_examples=300)
def test_objects_are_read_as_by_python_or_left_to_it(objects, ascii, separators, changes):
    lines = [json.dumps(each, ensure_ascii=ascii, separators=separators).encode(errors="replace") for each in objects]
    for place, length, piece in changes if lines else []:
        line = lines[place % len(lines)]
        start = place % (len(line) + 1)
        lines[place % len(lines)] = line[:start] + piece.encode() + line[start + length :]
    block = b"\n".join(line.decode(errors="replace").encode() for line in lines)
    lines = block.split(b"\n") if block else []
    rows, odd = objects_of(block)
    assert odd == {number: lines[number] for number in odd}
    wanted = [line for number, line in enumerate(lines) if number not in odd and not OBJECTS.skips(line)]
    assert repr(rows) == repr(rows_by_python(wanted))


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b' {"xs": [1, 2.5,-3e2], "x": 7, "n": -12, "name": ""}\t',
        rb'{"name": "\"\\\/\b\f\n\r\t\u0041\u00e9\u2028\ud83d\ude00", "x": -0.0}',
        '{"name": "é😀", "a": {"b": [null, true, false, "\\ud800", {}, []]}}'.encode(),
    ],
)
def test_plain_objects_are_not_left_to_python(line):
    assert objects_of(line) == (rows_by_python([line]), {})


@pytest.mark.parametrize(
    "line",
    [
        b"[1]",
        b'{"n": 1.0}',
        b'{"x": "1"}',
        b'{"x": NaN}',
        b'{"xs": []}',
        b'{"n": 01}',
        b'{"a": 1,}',
        rb'{"name": "\ud800"}',
        b'{"a": "\t"}',
        b'{"n": 1, "n": 2}',
        b'{"n": 9223372036854775807}',
        b'{"x": -0}',
        b'{"\\u006e": 1}',
        b'{"n": 1} x',
    ],
)
def test_other_objects_are(line):
    assert objects_of(b"{}\n" + line + b"\n{}") == (rows_by_python([b"{}", b"{}"]), {1: line})


def test_more_columns_than_are_counted_are_refused():
    with pytest.raises(ValueError, match="at most 64"):
        native.ObjectReader([f"c{number}" for number in range(65)], ["str"] * 65)
