"""JSON lines by the three SerDes: names, numbers as they are written, and lines that are no objects."""

import json

import pytest

from tests.sql.serdes.tables import rows, table, write

HCATALOG = "org.apache.hive.hcatalog.data.JsonSerDe"
HIVE = "org.apache.hadoop.hive.serde2.JsonSerDe"
OPENX = "org.openx.data.jsonserde.JsonSerDe"


def read(folder, held, text, serde=HCATALOG, **properties):
    (folder / "x.json").write_text(text, encoding="utf-8")
    return rows(table(folder, held, serde, serde=properties))


@pytest.mark.parametrize("serde", [HCATALOG, HIVE, OPENX])
def test_members_are_columns_whatever_their_case(tmp_path, serde):
    text = (
        '{"Id": 1, "other": [1], "NAME": "é\\n\\u0041", "r": {"Q": [{"Z": 2}]}, "m": {"Key": 1.50}}\n{"id": null}\n{}\n'
    )
    held = "name: string, id: int, r: struct<q:array<struct<z:int>>>, m: map<string,double>, more: date"
    assert read(tmp_path, held, text, serde) == [
        'é\nA\t1\t{"q":[{"z":2}]}\t{"Key":1.5}\tNULL',
        "\t".join(["NULL"] * 5),
        "\t".join(["NULL"] * 5),
    ]


def test_numbers_in_texts_and_decimals_are_as_they_are_written(tmp_path):
    text = '{"s": 1.50, "n": 12345678901234567.89, "d": "2.5", "b": "TRUE", "i": "7"}\n{"s": true, "d": 1e3}\n'
    assert read(tmp_path, "s: string, n: decimal(20,2), d: double, b: boolean, i: int", text) == [
        "1.50\t12345678901234567.89\t2.5\ttrue\t7",
        "true\tNULL\t1000.0\tNULL\tNULL",
    ]


def test_keys_of_maps_that_do_not_fit_are_left_out(tmp_path):
    line = '{"m": {"1": "a", "x": "b", "01": "c"}}\n'
    assert read(tmp_path, "m: map<int,string>", line, HIVE) == ['{1:"c"}']
    with pytest.raises(Exception, match="expected int; got"):
        read(tmp_path, "m: map<int,string>", line)


def test_of_equal_members_the_last_counts(tmp_path):
    assert read(tmp_path, "a: int", '{"a": 1, "A": 2}\n') == ["2"]


@pytest.mark.parametrize("line", ['{"a": 1.5}', '{"a": 99999999999}', '{"a": "x"}'])
def test_a_value_that_does_not_fit_is_an_error_or_null(tmp_path, line):
    with pytest.raises(Exception, match=r"x\.json: the line at byte 9: expected int; got"):
        read(tmp_path, "a: int", f'{{"a": 1}}\n{line}\n')
    assert read(tmp_path, "a: int", f'{{"a": 1}}\n{line}\n', HIVE) == ["1", "NULL"]


@pytest.mark.parametrize("line", ["x", '{"a": ', "[1]", "5"])
def test_a_line_that_is_no_object_is_an_error(tmp_path, line):
    for serde in (HCATALOG, HIVE, OPENX):
        with pytest.raises(Exception, match=r"x\.json: the line at byte 0: "):
            read(tmp_path, "a: int", f"{line}\n", serde)
    properties = {"ignore.malformed.json": "true"}
    assert read(tmp_path, "a: int", f'{line}\n{{"a": 1}}\n', OPENX, **properties) == ["NULL", "1"]


def test_openx_maps_columns_to_members(tmp_path):
    assert read(tmp_path, "ts: int", '{"timestamp": 5, "ts": 6}\n', OPENX, **{"mapping.ts": "timestamp"}) == ["5"]


def test_what_is_written_is_json_and_is_read(tmp_path):
    held = "i: int, s: string, d: double, day: date, n: decimal(5,2), m: map<int,array<string>>, r: struct<p:boolean>"
    made = table(tmp_path, f"{held}, x: binary", "json")
    query = """
        SELECT 1, 'a"b\\c' || chr(10) || chr(1), 1e10::DOUBLE, DATE '2015-01-02', 1.5::DECIMAL(5, 2),
            MAP {1: ['x', NULL]}, {'p': true}, 'xyz'::BLOB
        UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    """
    found = [json.loads(line) for line in write(tmp_path, made, query).read_text().splitlines()]
    assert found[0] == {
        "i": 1, "s": 'a"b\\c\n\x01', "d": 1e10, "day": "2015-01-02", "n": 1.5, "m": {"1": ["x", None]},
        "r": {"p": True}, "x": "xyz",
    }  # fmt: skip
    assert found[1] == dict.fromkeys(found[0])
    printed = '1\ta"b\\c\n\x01\t1.0E10\t2015-01-02\t1.50\t{1:["x",null]}\t{"p":true}\txyz'
    assert rows(made) == [printed, "\t".join(["NULL"] * 8)]
