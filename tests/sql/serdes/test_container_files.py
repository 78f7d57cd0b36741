"""Sequence files and RCFiles: what Hadoop wrote, and bytes by the formats' definitions."""

import gzip
import struct
from base64 import b64decode

import pytest

from bigdata.errors import UsageError
from tests.sql.serdes.tables import rows, table, write

ROWS = ["1\tone", "2\tété", "3\tNULL", "3\tabc"]
HELD = "n: int, s: string"
QUERY = "SELECT * FROM (VALUES (1, 'one'), (2, 'été'), (3, NULL), (3, 'abc'))"
#: by Hadoop 3.5's SequenceFile.Writer and Hive 2.3.10's RCFile.Writer, with three rows to a group
BY_HADOOP = {
    "sequence": """
        U0VRBiJvcmcuYXBhY2hlLmhhZG9vcC5pby5CeXRlc1dyaXRhYmxlGW9yZy5hcGFjaGUuaGFkb29wLmlvLlRleHQAAAAAAAB8zThJhAFx8Xtdjf
        u1AE9TAAAACgAAAAQAAAAABTEBb25lAAAADAAAAAQAAAAABzIBw6l0w6kAAAAJAAAABAAAAAAEMwFcTgAAAAoAAAAEAAAAAAUzAWFiYw==""",
    "sequence by record": """
        U0VRBiJvcmcuYXBhY2hlLmhhZG9vcC5pby5CeXRlc1dyaXRhYmxlGW9yZy5hcGFjaGUuaGFkb29wLmlvLlRleHQBACdvcmcuYXBhY2hlLmhhZG
        9vcC5pby5jb21wcmVzcy5HemlwQ29kZWMAAAAAuRSQ+EGiMg3eJtVQkDilEAAAAB4AAAAEAAAAAB+LCAAAAAAAAABjNWTMz0sFAKCZ30AGAAAA
        AAAAIAAAAAQAAAAAH4sIAAAAAAAAAGM3Yjy8suTwSgBnKrQZCAAAAAAAAB0AAAAEAAAAAB+LCAAAAAAAAABjMWaM8QMAahKUVwUAAAAAAAAeAA
        AABAAAAAAfiwgAAAAAAAAAYzVmTExKBgDzDVd1BgAAAA==""",
    "sequence by block": """
        U0VRBiJvcmcuYXBhY2hlLmhhZG9vcC5pby5CeXRlc1dyaXRhYmxlGW9yZy5hcGFjaGUuaGFkb29wLmlvLlRleHQBASpvcmcuYXBhY2hlLmhhZG
        9vcC5pby5jb21wcmVzcy5EZWZhdWx0Q29kZWMAAAAAxF1Xw7Q2Jm2Pz3sWqYsBNf/////EXVfDtDYmbY/PexapiwE1BAx4nGNhYWEBAAAsABEL
        eJxjYEAFAAAQAAEMeJxj42BlAwAARAAaIXicYzVkzM9LZTdiPLyy5PBKFmPGGD9WY8bEpGQAXLUHQQ==""",
    "rc": """
        UkNGAQAAAAABHGhpdmUuaW8ucmNmaWxlLmNvbHVtbi5udW1iZXIBMrBY7uNJNQne6oUqfmjDr88AAAAZAAAADAAAAAwDAwMCAf0KCgMDBQIxMj
        NvbmXDqXTDqVxOAAAADQAAAAkAAAAJAQEBAQEDAwEDM2FiYw==""",
    "rc compressed": """
        UkNGAQEqb3JnLmFwYWNoZS5oYWRvb3AuaW8uY29tcHJlc3MuRGVmYXVsdENvZGVjAAAAARxoaXZlLmlvLnJjZmlsZS5jb2x1bW4ubnVtYmVyAT
        Lmu7T6N5ZCtYkC+QXNR+hqAAAAKQAAAAwAAAAUeJxj5mZmYvwrxMXMzMoEAAiLATt4nDM0MgYAAS0Al3icy89LPbyy5PDKGD8AHQIFOQAAAB0A
        AAAJAAAAEXicY+RkZGTkZmZkBgAApgAgeJwzBgAANAA0eJxLTEoGAAJNASc=""",
}


@pytest.mark.parametrize("name", BY_HADOOP)
def test_files_of_hadoop_are_read(tmp_path, name):
    (tmp_path / "000000_0").write_bytes(b64decode(BY_HADOOP[name]))
    assert rows(table(tmp_path, HELD, name.split()[0])) == ROWS


@pytest.mark.parametrize("form", ["sequence", "rc"])
@pytest.mark.parametrize("kind", ["RECORD", "BLOCK"])
@pytest.mark.parametrize("codec", [None, "deflate", "gzip", "zstd", "snappy"])
def test_what_is_written_is_read(tmp_path, form, kind, codec):
    made = table(tmp_path, HELD, form, properties={"mapreduce.output.fileoutputformat.compress.type": kind})
    write(tmp_path, made, QUERY, codec)
    assert rows(made) == ROWS
    assert rows(made, names=["n"]) == ["1", "2", "3", "3"]


def test_a_sequence_file_has_the_bytes_of_its_definition(tmp_path):
    data = write(tmp_path, table(tmp_path, HELD, "sequence"), "VALUES (1, 'one'), (2, NULL)").read_bytes()
    key, value = b"org.apache.hadoop.io.BytesWritable", b"org.apache.hadoop.io.Text"
    header = b"SEQ\x06" + bytes([len(key)]) + key + bytes([len(value)]) + value + bytes(2) + struct.pack(">i", 0)
    assert data.startswith(header)
    records = data[len(header) + 16 :]
    expected = b""
    for text in (b"1\x01one", b"2\x01\\N"):
        expected += struct.pack(">iii", 4 + 1 + len(text), 4, 0) + bytes([len(text)]) + text
    assert records == expected


def test_an_rcfile_has_the_bytes_of_its_definition(tmp_path):
    query = "VALUES (1, 'one'), (2, 'two'), (33, 'x')"
    data = write(tmp_path, table(tmp_path, HELD, "rc"), query, "gzip").read_bytes()
    codec, name = b"org.apache.hadoop.io.compress.GzipCodec", b"hive.io.rcfile.column.number"
    header = b"RCF\x01\x01" + bytes([len(codec)]) + codec
    header += struct.pack(">i", 1) + bytes([len(name)]) + name + b"\x012"
    assert data.startswith(header)
    group = data[len(header) + 16 :]
    length, key_length, stored = struct.unpack(">iii", group[:12])
    key = gzip.decompress(group[12 : 12 + stored])
    values = group[12 + stored :]
    first, second = key[1], key[1 + 1 + 2 + 3]
    # three rows; lengths 1, again once (the complement of 1), 2; then 3, again once, 1
    assert key == bytes([3, first, 4, 3, 1, 0xFE, 2, second, 7, 3, 3, 0xFE, 1])
    assert (length, key_length) == (len(key) + len(values), len(key))
    assert gzip.decompress(values[:first]) == b"1233" and gzip.decompress(values[first:]) == b"onetwox"


def test_columns_that_an_rcfile_lacks_are_null(tmp_path):
    write(tmp_path, table(tmp_path, HELD, "rc"), "VALUES (1, 'one')")
    assert rows(table(tmp_path, "n: int, s: string, more: int", "rc")) == ["1\tone\tNULL"]
    assert rows(table(tmp_path, "n: string", "rc")) == ["1"]


@pytest.mark.parametrize("form", ["sequence", "rc"])
def test_damaged_and_strange_files_are_errors(tmp_path, form):
    name = "sequence" if form == "sequence" else "rc"
    (tmp_path / "x").write_bytes(b64decode(BY_HADOOP[name])[:-3])
    with pytest.raises(Exception, match=r"x: damaged at byte"):
        rows(table(tmp_path, HELD, form))
    (tmp_path / "x").write_bytes(b"a,1\n")
    with pytest.raises(Exception, match=r"x: not (a sequence file|an RCFile)"):
        rows(table(tmp_path, HELD, form))


def test_values_of_a_sequence_file_may_hold_line_ends(tmp_path):
    write(tmp_path, table(tmp_path, "s: string", "sequence"), "SELECT 'a' || chr(10) || 'b'")
    assert rows(table(tmp_path, "s: string", "sequence")) == ["a\nb"]


def test_codecs_that_will_not_do_are_refused(tmp_path):
    with pytest.raises(UsageError, match="bzip2"):
        write(tmp_path, table(tmp_path, HELD, "rc"), QUERY, "bzip2")
    with pytest.raises(UsageError, match="Lz4Codec"):
        write(tmp_path, table(tmp_path, HELD, "sequence"), QUERY, "org.apache.hadoop.io.compress.Lz4Codec")
