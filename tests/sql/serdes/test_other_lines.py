"""Lines of the other SerDes: what is written, and what is refused."""

import pytest

from bigdata.errors import UsageError
from tests.sql.serdes.tables import rows, table, write


def test_regex_serde_only_reads(tmp_path):
    serde = "org.apache.hadoop.hive.serde2.RegexSerDe"
    with pytest.raises(UsageError, match="only reads"):
        write(tmp_path, table(tmp_path, "a: string", serde, serde={"input.regex": "(.*)"}), "VALUES ('x')")
    (tmp_path / "x").write_text("x\n")
    with pytest.raises(UsageError, match=r"input\.regex has 2 groups and the table 1 columns"):
        rows(table(tmp_path, "a: string", serde, serde={"input.regex": "(.)(.)"}))


def test_csv_is_written_with_quotes_and_null_as_nothing(tmp_path):
    serde = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
    query = """VALUES ('a,b', 'c"d', NULL), ('', 'x', 'y')"""
    made = table(tmp_path, "a: string, b: string, c: string", serde)
    assert write(tmp_path, made, query).read_text() == '"a,b","c""d",\n"","x","y"\n'
    assert rows(made) == ['a,b\tc"d\t', "\tx\ty"]


def test_fields_may_be_parted_by_several_characters(tmp_path):
    serde = "org.apache.hadoop.hive.contrib.serde2.MultiDelimitSerDe"
    made = table(
        tmp_path, "a: string, b: array<int>, c: string", serde, serde={"field.delim": "[,]", "collection.delim": ":"}
    )
    assert write(tmp_path, made, "VALUES ('x', [1, 2], NULL)").read_text() == "x[,]1:2[,]\\N\n"
    (tmp_path / "more").write_text("a[,]1\nx[,][,]y[,]z\n")
    assert rows(made) == ["x\t[1,2]\tNULL", "a\t[1]\tNULL", "x\t[]\ty\x01z"]
