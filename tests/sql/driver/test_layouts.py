"""Parquet files of old and new writers, whose lists and maps are laid out in other ways, give what Hive 3.1.3 gives.

Source of the layouts: LogicalTypes.md of the Parquet format, and its backward-compatibility rules.
"""

import os
import subprocess

import pytest

from bigdata import Session

from .hive import HERE, installed, missing
from .test_driver import own

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing() or "")]

PLACES = "array<struct<x:double,y:double>>"
#: the schema of a file, and the columns of a table over it
LAYOUTS = {
    "bare_numbers": ("repeated int32 l;", "l array<int>"),
    "bare_groups": ("repeated group l { required double x; required double y; }", f"l {PLACES}"),
    "avro_numbers": ("optional group l (LIST) { repeated int32 array; }", "l array<int>"),
    "thrift_numbers": ("optional group l (LIST) { repeated int32 l_tuple; }", "l array<int>"),
    "avro_groups": (
        "optional group l (LIST) { repeated group array { required int64 n; } }",
        "l array<struct<n:bigint>>",
    ),
    "thrift_groups": (
        "optional group l (LIST) { repeated group l_tuple { required int64 n; } }",
        "l array<struct<n:bigint>>",
    ),
    "unclear_numbers": ("optional group l (LIST) { repeated group list { required int64 n; } }", "l array<bigint>"),
    "two_levels": (
        "optional group l (LIST) { repeated group element { required double x; required double y; } }",
        f"l {PLACES}",
    ),
    "of_hive": (
        "optional group l (LIST) { repeated group bag { optional group array_element "
        "{ required double x; required double y; } } }",
        f"l {PLACES}",
    ),
    "three_levels": ("optional group l (LIST) { repeated group list { optional int32 element; } }", "l array<int>"),
    "lists_of_avro": (
        "optional group l (LIST) { repeated group array (LIST) { repeated int32 array; } }",
        "l array<array<int>>",
    ),
    "in_a_struct": ("optional group s { repeated int32 r; optional int32 x; }", "s struct<r:array<int>,x:int>"),
    "old_map": (
        "optional group m (MAP) { repeated group map (MAP_KEY_VALUE) "
        "{ required binary key (UTF8); optional int32 value; } }",
        "m map<string,int>",
    ),
    "marked_map": (
        "optional group m (MAP_KEY_VALUE) { repeated group key_value { required binary key (UTF8); "
        "required binary value (UTF8); } }",
        "m map<string,string>",
    ),
    "map_of_lists": (
        "optional group m (MAP) { repeated group key_value { required binary key (UTF8); optional group value (LIST) "
        "{ repeated group list { optional int32 element; } } } }",
        "m map<string,array<int>>",
    ),
    "flags": ("optional boolean b; optional boolean s; optional boolean v;", "b boolean, s string, v varchar(2)"),
    "unsigned": ("optional int32 a (UINT_32); optional int32 b (UINT_8);", "a bigint, b tinyint"),
    "texts": ("optional binary s; optional binary e (ENUM); optional binary b;", "s string, e string, b binary"),
}


@pytest.fixture(scope="module")
def files(driver, tmp_path_factory):
    for statement in ("CREATE DATABASE layouts", "USE layouts"):
        assert not driver.run(statement).error
    folder = tmp_path_factory.mktemp("layouts")
    class_path = os.pathsep.join([str(folder), *map(str, installed())])
    subprocess.run(["javac", "-cp", class_path, "-d", folder, HERE / "Layouts.java"], check=True)
    pairs = [part for name, (schema, _) in LAYOUTS.items() for part in (folder / name / "rows.parquet", schema)]
    subprocess.run(["java", "-cp", class_path, "Layouts", *pairs], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hive_reads_the_same(driver, files, layout, tmp_path):
    create = f"CREATE EXTERNAL TABLE {layout} ({LAYOUTS[layout][1]}) STORED AS PARQUET LOCATION '{files / layout}'"
    with Session("hive", warehouse=tmp_path) as session:
        assert not driver.run(create).error
        assert not own(session, create).error
        expected = driver.run(f"SELECT * FROM {layout}")
        assert not expected.error
        assert len(expected.rows) == 2
        assert own(session, f"SELECT * FROM {layout}") == expected
