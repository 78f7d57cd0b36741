"""Blocks of JSON lines that Arrow reads: the same values as one by one by Python's json, or none of its business."""

import json
import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata.sql.serdes import json_blocks

KINDS = pa.schema(
    [
        ("id", pa.int32()),
        ("big", pa.int64()),
        ("d", pa.float64()),
        ("f", pa.float32()),
        ("b", pa.bool_()),
        ("s", pa.string()),
        ("a", pa.list_(pa.int32())),
        ("r", pa.struct([("id", pa.int32()), ("p", pa.list_(pa.struct([("q", pa.float32())])))])),
    ]
)
NAMES = ["id", "Id", "big", "d", "f", "b", "s", "S", "a", "r", "p", "q", "other", "\\u0069d"]
LEAVES = [
    *("null", "true", "false", "0", "-0", "7", "-12", "2147483648", "9223372036854775807", "1.0", "1e2", "0.1", "-0.0"),
    *(
        "16777217.0000001",
        "1e-400",
        "1e400",
        "3.4028235677973366e38",
        "NaN",
        "-Infinity",
        "01",
        "1.",
        "+1",
        '"7"',
        '""',
    ),
    *(r'"é\u0041\ud83d\ude00"', r'"\ud800"', '"a\tb"', r'"\""', '"{\\"id\\": 1}"', '"Id"', "[]", "{}", "[1, null]"),
    *('{"q": 0.1}', '[{"q": 0.1}, {"Q": 1}, null]', '{"id": 3, "p": [{"q": 16777217}]}', "tru", ""),
]


def expected(value, kind):
    """A JSON value as one of an Arrow type; ValueError where it is none."""
    if value is None:
        return None
    if pa.types.is_struct(kind) and isinstance(value, dict):
        members = {name.lower(): member for name, member in value.items()}
        return {field.name: expected(members.get(field.name), field.type) for field in kind}
    if pa.types.is_list(kind) and isinstance(value, list):
        return [expected(member, kind.value_type) for member in value]
    fits = {bool: pa.types.is_boolean, str: pa.types.is_string, int: pa.types.is_integer, float: pa.types.is_floating}
    if type(value) is int and pa.types.is_floating(kind):
        value = float(value)
    if not fits.get(type(value), lambda _: False)(kind):
        raise ValueError(value)
    return pa.array([value], kind)[0].as_py()


objects = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(LEAVES)), max_size=4).map(
    lambda members: "{" + ", ".join(f'"{name}": {value}' for name, value in members) + "}"
)
lines = st.lists(
    st.one_of(objects, st.sampled_from(["", "x", "{}{}", "[1]", ' {"id": 1} ', '{"id": 1} x'])), max_size=3
)


@settings(max_examples=600, deadline=None)
@given(lines)
def test_what_is_read_is_what_python_reads(found):
    columns = json_blocks.columns(pa.array(found, pa.string()), KINDS)
    if columns is None:
        return
    rows = [expected(json.loads(line), pa.struct(KINDS)) for line in found]
    assert [column.type for column in columns] == KINDS.types
    assert repr([column.to_pylist() for column in columns]) == repr(
        [[row[name] for row in rows] for name in KINDS.names]
    )


def test_usual_lines_are_read():
    draw = random.Random(1)
    made = [
        {
            "Id": draw.randrange(100),
            "big": None if draw.random() < 0.2 else draw.getrandbits(60),
            "more": draw.choice([{"key": 1}, ["x"], "y", 2]),
            "d": draw.random(),
            "f": draw.random(),
            "b": draw.random() < 0.5,
            "s": 'naïve "text"\n\u2028',
            "a": [draw.randrange(9) for _ in range(draw.randrange(4))],
            "r": {"p": [{"q": draw.random()}, None]},
        }
        for _ in range(50)
    ]
    assert expected(made[0], pa.struct(KINDS))["id"] == made[0]["Id"]
    columns = json_blocks.columns(pa.array(map(json.dumps, made)), KINDS)
    assert [dict(zip(KINDS.names, row)) for row in zip(*(column.to_pylist() for column in columns))] == [
        expected(one, pa.struct(KINDS)) for one in made
    ]


@pytest.mark.parametrize(
    "line", ['{"ID": 1, "id": 2}', '{"\\u0069d": 1}', '{"d": NaN}', '{"d": "1"}', '{"s": 1}', '{"id": 1}{"id": 2}', ""]
)
def test_what_arrow_reads_otherwise_is_left(line):
    assert json_blocks.columns(pa.array(['{"id": 1}', line]), KINDS) is None


def test_maps_and_odd_names_are_left():
    for kind in (pa.map_(pa.string(), pa.int32()), pa.list_(pa.map_(pa.string(), pa.int32()))):
        assert json_blocks.columns(pa.array(['{"m": null}']), pa.schema([("m", kind)])) is None
    assert json_blocks.columns(pa.array(['{"a b": 1}']), pa.schema([("a b", pa.int32())])) is None
