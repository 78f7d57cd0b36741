"""Splits and blocks hold a file's lines, all of them once; part files convert to other formats and back."""

import bz2
import csv
import gzip
import json
import threading

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mrjob.protocol import BytesProtocol, JSONProtocol, PickleProtocol, RawValueProtocol

from bigdata.errors import EncodeError, InputError
from bigdata.formats import (
    Split,
    blocks,
    byte_lines,
    convert,
    read_converted,
    splits,
    text_block,
    text_lines,
)
from bigdata.storage import File

LINE_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r", b"\r\r\n", b""])
TEXT = st.sampled_from(
    [b"a", b"\xc3\xa9", b"\xe9", "😀".encode(), "\u2028".encode(), b"\xed\xa0\x80", b"\0", b" ", b"\t"]
)
FILES = st.lists(st.binary(max_size=6) | TEXT | LINE_ENDS | st.just(b"long" * 20)).map(b"".join)
EXAMPLES = [b"", b"\n", b"\n\n", b"\r", b"a\n\r", b"a\r\n", b"a\r", b"\r\r\n\r", b"a", b"caf\xe9\r\ncaf\xc3\xa9"]


def each_example(test):
    for data in EXAMPLES:
        test = example(data=data)(test)
    return test


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write a file's bytes; gives it as an input file."""
    directory = tmp_path_factory.mktemp("files")

    def write(data, name="file"):
        path = directory / name
        path.write_bytes(data)
        return File(str(path), len(data))

    return write


def raw_lines(data):
    """The lines of a file as Python's binary files have them."""
    lines = data.split(b"\n")
    return lines if lines[-1] else lines[:-1]


@each_example
@given(data=FILES)
def test_text_lines_are_what_mrjobs_default_protocol_reads(data):
    read = RawValueProtocol().read
    wanted = [read(line.rstrip(b"\r\n"))[1] for line in raw_lines(data)]
    assert text_lines(data) == wanted
    lines = text_block(data).decode("utf-8").split("\n")
    assert (lines if lines[-1] else lines[:-1]) == wanted


@each_example
@given(data=FILES)
def test_byte_lines_are_the_lines_without_their_ends(data):
    assert byte_lines(data) == [line.rstrip(b"\r") for line in raw_lines(data)]


def test_many_returns_take_no_time():
    assert byte_lines(b"\r" * 1_000_000 + b"\n") == [b""]
    assert byte_lines(b"\r" * 1_000_000 + b"a\r\r\n") == [b"\r" * 1_000_000 + b"a"]


@given(data=FILES, size=st.integers(1, 50), block=st.integers(1, 50))
def test_splits_and_blocks_make_up_the_file(write, data, size, block):
    pieces = splits([write(data)], size)
    assert [piece.start for piece in pieces] == [sum(piece.length for piece in pieces[:n]) for n in range(len(pieces))]
    runs = [list(blocks(piece, block)) for piece in pieces]
    assert b"".join(run for task in runs for run in task) == data
    assert [sum(map(len, task)) for task in runs] == [piece.length for piece in pieces]
    borders = [run for task in runs for run in task][:-1]
    assert all(run.endswith(b"\n") for run in borders)
    lines = [line for task in runs for run in task for line in text_lines(run)]
    assert lines == text_lines(data)


@given(data=FILES, size=st.integers(1, 50))
def test_splits_are_about_as_large_as_asked(write, data, size):
    longest = max(map(len, data.split(b"\n"))) + 1
    assert all(piece.length < size * 1.1 + longest for piece in splits([write(data)], size))


def test_a_large_file_over_many_reads(write):
    data = b"".join(b"%d\n" % number for number in range(60_000)) + b"x" * 300_000 + b"\nend"
    pieces = splits([write(data)], 100_000)
    assert len(pieces) > 3
    assert b"".join(run for piece in pieces for run in blocks(piece)) == data


def test_an_empty_file_is_one_empty_split(write):
    file = write(b"")
    assert splits([file, file], 10) == [Split(file.path, 0, 0)] * 2
    assert list(blocks(Split(file.path, 0, 0))) == []


def zstd(data):
    return pyarrow.compress(data, "zstd", asbytes=True)


COMPRESS = {".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstd}
PLAIN = b"".join(b"line %d\r\n" % number for number in range(20_000)) + b"no newline"
each_compression = pytest.mark.parametrize("ending", COMPRESS)


@each_compression
@pytest.mark.parametrize("data", [PLAIN, b"", b"\n", b"caf\xe9"])
def test_a_compressed_file_is_one_split(write, ending, data):
    (piece,) = splits([write(COMPRESS[ending](data), "file" + ending)], 100)
    assert b"".join(blocks(piece, 1000)) == data


@each_compression
def test_members_of_a_compressed_file_follow_each_other(write, ending):
    """A line may begin in one member and end in the next, as gzip's own tools have it."""
    compress = COMPRESS[ending]
    (piece,) = splits([write(compress(b"a\nb") + compress(b"") + compress(b"c\n"), "two" + ending)], 100)
    assert [line for block in blocks(piece) for line in text_lines(block)] == ["a", "bc"]


@each_compression
@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored[: len(stored) // 2],
        lambda stored: stored[:-1],
        lambda stored: stored[:2],
        lambda stored: b"plain text\n",
        lambda stored: stored[:40] + bytes(byte ^ 0xFF for byte in stored[40:80]) + stored[80:],
    ],
    ids=["half", "without the last byte", "two bytes", "not compressed", "changed"],
)
def test_a_spoilt_file_is_named(write, ending, spoil):
    (piece,) = splits([write(spoil(COMPRESS[ending](PLAIN)), "spoilt" + ending)], 100)
    with pytest.raises(InputError, match=f"spoilt{ending}: not a whole .* file"):
        list(blocks(piece))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"missing\.txt: can't be read: No such file"):
        list(blocks(Split(str(tmp_path / "missing.txt"), 0, 1)))


PAIRS = [("a", 1), ('tab\t,"quote"\n', -2), ("é 😀", 2**60), ("", 0)]
MIXED = [(None, "text"), (1, [1, {"a": None}]), ("k", {"é": 2.5}), (True, None)]


def parts_of(tmp_path, *parts, protocol=JSONProtocol):
    paths = []
    for number, pairs in enumerate(parts):
        path = tmp_path / f"part-{number:05d}"
        path.write_bytes(b"".join(protocol().write(key, value) + b"\n" for key, value in pairs))
        paths.append(str(path))
    return paths


def converted(paths, form):
    return [pair for path in paths for pair in read_converted(f"{path}.{form}", form)]


def test_text_stays_as_it_is(tmp_path):
    paths = parts_of(tmp_path, PAIRS)
    convert(paths, JSONProtocol().read, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["part-00000"]


@pytest.mark.parametrize("form, pairs", [("json", PAIRS), ("json", MIXED), ("parquet", PAIRS)])
def test_pairs_survive_conversion(tmp_path, form, pairs):
    paths = parts_of(tmp_path, pairs, [], pairs[:1])
    convert(paths, JSONProtocol().read, form)
    assert converted(paths, form) == [*pairs, *pairs[:1]]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"part-0000{number}.{form}" for number in range(3)]


def test_json_is_a_readable_line_a_pair(tmp_path):
    (path,) = parts_of(tmp_path, MIXED)
    convert([path], JSONProtocol().read, "json")
    with open(path + ".json", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    assert records == [{"key": key, "value": value} for key, value in MIXED]
    with open(path + ".json", encoding="utf-8") as lines:
        assert "é" in lines.read()


def test_csv_has_a_header_and_nested_values_as_json(tmp_path):
    pairs = [*PAIRS, ("list", [1, "é"]), ("dict", {"a": [None]}), ("none", None)]
    (path,) = parts_of(tmp_path, pairs)
    convert([path], JSONProtocol().read, "csv")
    with open(path + ".csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == ["key", "value"]
    assert rows[1 : len(PAIRS) + 1] == [[key, str(value)] for key, value in PAIRS]
    assert rows[len(PAIRS) + 1 :] == [["list", '[1, "é"]'], ["dict", '{"a": [null]}'], ["none", ""]]
    assert converted([path], "csv") == [tuple(row) for row in rows[1:]]


def test_parquet_has_one_schema_over_all_parts(tmp_path):
    paths = parts_of(tmp_path, [("a", 1)], [("b", 2.5)], [], [("c", None)])
    convert(paths, JSONProtocol().read, "parquet")
    schemas = [pyarrow.parquet.read_schema(path + ".parquet") for path in paths]
    assert [dict(zip(schema.names, schema.types, strict=True)) for schema in schemas] == [
        {"key": pyarrow.string(), "value": pyarrow.float64()}
    ] * 4
    assert converted(paths, "parquet") == [("a", 1.0), ("b", 2.5), ("c", None)]


def test_parquet_over_several_batches(tmp_path):
    pairs = [(number, str(number)) for number in range(70_000)]
    paths = parts_of(tmp_path, pairs)
    convert(paths, JSONProtocol().read, "parquet")
    assert converted(paths, "parquet") == pairs


@pytest.mark.parametrize(
    "parts, protocol, form, named",
    [
        ([[("a", 1), ("b", "text")]], JSONProtocol, "parquet", "the column 'value' mixes types"),
        ([[("a", 1)], [("b", "text")]], JSONProtocol, "parquet", "part-00001 has others"),
        ([[("a", 2**70)]], JSONProtocol, "parquet", "the column 'value'"),
        ([[("a", {1, 2})]], PickleProtocol, "json", r"JSON can't hold .*\{1, 2\}"),
        ([[(b"a", b"b")]], BytesProtocol, "json", "JSON can't hold .*b'a'"),
    ],
)
def test_what_a_format_cannot_hold_is_named(tmp_path, parts, protocol, form, named):
    paths = parts_of(tmp_path, *parts, protocol=protocol)
    with pytest.raises(EncodeError, match=named):
        convert(paths, protocol().read, form)


def test_a_compressed_file_is_read_ahead_and_let_go(write):
    data = b"line\n" * 100_000
    [split] = splits([write(gzip.compress(data), "a.gz")], 1 << 30)
    threads = threading.active_count()
    read = blocks(split, 1000)
    first = next(read)
    assert threading.active_count() == threads + 1
    read.close()
    assert threading.active_count() == threads
    assert data.startswith(first) and b"".join(blocks(split, 1000)) == data
