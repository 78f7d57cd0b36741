"""Parquet, ORC and Avro: files by Arrow and fastavro, and what they read of ours."""

import json
import time as zone
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import duckdb
import fastavro
import pyarrow
import pyarrow.parquet
import pytest
from pyarrow import orc

from bigdata.errors import UsageError
from bigdata.sql.serdes import avro_schema
from tests.sql.serdes.tables import rows, table, write

FORMS = ("parquet", "orc", "avro")
HELD = (
    "i: int, g: bigint, y: tinyint, f: float, d: double, b: boolean, s: string, v: varchar(5), c: char(4), x: binary, "
    "n: decimal(10,2), day: date, t: timestamp, a: array<int>, m: map<string,double>, r: struct<p:int,q:array<string>>"
)
QUERY = """
    SELECT 1::INTEGER, 2::BIGINT, 3::TINYINT, 1.5::FLOAT, 1e10::DOUBLE, true, 'a"b', 'vc', 'ch', 'xyz'::BLOB,
        1.5::DECIMAL(10, 2), DATE '2015-01-02', TIMESTAMP '2015-01-02 03:04:05.5', [1, NULL], MAP {'k': 1.0::DOUBLE},
        {'p': 1, 'q': ['z']}
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
"""
PRINTED = [
    '1\t2\t3\t1.5\t1.0E10\ttrue\ta"b\tvc\tch  \txyz\t1.50\t2015-01-02\t2015-01-02 03:04:05.5\t[1,null]\t{"k":1.0}\t'
    '{"p":1,"q":["z"]}',
    "\t".join(["NULL"] * 16),
]
VALUES = {
    "i": 1, "g": 2, "y": 3, "f": 1.5, "d": 1e10, "b": True, "s": 'a"b', "v": "vc", "x": b"xyz",
    "n": Decimal("1.50"), "day": date(2015, 1, 2), "a": [1, None], "r": {"p": 1, "q": ["z"]},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read(tmp_path, form):
    made = table(tmp_path, HELD, form)
    assert write(tmp_path, made, QUERY).name == "000000_0"
    assert rows(made) == PRINTED
    assert rows(made, names=["m", "i"]) == ['{"k":1.0}\t1', "NULL\tNULL"]


@pytest.mark.parametrize("form", FORMS)
def test_no_rows_are_a_file_without_rows(tmp_path, form):
    made = table(tmp_path, HELD, form)
    write(tmp_path, made, f"SELECT * FROM ({QUERY}) LIMIT 0")
    assert rows(made) == []


@pytest.mark.parametrize("form", FORMS)
def test_others_read_what_is_written(tmp_path, form):
    file = write(tmp_path, table(tmp_path, HELD, form), QUERY)
    if form == "avro":
        with file.open("rb") as stored:
            found = list(fastavro.reader(stored))
    else:
        found = (orc.read_table(file) if form == "orc" else pyarrow.parquet.read_table(file)).to_pylist()
    assert {name: found[0][name] for name in VALUES} == VALUES
    assert dict(found[0]["m"]) == {"k": 1.0}
    assert found[0]["t"].replace(tzinfo=None) == datetime(2015, 1, 2, 3, 4, 5, 500000)
    assert set(found[1].values()) == {None}


def test_timestamps_are_written_to_parquet_as_hive_does(tmp_path):
    file = write(tmp_path, table(tmp_path, "t: timestamp", "parquet"), "SELECT TIMESTAMP '2015-01-02 03:04:05'")
    assert pyarrow.parquet.ParquetFile(file).schema.column(0).physical_type == "INT96"


@pytest.mark.parametrize(
    "form, name, codec, expected",
    [
        ("parquet", "parquet.compression", None, "SNAPPY"),
        ("parquet", "parquet.compression", "gzip", "GZIP"),
        ("orc", "orc.compress", None, "ZLIB"),
        ("orc", "orc.compress", "SNAPPY", "SNAPPY"),
        ("avro", "avro.output.codec", None, "null"),
        ("avro", "avro.output.codec", "deflate", "deflate"),
    ],
)
def test_codecs_are_named_by_properties(tmp_path, form, name, codec, expected):
    properties = {name: codec} if codec else {}
    file = write(tmp_path, table(tmp_path, "n: int", form, properties=properties), "VALUES (1)")
    if form == "avro":
        with file.open("rb") as stored:
            found = fastavro.reader(stored).codec
    elif form == "orc":
        found = orc.ORCFile(file).compression
    else:
        found = pyarrow.parquet.ParquetFile(file).metadata.row_group(0).column(0).compression
    assert found == expected


@pytest.mark.parametrize(
    "form, name",
    [("parquet", "parquet.compression"), ("orc", "orc.compress"), ("avro", "avro.output.codec")],
)
def test_unknown_codecs_are_refused(tmp_path, form, name):
    with pytest.raises(UsageError, match="rar"):
        write(tmp_path, table(tmp_path, "n: int", form, properties={name: "rar"}), "VALUES (1)")


MIXED = pyarrow.table(
    {
        "Id": pyarrow.array([1, 2], pyarrow.int8()),
        "nested": pyarrow.array([[{"X": 1}], None]),
        "n": pyarrow.array([Decimal("1.25"), None], pyarrow.decimal128(5, 2)),
    }
)
WANTED = "missing: string, id: bigint, nested: array<struct<x:string,y:int>>, n: string"
SEEN = ['NULL\t1\t[{"x":"1","y":null}]\t1.25', "NULL\t2\tNULL\tNULL", "NULL\t7\tNULL\tNULL"]


@pytest.mark.parametrize("form", ["parquet", "orc"])
def test_columns_are_matched_by_name_and_converted(tmp_path, form):
    put = pyarrow.parquet.write_table if form == "parquet" else orc.write_table
    put(MIXED, tmp_path / "1")
    put(pyarrow.table({"ID": ["7"]}), tmp_path / "2")
    (tmp_path / "3").touch()
    assert rows(table(tmp_path, WANTED, form)) == SEEN
    assert rows(table(tmp_path, "other: int", form)) == ["NULL"] * 3


def test_columns_are_matched_by_place_where_a_property_says_so(tmp_path):
    pyarrow.parquet.write_table(pyarrow.table({"x": [1], "y": ["a"]}), tmp_path / "1")
    properties = {"parquet.column.index.access": "true"}
    assert rows(table(tmp_path, "y: int, x: string", "parquet", serde=properties)) == ["1\ta"]


def test_columns_of_old_orc_files_are_matched_by_place(tmp_path):
    orc.write_table(pyarrow.table({"_col0": [1], "_col1": ["a"]}), tmp_path / "1")
    assert rows(table(tmp_path, "n: int, s: string, more: int", "orc")) == ["1\ta\tNULL"]


def test_parquet_s_json_is_text(tmp_path):
    made = table(tmp_path, "j: string, e: string", "parquet")
    columns = """'{"a": 1}'::JSON AS j, 'x'::ENUM ('x') AS e"""
    duckdb.sql(f"COPY (SELECT {columns}) TO '{made.location}/f.parquet' (FORMAT PARQUET)")
    assert rows(made) == ['{"a": 1}\tx']


def test_zones_of_parquet_timestamps_are_left_aside(tmp_path):
    moments = pyarrow.array([datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC)], pyarrow.timestamp("us", "America/New_York"))
    pyarrow.parquet.write_table(pyarrow.table({"t": moments}), tmp_path / "1")
    assert rows(table(tmp_path, "t: timestamp", "parquet")) == ["2015-01-02 03:04:05"]


@pytest.mark.parametrize("form, name", [("parquet", "Parquet"), ("orc", "ORC"), ("avro", "Avro")])
def test_other_files_are_errors(tmp_path, form, name):
    (tmp_path / "x").write_text("a,1\n" * 10)
    with pytest.raises(Exception, match=rf"x: not {name} \("):
        rows(table(tmp_path, "n: int", form))


@pytest.mark.parametrize("form", ["orc", "avro"])
def test_a_file_that_is_damaged_inside_says_its_name(tmp_path, form):
    made = table(tmp_path, "s: string", form, properties={"avro.output.codec": "deflate"})
    file = write(tmp_path, made, "SELECT md5(CAST(i AS VARCHAR)) FROM range(5000) AS r(i)")
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    file.write_bytes(data)
    with pytest.raises(Exception, match=r"000000_0: can't be read to its end"):
        rows(made)


def test_a_type_that_hive_cannot_convert_is_refused(tmp_path):
    pyarrow.parquet.write_table(pyarrow.table({"n": [[1]]}), tmp_path / "1")
    with pytest.raises(UsageError, match="column n: a file holds array<bigint> where the table has int"):
        rows(table(tmp_path, "n: int", "parquet"))


RECORD = {
    "type": "record",
    "name": "event",
    "fields": [
        {"name": "Id", "type": "int", "doc": "a number"},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["X", "Y"]}},
        {"name": "n", "type": ["null", "long"]},
        {"name": "place", "type": {"type": "record", "name": "Place", "fields": [{"name": "City", "type": "string"}]}},
        {"name": "other", "type": ["null", "Place"]},
        {"name": "t", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2}},
        {"name": "mark", "type": {"type": "fixed", "name": "Mark", "size": 2}},
        {"name": "counts", "type": {"type": "map", "values": ["int", "null"]}},
    ],
}
EVENT = {
    "Id": 1, "kind": "X", "n": None, "place": {"City": "q"}, "other": {"City": "z"},
    "t": datetime(2015, 1, 2, tzinfo=UTC), "price": Decimal("1.25"), "mark": b"ab", "counts": {"k": 1},
}  # fmt: skip


def test_a_schema_gives_columns_and_defaults(tmp_path):
    with open(tmp_path / "1.avro", "wb") as sink:
        fastavro.writer(sink, fastavro.parse_schema(json.loads(json.dumps(RECORD))), [EVENT], codec="deflate")
    later = {**RECORD, "fields": [*RECORD["fields"], {"name": "added", "type": "string", "default": "none"}]}
    properties = {"avro.schema.literal": json.dumps(later)}
    held = avro_schema.columns(properties)
    assert ", ".join(f"{column.name} {column.type}" for column in held) == (
        "id int, kind string, n bigint, place struct<city:string>, other struct<city:string>, t timestamp, "
        "price decimal(5,2), mark binary, counts map<string,int>, added string"
    )
    assert held[0].comment == "a number"
    read = table(tmp_path, ", ".join(f"{column.name}: {column.type}" for column in held), "avro", serde=properties)
    event = '1\tX\tNULL\t{"city":"q"}\t{"city":"z"}\t2015-01-02 00:00:00\t1.25\tab\t{"k":1}\t'
    assert rows(read) == [event + "none"]
    (tmp_path / "schema.avsc").write_text(json.dumps(RECORD))
    assert len(avro_schema.columns({"avro.schema.url": str(tmp_path / "schema.avsc")})) == 9
    (tmp_path / "schema.avsc").unlink()
    assert rows(table(tmp_path, "counts: map<string,string>, id: bigint, added: string", "avro")) == [
        '{"k":"1"}\t1\tNULL'
    ]


def test_what_is_no_schema_is_refused():
    for text in ("{", '"int"', '{"type": "record"}'):
        with pytest.raises(UsageError, match=r"avro\.schema"):
            avro_schema.columns({"avro.schema.literal": text})


def test_a_union_of_several_types_is_read_by_its_members(tmp_path):
    kinds = ["null", "int", "string", "double", "boolean", {"type": "array", "items": "long"}]
    union = {"type": "record", "name": "r", "fields": [{"name": "a", "type": kinds}]}
    [column] = avro_schema.columns({"avro.schema.literal": json.dumps(union)})
    assert str(column.type) == "uniontype<int,string,double,boolean,array<bigint>>"
    with open(tmp_path / "a.avro", "wb") as sink:
        fastavro.writer(sink, union, [{"a": value} for value in (1, "x", None, 2.5, True, [7])])
    found = rows(table(tmp_path, f"a: {column.type}", "avro"))
    assert found == ["{0:1}", '{1:"x"}', "NULL", "{2:2.5}", "{3:true}", "{4:[7]}"]


def test_avro_s_times_of_day_and_uuids_are_numbers_and_texts(tmp_path):
    kinds = {"t": ("int", "time-millis"), "m": ("long", "time-micros"), "u": ("string", "uuid")}
    fields = [{"name": name, "type": {"type": kind, "logicalType": what}} for name, (kind, what) in kinds.items()]
    clock = time(1, 2, 3, 4000)
    with open(tmp_path / "a.avro", "wb") as sink:
        row = {"t": clock, "m": clock, "u": UUID(int=5)}
        fastavro.writer(sink, {"type": "record", "name": "r", "fields": fields}, [row])
    seconds = 3600 + 2 * 60 + 3
    assert rows(table(tmp_path, "t: int, m: bigint, u: string", "avro")) == [
        f"{seconds * 1000 + 4}\t{seconds * 1_000_000 + 4000}\t00000000-0000-0000-0000-000000000005"
    ]


def test_avro_s_clock_is_utc_whatever_that_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    zone.tzset()
    try:
        made = table(tmp_path, "t: timestamp", "avro")
        path = write(tmp_path, made, "SELECT TIMESTAMP '2020-07-01 12:00:00'")
        assert rows(made) == ["2020-07-01 12:00:00"]
    finally:
        monkeypatch.undo()
        zone.tzset()
    with open(path, "rb") as stored:
        assert [row["t"] for row in fastavro.reader(stored)] == [datetime(2020, 7, 1, 12, tzinfo=UTC)]
