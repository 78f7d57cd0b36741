"""RCFiles with values in bytes: what Hive's LazyBinaryColumnarSerDe wrote, read, and written again byte for byte."""

from base64 import b64decode

import duckdb
import pytest

from bigdata.errors import UsageError
from bigdata.sql import serdes
from tests.sql.serdes.tables import rows, table, write

SERDE = "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe"
HELD = (
    "i: int, g: bigint, y: tinyint, f: float, d: double, b: boolean, s: string, v: varchar(5), c: char(4), x: binary, "
    "n: decimal(10,2), day: date, t: timestamp, a: array<int>, m: map<string,double>, "
    "r: struct<x:int,y:array<struct<z:string>>>"
)
#: by hive-serde and hive-exec 2.3.10, from lines that LazySimpleSerDe read
BY_HIVE = """
    UkNGAQAAAAABHGhpdmUuaW8ucmNmaWxlLmNvbHVtbi5udW1iZXICMTYat7To6aa1kv1jf0aBN17GAAAB7wAAAIwAAACMBgoKBgH+BQACARISBgEJ
    AwAEAQUFBQH9AAH+FBQFBP0ABP4oKAUI/QAI/gUFBQH9AAH+CwsGBgECAAH+BQUGAgH+AP4BFBQFBP0ABP4JCQYD/gEAAf4SEgYDBgMAA/4MDAYD
    /gQAAf4hIQYFCQYABAkXFwYEAQwAA/5TUwYOATUAAwwrKwYHBg8ABwgB/4x/////h4AFAoB//////////44BLIUBEW8FA4B/AAU/wAAAvwAAAD+A
    AAAAAAAAQKAAAEICoF8gAAAAP7mZmZmZmZq/8AAAAAAAAAAAAAAAAAAAQBQAAAAAAAABAAEAAWjDqWxsb7/DqXpzdmN4eHZjaCAgeSAgIHkgICAg
    ICAgYyAgIHh5ev/+/QEAAAEBDwIE/0OesgIBAQABZAIB+45ANYYNxo0swKAA/9SmCqUF7TGFJYUE5ej/5OgtJf8HAAAAAP////+FD0I//wMFAQMA
    Cf8BAQIDBAUGBwgJAQEAAQH/AgcBaz/wAAAAAAAAAWwABf8DAWE/8AAAAAAAAAFiQAAAAAAAAAABY0AIAAAAAAAAAWRAEAAAAAAAAAFlQBQAAAAA
    AAABAQABAwF4gAAAAAAAAAADAQAAAAEAAgAAAAEAAwcAAAAJAQEAAAADAQFxAwAAAAABAAOHxwAAAAEA"""
#: as Hive reads and prints the same file
PRINTED = [
    "1\t2\t3\t1.5\t1.0E10\ttrue\théllo\tvc\tch  \txyz\t1.50\t2015-01-02\t2015-01-02 03:04:05.5\t[1,null,3]\t"
    '{"k":1.0,"l":null}\t{"x":1,"y":[]}',
    "-1\t-9223372036854775808\t-128\t-0.5\t0.1\tfalse\t\tx\ty   \t\ufffd\ufffd\ufffd\t-123456.78\t1960-05-06\t"
    '1960-01-02 03:04:05.000123\t[]\t{}\t{"x":null,"y":[]}',
    "2147483647\t300\t127\t1.0\t-1.0\ttrue\té\tx\ty   \t\x01\t0.01\t9999-12-31\t2500-01-02 03:04:05\t"
    '[1,2,3,4,5,6,7,8,9]\t{"a":1.0,"b":2.0,"c":3.0,"d":4.0,"e":5.0}\t{"x":7,"y":[{"z":"q"}]}',
    "\t".join(["NULL"] * 16),
    "-129\t-70000\t0\t0.0\t0.0\tfalse\tz\tNULL\t    \t\x00\t100.00\t1970-01-01\t1970-01-01 00:00:00\t[0]\t"
    '{"":null}\t{"x":0,"y":[]}',
    "5\t5\t5\t5.0\t5.0\ttrue\ts\tv\tc   \t\x00\t-0.05\t1969-12-31\t1969-12-31 23:59:59.999999\t[-1]\t"
    '{"x":-0.0}\t{"x":-200,"y":[]}',
]


@pytest.fixture
def by_hive(tmp_path):
    """A table over the file that Hive wrote."""
    folder = tmp_path / "hive"
    folder.mkdir()
    (folder / "000000_0").write_bytes(b64decode(BY_HIVE))
    return table(folder, HELD, "binary rc")


def test_a_file_of_hive_is_read(by_hive):
    assert rows(by_hive) == PRINTED


def test_a_file_of_hive_is_written_byte_for_byte(by_hive, tmp_path):
    scan = serdes.scan(by_hive, [], "t")
    connection = duckdb.connect()
    for name, source in scan.sources.items():
        connection.register(name, source)
    names = ", ".join(column.name for column in by_hive.columns)
    query = f"SELECT {names} FROM ({scan.sql})"
    [path] = serdes.write(connection, query, by_hive.columns, by_hive.storage, {}, str(tmp_path))
    with open(path, "rb") as stored:
        written = stored.read()
    # magic, no compression, the number of columns; then a marker, which is random, and the rows
    header = 4 + 1 + 4 + 1 + len("hive.io.rcfile.column.number") + 1 + len("16")
    expected = b64decode(BY_HIVE)
    assert written[:header] == expected[:header]
    assert written[header + 16 :] == expected[header + 16 :]


def test_an_empty_text_is_kept_where_it_has_a_mark(tmp_path):
    made = table(tmp_path, "s: string, v: varchar(3), c: char(2), a: array<string>", "binary rc")
    write(tmp_path, made, "VALUES ('', '', '', [''])")
    assert rows(made) == ['\tNULL\t  \t[""]']


def test_a_struct_may_have_fewer_members_than_the_table_says(tmp_path):
    write(tmp_path, table(tmp_path, "r: struct<a:int>", "binary rc"), "SELECT {'a': 7}")
    added = ",".join(f"m{number}:int" for number in range(9))
    members = ",".join(f'"m{number}":null' for number in range(9))
    assert rows(table(tmp_path, f"r: struct<a:int,{added}>, n: int", "binary rc")) == [f'{{"a":7,{members}}}\tNULL']


def test_what_has_no_such_bytes_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no bytes from NULL"):
        write(tmp_path, table(tmp_path, "x: binary", "binary rc"), "SELECT ''::BLOB")
    with pytest.raises(UsageError, match="uniontype"):
        write(
            tmp_path, table(tmp_path, "u: uniontype<int,string>", "binary rc"), "SELECT {'tag': 0, 'f0': 1, 'f1': ''}"
        )
    with pytest.raises(UsageError, match="goes with RCFILE"):
        write(tmp_path, table(tmp_path, "n: int", SERDE), "VALUES (1)")
