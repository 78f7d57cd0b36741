"""The native reader of fields takes lines apart as Csv.read does."""

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import Csv, Tsv
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
