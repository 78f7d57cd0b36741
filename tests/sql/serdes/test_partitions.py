"""Partitions: their values as columns, and files that are older than the table's columns."""

import gzip

import pytest

from bigdata.sql.tables import NULL_PARTITION, Partition
from tests.sql.serdes.tables import columns, rows, storage, table


def partition(folder, name, values, content, held="", form="text", **given):
    place = folder / name
    place.mkdir()
    (place / "000000_0").write_bytes(content)
    return Partition(
        values, str(place), columns(held) if held else (), storage(form, given.get("serde")), given.get("own", {})
    )


def test_values_of_partitions_are_typed_columns(tmp_path):
    read = table(tmp_path, "s: string", partitioned="day: date, n: int")
    parts = [
        partition(tmp_path, "1", ("2015-01-02", "1"), b"a\n"),
        partition(tmp_path, "2", ("2015-01-03", NULL_PARTITION), b"b\nc\n"),
    ]
    assert rows(read, parts) == ["a\t2015-01-02\t1", "b\t2015-01-03\tNULL", "c\t2015-01-03\tNULL"]
    assert rows(read, parts[1:]) == ["b\t2015-01-03\tNULL", "c\t2015-01-03\tNULL"]
    assert rows(read, []) == []


def test_files_are_read_by_the_columns_of_their_partition(tmp_path):
    read = table(tmp_path, "n: bigint, s: string, added: array<int>", partitioned="p: string")
    parts = [
        partition(tmp_path, "1", ("old",), b"1\x01x\x01gone\n\\N\x01y\n", "k: int, v: string"),
        partition(tmp_path, "2", ("text",), b"7\x01x\nseven\x01y\n", "k: string, v: varchar(3)"),
        partition(tmp_path, "3", ("new",), b"3\x01z\x011\x022\n"),
    ]
    assert rows(read, parts) == [
        "1\tx\tNULL\told", "NULL\ty\tNULL\told", "7\tx\tNULL\ttext", "NULL\ty\tNULL\ttext", "3\tz\t[1,2]\tnew",
    ]  # fmt: skip


def test_partitions_have_storages_of_their_own(tmp_path):
    read = table(tmp_path, "n: int, s: string", partitioned="p: string")
    parts = [
        partition(tmp_path, "1", ("commas",), b"1,x\n", serde={"field.delim": ","}),
        partition(tmp_path, "2", ("json",), b'{"S": "y", "N": 2}\n', form="json"),
        partition(tmp_path, "3", ("header",), b"n\x01s\n3\x01z\n", own={"skip.header.line.count": "1", "numRows": "1"}),
    ]
    (tmp_path / "1" / "more.gz").write_bytes(gzip.compress(b"4,w\n"))
    assert rows(read, parts) == ["1\tx\tcommas", "4\tw\tcommas", "2\ty\tjson", "3\tz\theader"]


def test_partitions_that_differ_in_statistics_are_read_together(tmp_path):
    from bigdata.sql import serdes

    read = table(tmp_path, "s: string", partitioned="p: int")
    parts = [partition(tmp_path, str(n), (str(n),), b"x\n", own={"numRows": str(n)}) for n in range(1, 4)]
    assert len(serdes.scan(read, parts, "t").sources) == 1
    assert rows(read, parts) == ["x\t1", "x\t2", "x\t3"]


def test_a_type_that_cannot_become_the_columns_is_refused(tmp_path):
    read = table(tmp_path, "a: array<int>", partitioned="p: string")
    with pytest.raises(Exception, match=r"holds int where the table has array<int>"):
        rows(read, [partition(tmp_path, "1", ("x",), b"1\n", "a: int")])
