"""Text files: where lines end, what is skipped, what is inflated, and what is written."""

import bz2
import csv
import gzip
import struct
import zlib
from base64 import b64decode
from functools import partial

import pyarrow
import pytest

from bigdata.errors import InputError, UsageError
from tests.sql.serdes.tables import rows, table, write

LINES = b"a,1\nb,2\nc,3\n"
HELD = "s: string, n: int"
COMMAS = {"field.delim": ","}


@pytest.mark.parametrize(
    "content", [b"a,1\nb,2\nc,3\n", b"a,1\r\nb,2\r\nc,3", b"a,1\rb,2\rc,3\r", b"\xef\xbb\xbfa,1\nb,2\r\nc,3"]
)
def test_lines_end_as_for_hadoop(tmp_path, content):
    (tmp_path / "data").write_bytes(content)
    assert rows(table(tmp_path, HELD, serde=COMMAS)) == ["a\t1", "b\t2", "c\t3"]


@pytest.mark.parametrize(
    "name, compress",
    [
        ("x.gz", gzip.compress),
        ("x.bz2", bz2.compress),
        ("x.deflate", zlib.compress),
        ("x.zst", partial(pyarrow.compress, codec="zstd", asbytes=True)),
        ("x.csv", bytes),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_are_inflated_by_their_endings(tmp_path, name, compress):
    (tmp_path / name).write_bytes(compress(LINES))
    assert rows(table(tmp_path, HELD, serde=COMMAS)) == ["a\t1", "b\t2", "c\t3"]


def test_snappy_is_framed_as_by_hadoop(tmp_path):
    """The file is of Hadoop 3.5's SnappyCodec; of ours it read the same lines."""
    (tmp_path / "x.snappy").write_bytes(b64decode("AAAACQAAAAsJIDEKMjIKMzMzCg=="))
    assert rows(table(tmp_path, "n: int")) == ["1", "22", "333"]
    (tmp_path / "more").mkdir()
    made = table(tmp_path / "more", "n: int")
    file = write(tmp_path / "more", made, "SELECT i::INTEGER FROM range(200000) AS r(i)", "snappy")
    assert file.name == "000000_0.snappy"
    assert struct.unpack(">i", file.read_bytes()[:4]) == (1 << 18,)
    assert rows(made) == list(map(str, range(200000)))


def test_a_codec_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "x.lz4").write_bytes(LINES)
    with pytest.raises(Exception, match=r"x\.lz4: \.lz4 files can't be read"):
        rows(table(tmp_path, HELD))


def test_a_damaged_file_says_its_name(tmp_path):
    (tmp_path / "x.deflate").write_bytes(zlib.compress(LINES)[:-5])
    with pytest.raises(Exception, match=r"x\.deflate: not a whole \.deflate file"):
        rows(table(tmp_path, HELD))


@pytest.mark.parametrize(
    "header, footer, expected",
    [(0, 0, "hxyzf"), (1, 0, "xyzf"), (0, 1, "hxyz"), (1, 1, "xyz"), (2, 2, "y"), (9, 0, ""), (0, 9, "")],
)
def test_headers_and_footers_are_left_out_of_each_file(tmp_path, header, footer, expected):
    for name in ("1", "2"):
        (tmp_path / name).write_text("h\nx\ny\nz\nf\n")
    properties = {"skip.header.line.count": str(header), "skip.footer.line.count": str(footer)}
    assert rows(table(tmp_path, "s: string", properties=properties)) == list(expected * 2)


def test_a_header_of_no_number_is_refused(tmp_path):
    (tmp_path / "x").write_text("h\n")
    with pytest.raises(Exception, match=r"skip\.header\.line\.count is 'one'"):
        rows(table(tmp_path, "s: string", properties={"skip.header.line.count": "one"}))


def test_what_is_not_utf8_becomes_the_replacement_character(tmp_path):
    (tmp_path / "x").write_bytes(b"caf\xe9,1\nna\xc3\xafve,2\n\xc3\n\xa9,4\n")
    assert rows(table(tmp_path, HELD, serde=COMMAS)) == ["caf\ufffd\t1", "naïve\t2", "\ufffd\tNULL", "\ufffd\t4"]


def test_bytes_of_a_binary_column_are_kept(tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\xfe,\xc3\xa9\n")
    read = table(tmp_path, "b: binary, s: string", serde=COMMAS)
    assert rows(read, names=["s"]) == ["é"]
    assert rows(read, names=["b"]) == ["\ufffd\ufffd"]


def test_hidden_files_and_missing_folders_have_no_rows(tmp_path):
    assert rows(table(tmp_path / "none", HELD)) == []
    for name in ("_SUCCESS", ".x.crc"):
        (tmp_path / name).write_text("x\n")
    assert rows(table(tmp_path, HELD)) == []
    (tmp_path / "empty").write_text("")
    assert rows(table(tmp_path, HELD)) == []


def test_folders_below_are_read_only_by_a_setting(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "x").write_bytes(LINES)
    read = table(tmp_path, HELD, serde=COMMAS)
    with pytest.raises(InputError, match=r"below: a folder among the files.*mapred\.input\.dir\.recursive"):
        rows(read)
    assert rows(read, settings={"mapred.input.dir.recursive": "true"}) == ["a\t1", "b\t2", "c\t3"]


def test_lines_know_their_file_and_place(tmp_path):
    (tmp_path / "x").write_bytes("é\r\n\nabc\n".encode())
    read = table(tmp_path, "s: string")
    found = rows(read, names=["s", "block__offset__inside__file", "input__file__name"])
    assert found == [f"{text}\t{place}\tfile:{tmp_path}/x" for text, place in (("é", 0), ("", 4), ("abc", 5))]


@pytest.mark.parametrize("content", [b"a\nb||c\r|d||", b"\xef\xbb\xbfa\nb||c\r|d"])
def test_records_end_as_a_setting_says(tmp_path, content):
    """Hadoop's LineReader (readCustomLine): at the delimiter only; the last record may have none."""
    (tmp_path / "x").write_bytes(content)
    settings = {"textinputformat.record.delimiter": "||"}
    found = rows(table(tmp_path, "s: string"), settings=settings, names=["s", "block__offset__inside__file"])
    bom = 3 if content.startswith(b"\xef") else 0
    assert found == [f"a\nb\t{bom}", f"c\r|d\t{bom + 5}"]


HELD_OF_ALL = (
    "i: int, d: double, b: boolean, s: string, c: char(3), x: binary, n: decimal(6,2), t: timestamp, "
    "a: array<int>, m: map<string,array<int>>, r: struct<p:int,q:string>"
)
ALL = """
    SELECT 1::INTEGER, 1e10::DOUBLE, true, 'a,b', 'c', 'xyz'::BLOB, 1.5::DECIMAL(6, 2), TIMESTAMP '2015-01-02 03:04:05',
        [1, NULL], MAP {'k': [1, 2]}, {'p': 1, 'q': 'z'}
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
"""


def test_lines_are_written_byte_for_byte_as_lazy_simple_serde_writes_them(tmp_path):
    file = write(tmp_path, table(tmp_path, HELD_OF_ALL, serde={"field.delim": "|", "escape.delim": "\\"}), ALL)
    assert file.name == "000000_0"
    cells = [
        "1", "1.0E10", "true", "a,b", "c  ", "eHl6", "1.50", "2015-01-02 03:04:05", "1\x02\\N", "k\x031\x042", "1\x02z",
    ]  # fmt: skip
    assert file.read_text() == "|".join(cells) + "\n" + "|".join(["\\N"] * 11) + "\n"


def test_csv_reads_what_is_written_with_escapes(tmp_path):
    file = write(
        tmp_path,
        table(tmp_path, HELD, serde={**COMMAS, "escape.delim": "\\"}),
        r"""SELECT * FROM (VALUES ('a,b', 1), ('c\d', 2), ('e"f', 3))""",
    )
    with file.open(newline="") as stored:
        found = list(csv.reader(stored, quoting=csv.QUOTE_NONE, escapechar="\\"))
    assert found == [["a,b", "1"], ["c\\d", "2"], ['e"f', "3"]]


@pytest.mark.parametrize(
    "codec, ending, inflate",
    [
        ("gzip", ".gz", gzip.decompress),
        ("bzip2", ".bz2", bz2.decompress),
        ("deflate", ".deflate", zlib.decompress),
        ("zstd", ".zst", lambda data: pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd").read()),
    ],
)
def test_compressed_files_have_the_endings_of_their_codecs(tmp_path, codec, ending, inflate):
    file = write(tmp_path, table(tmp_path, HELD, serde=COMMAS), "VALUES ('a', 1), ('b', 2)", codec)
    assert (file.name, inflate(file.read_bytes())) == (f"000000_0{ending}", b"a,1\nb,2\n")


def test_codecs_are_known_by_their_classes_too(tmp_path):
    package = "org.apache.hadoop.io.compress"
    made = table(tmp_path, HELD, serde=COMMAS)
    assert write(tmp_path, made, "VALUES ('a', 1)", f"{package}.GzipCodec").name == "000000_0.gz"
    with pytest.raises(UsageError, match=r"Lz4Codec can't be read or written. Expected one of .*GzipCodec"):
        write(tmp_path, made, "VALUES ('a', 1)", f"{package}.Lz4Codec")


def test_rows_are_written_in_the_order_of_the_query(tmp_path):
    file = write(tmp_path, table(tmp_path, "n: bigint"), "SELECT i FROM range(200000) AS r(i) ORDER BY i DESC")
    assert file.read_text() == "".join(f"{number}\n" for number in range(199999, -1, -1))


def test_a_serde_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "x").write_text("x\n")
    serde = "org.apache.hadoop.hive.serde2.dynamic_type.DynamicSerDe"
    with pytest.raises(UsageError, match="DynamicSerDe is none that can be read"):
        rows(table(tmp_path, "s: string", serde))
    with pytest.raises(UsageError, match="DynamicSerDe is none that can be read"):
        write(tmp_path, table(tmp_path, "s: string", serde), "SELECT 'x'")
