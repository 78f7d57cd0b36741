"""The types of columns: what a format may ask for, and what is refused."""

import datetime
import decimal

import pyarrow
import pyarrow.parquet as pq
import pytest

from bigdata import InputError, Job, Parquet, Sum, columnar
from tests.engines.conformance import assert_same_records
from tests.parquet.cases import column, each_way_here, pairs, run

DAY = datetime.datetime(2026, 5, 1, 12, 30, 15, 250000)
WHOLE = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


@each_way_here
@pytest.mark.parametrize(
    "kind, found, wanted",
    [
        *(("int", column([0, 100, None], name), [0, 100, None]) for name in WHOLE),
        ("int", column([-(2**63), 2**63 - 1], "int64"), [-(2**63), 2**63 - 1]),
        ("int", column([None, None], "null"), [None, None]),
        ("int", column([5, 5], "int32").dictionary_encode(), [5, 5]),
        ("float", column([0.5, -0.0, None], "float16"), [0.5, -0.0, None]),
        ("float", column([0.1], "float32"), [0.10000000149011612]),
        ("float", column([0.1, None, 1e308], "float64"), [0.1, None, 1e308]),
        ("float", column([7], "int8"), [7.0]),
        ("float", column([2**53 + 1], "int64"), [2.0**53]),
        ("float", column([decimal.Decimal("12.25"), None], pyarrow.decimal128(6, 2)), [12.25, None]),
        ("floats", column([[1, 2], None, [3]], pyarrow.list_(pyarrow.int32())), [[1.0, 2.0], None, [3.0]]),
        ("floats", column([[0.1], None], pyarrow.large_list(pyarrow.float32())), [[0.10000000149011612], None]),
        (
            "floats",
            column([[1, 2], None, [3, -0.0]], pyarrow.list_(pyarrow.float64(), 2)),
            [[1.0, 2.0], None, [3.0, -0.0]],
        ),
        ("floats", column([[decimal.Decimal("1.50")]], pyarrow.list_(pyarrow.decimal128(6, 2))), [[1.5]]),
        ("floats", column([[2**53 + 1]], pyarrow.list_(pyarrow.int64())), [[2.0**53]]),
        ("floats", column([None, None], "null"), [None, None]),
        ("floats", column([None, None], pyarrow.list_(pyarrow.null())), [None, None]),
        ("str", column(["a", "", None, "é\0"], "string"), ["a", "", None, "é\0"]),
        ("str", column(["a", None], "large_string"), ["a", None]),
        ("str", column(["a", "b", None, "a"], "string").dictionary_encode(), ["a", "b", None, "a"]),
        ("str", column(["é".encode()], "binary"), ["é"]),
        ("str", column([7, None], "int32"), ["7", None]),
        ("str", column([True, False], "bool"), ["true", "false"]),
        ("str", column([decimal.Decimal("12.50")], pyarrow.decimal128(6, 2)), ["12.50"]),
        ("str", column([DAY.date(), None], "date32"), ["2026-05-01", None]),
        ("str", column([DAY], pyarrow.timestamp("us")), ["2026-05-01 12:30:15.250000"]),
        ("str", column([DAY], pyarrow.timestamp("ms", "UTC")), ["2026-05-01 12:30:15.250Z"]),
    ],
    ids=str,
)
def test_a_column_is_of_the_type_that_the_format_says(path, switches, kind, found, wanted):
    class Values(Job):
        RECORDS = Parquet(f"v:{kind}?")

        @columnar("SELECT NULL AS key, [v] AS value FROM input")
        def mapper(self, _, record):
            yield None, [record["v"]]

    pq.write_table(pyarrow.table({"v": found}), path)
    assert_same_records(pairs(Values, path, switches), [(None, [value]) for value in wanted])


@each_way_here
@pytest.mark.parametrize(
    "kind, found, said",
    [
        ("int", column([1.0], "float64"), "expected a whole number of 64 bits; it is double."),
        ("int", column(["1"], "string"), "expected a whole number of 64 bits; it is string."),
        ("int", column([True], "bool"), "expected a whole number of 64 bits; it is bool."),
        ("int", column([DAY], pyarrow.timestamp("us")), "expected a whole number of 64 bits; it is timestamp[us]."),
        ("int", column([decimal.Decimal(1)], pyarrow.decimal128(6, 2)), "it is decimal128(6, 2)."),
        ("int", column([2**63], "uint64"), "it is uint64 (Integer value 9223372036854775808 not in range"),
        ("float", column(["1"], "string"), "expected a number; it is string."),
        ("float", column([True], "bool"), "expected a number; it is bool."),
        ("floats", column([1.5], "float64"), "expected numbers between commas; it is double."),
        ("floats", column(["1,2"], "string"), "expected numbers between commas; it is string."),
        ("floats", column([["1"]], pyarrow.list_(pyarrow.string())), "expected numbers between commas; it is list"),
        ("floats", column([[[1.5]]], pyarrow.list_(pyarrow.list_(pyarrow.float64()))), "it is list"),
        ("float", column([[1.5]], pyarrow.list_(pyarrow.float64())), "expected a number; it is list"),
        ("str", column([["a"]], pyarrow.list_(pyarrow.string())), "expected text; it is list"),
        ("str", column([{"a": 1}], pyarrow.struct({"a": "int64"})), "expected text; it is struct"),
        ("str", column([b"\xff"], "binary"), "expected text; it is binary (Invalid UTF8 payload)."),
    ],
    ids=str,
)
def test_a_column_of_another_type_is_refused(path, switches, kind, found, said):
    class Values(Job):
        RECORDS = Parquet(f"v:{kind}")
        aggregator = Sum()

        @columnar("SELECT v AS key, 1 AS value FROM input")
        def mapper(self, _, record):
            yield record["v"], 1

    pq.write_table(pyarrow.table({"v": found}), path)
    with pytest.raises(InputError) as caught:
        run(Values, path, switches)
    assert str(caught.value).startswith(f"{path}: column v: expected ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
