"""Sequence files of LazyBinarySerDe: rows as Hive has them in bytes, written and read."""

from base64 import b64decode

import pytest

from bigdata.errors import UsageError
from tests.sql.serdes.tables import FORMATS, rows, table, write

HELD = (
    "i: int, g: bigint, y: tinyint, f: float, d: double, b: boolean, s: string, v: varchar(5), c: char(4), x: binary, "
    "n: decimal(10,2), day: date, t: timestamp, a: array<int>, m: map<string,double>, "
    "r: struct<x:int,y:array<struct<z:string>>>"
)
QUERY = """
    SELECT 1::INTEGER, 2::BIGINT, 3::TINYINT, 1.5::FLOAT, 1e10::DOUBLE, true, 'héllo', 'vc', 'ch', 'xyz'::BLOB,
        1.5::DECIMAL(10, 2), DATE '2015-01-02', TIMESTAMP '2015-01-02 03:04:05.5', [1, NULL, 3],
        MAP {'k': 1::DOUBLE, 'l': NULL}, {'x': 1::INTEGER, 'y': NULL::STRUCT(z VARCHAR)[]}
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    UNION ALL SELECT 2147483647, 300, 127, 1, -1, true, 'é', '', 'y', '\\x00'::BLOB, 0.01, DATE '9999-12-31',
        TIMESTAMP '2500-01-02 03:04:05', [1, 2, 3, 4, 5, 6, 7, 8, 9], MAP {'a': 1, 'b': 2, 'c': 3}, {'x': 7, 'y': NULL}
"""
#: the same rows by LazyBinarySerDe of hive-serde 2.3.10, from lines that LazySimpleSerDe read
BY_HIVE = """
    /wECAz/AAABCAqBfIAAAAAEGaMOpbGxvAnZj/wRjaCAgA3h5egEBD45ANdSmCqUFAAAABAMFAQMAAAAOAgcBaz/wAAAAAAAAAWwAAAACAQE=
    AAA=
    /4x/////jgEsfz+AAAC/8AAAAAAAAAECw6kA/wR5ICAgAQACAQGNLMCg5OgtJf8HAAAADAn/AQECAwQFBgcICQAAACADPwFhP/AAAAAAAAABYkAAAAAAAAAAAWNACAAAAAAAAAAAAAIBBw=="""
PRINTED = [
    "1\t2\t3\t1.5\t1.0E10\ttrue\théllo\tvc\tch  \txyz\t1.50\t2015-01-02\t2015-01-02 03:04:05.5\t[1,null,3]\t"
    '{"k":1.0,"l":null}\t{"x":1,"y":null}',
    "\t".join(["NULL"] * 16),
    "2147483647\t300\t127\t1.0\t-1.0\ttrue\té\t\ty   \t\x00\t0.01\t9999-12-31\t2500-01-02 03:04:05\t"
    '[1,2,3,4,5,6,7,8,9]\t{"a":1.0,"b":2.0,"c":3.0}\t{"x":7,"y":null}',
]


def test_rows_have_the_bytes_of_hive(tmp_path):
    made = table(tmp_path, HELD, "binary")
    stored = write(tmp_path, made, QUERY).read_bytes()
    bytes_of_hadoop = b"org.apache.hadoop.io.BytesWritable"
    assert stored.startswith(b"SEQ\x06" + 2 * (bytes([len(bytes_of_hadoop)]) + bytes_of_hadoop) + b"\0\0")
    # a record is its length, the length of its key, the key, and the value with its length
    for row in map(b64decode, BY_HIVE.split()):
        head = (len(row) + 8).to_bytes(4, "big") + (4).to_bytes(4, "big") + bytes(4) + len(row).to_bytes(4, "big")
        assert head + row in stored
    assert rows(made) == PRINTED


def test_blocks_of_rows_are_compressed(tmp_path):
    made = table(tmp_path, "n: int", "binary", properties={"mapred.output.compression.type": "BLOCK"})
    write(tmp_path, made, "SELECT i::INTEGER FROM range(30000) AS r(i)", "gzip")
    assert rows(made) == list(map(str, range(30000)))


def test_columns_that_a_row_lacks_are_null(tmp_path):
    write(tmp_path, table(tmp_path, "a: int", "binary"), "SELECT 7::INTEGER")
    assert rows(table(tmp_path, "a: int, b: string, c: int", "binary")) == ["7\tNULL\tNULL"]


def test_text_files_hold_no_such_rows(tmp_path):
    with pytest.raises(UsageError, match="goes with SEQUENCEFILE"):
        write(tmp_path, table(tmp_path, "a: int", FORMATS["binary"][0]), "SELECT 7::INTEGER")
