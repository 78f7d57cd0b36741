"""Lines of the other SerDes: what is written, and what is refused."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


quoted = st.text(',"é a\x00', max_size=3).map(lambda text: '"' + text.replace('"', '""') + '"')
bare = st.text("é a;", max_size=3)
widths = st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(quoted | bare, min_size=width, max_size=width)))


@settings(max_examples=200, deadline=None)
@given(widths, st.lists(st.lists(quoted | bare, min_size=1, max_size=3), max_size=1))
def test_plain_csv_is_what_pythons_csv_reads(tmp_path_factory, many, others):
    lines = [line for fields in many + others if (line := ",".join(fields))]
    folder = tmp_path_factory.mktemp("csv")
    (folder / "x.csv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    made = table(folder, "a: string, b: string, c: string", "org.apache.hadoop.hive.serde2.OpenCSVSerde")
    expected = [[*fields, "NULL", "NULL"][:3] for fields in csv.reader(lines)]
    assert rows(made) == ["\t".join(fields) for fields in expected]


def test_fields_may_be_parted_by_several_characters(tmp_path):
    serde = "org.apache.hadoop.hive.contrib.serde2.MultiDelimitSerDe"
    made = table(
        tmp_path, "a: string, b: array<int>, c: string", serde, serde={"field.delim": "[,]", "collection.delim": ":"}
    )
    assert write(tmp_path, made, "VALUES ('x', [1, 2], NULL)").read_text() == "x[,]1:2[,]\\N\n"
    (tmp_path / "more").write_text("a[,]1\nx[,][,]y[,]z\n")
    assert rows(made) == ["x\t[1,2]\tNULL", "a\t[1]\tNULL", "x\t[]\ty\x01z"]
