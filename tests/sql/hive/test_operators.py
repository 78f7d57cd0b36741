"""Hive's operators against Python's decimals and whole numbers."""

from decimal import ROUND_HALF_UP, Context, Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata.errors import UsageError
from bigdata.sql.hive import library
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.operators import arithmetic, compare, inverted, negated, result_type
from bigdata.sql.types import BIGINT, BOOLEAN, DATE, DOUBLE, INT, STRING, HiveType, decimal, parse_type

EXACT = Context(prec=200, rounding=ROUND_HALF_UP)
COMPUTE = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
    "%": EXACT.remainder,
}


@pytest.fixture(scope="module")
def database():
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    return connection, set()


def value(database, made: Typed):
    connection, known = database
    library.define(connection, made.sql, known)
    held, kind = connection.execute(f"SELECT v, typeof(v) FROM (SELECT {made} AS v)").fetchall()[0]
    return held, kind.replace(",", ", ")


@st.composite
def decimals(draw):
    """A decimal of some type, whose digits may be few or as many as the type has."""
    precision = draw(st.sampled_from([1, 5, 9, 15, 18, 20, 30, 38]))
    scale = draw(st.integers(0, precision))
    digits = draw(st.one_of(st.just(10**precision - 1), st.integers(0, 10**precision - 1), st.integers(0, 9)))
    number = Decimal(digits * draw(st.sampled_from([1, -1]))).scaleb(-scale, EXACT)
    kind = HiveType("decimal", (precision, scale))
    return number, Typed(f"CAST('{number:f}' AS {kind.duckdb})", kind)


def digits(number: Decimal) -> int:
    """Those before and after the point."""
    _, shown, exponent = number.as_tuple()
    return max(len(shown) + max(exponent, 0), -exponent)


@settings(max_examples=200, deadline=None)
@given(op=st.sampled_from("+-*/%"), left=decimals(), right=decimals())
def test_decimals_are_exact_to_the_digits_of_their_type(database, op, left, right):
    expected = None
    kind = result_type(op, left[1], right[1])
    precision, scale = kind.sizes
    if right[0] or op not in "/%":
        exact = COMPUTE[op](left[0], right[0])
        rounded = exact.quantize(Decimal(1).scaleb(-scale), context=EXACT)
        # HiveDecimal.multiply gives no product that has no room in 38 digits, which rounding could spare
        has_room = op != "*" or digits(EXACT.normalize(exact)) <= 38
        expected = rounded if has_room and EXACT.abs(rounded) < Decimal(10) ** (precision - scale) else None
    assert value(database, arithmetic(op, left[1], right[1], wrap=True)) == (expected, kind.duckdb)
    try:
        fast, fast_kind = value(database, arithmetic(op, left[1], right[1], wrap=False))
    except duckdb.OutOfRangeException:
        return
    assert fast == expected
    assert fast_kind.partition(", ")[2] == kind.duckdb.partition(", ")[2]


BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}


@st.composite
def whole_numbers(draw):
    name = draw(st.sampled_from(list(BITS)))
    half = 1 << (BITS[name] - 1)
    number = draw(st.one_of(st.sampled_from([-half, half - 1, 0, -1]), st.integers(-half, half - 1)))
    kind = HiveType(name)
    return number, Typed(f"CAST({number} AS {kind.duckdb})", kind)


def wrapped(number: int, kind: HiveType) -> int:
    half = 1 << (BITS[kind.name] - 1)
    return (number + half) % (2 * half) - half


@settings(max_examples=200, deadline=None)
@given(op=st.sampled_from(["+", "-", "*", "div", "%"]), left=whole_numbers(), right=whole_numbers())
def test_whole_numbers_wrap_around(database, op, left, right):
    kind = result_type(op, left[1], right[1])
    a, b = left[0], right[0]
    expected = None
    if b or op not in ("div", "%"):
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1) if b else 0
        exact = {"+": a + b, "-": a - b, "*": a * b, "div": quotient, "%": a - quotient * b}[op]
        expected = wrapped(exact, kind)
    assert value(database, arithmetic(op, left[1], right[1], wrap=True)) == (expected, kind.duckdb)


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        # Hive's GenericUDFBaseNumeric and the classes of each operator
        ("+", "tinyint", "int", "int"),
        ("+", "bigint", "float", "float"),
        ("+", "string", "bigint", "double"),
        ("+", "decimal(10,2)", "int", "decimal(13,2)"),
        ("+", "decimal(38,10)", "decimal(38,10)", "decimal(38,9)"),
        ("-", "decimal(10,2)", "decimal(5,4)", "decimal(13,4)"),
        ("*", "decimal(15,2)", "decimal(16,2)", "decimal(32,4)"),
        ("*", "decimal(38,18)", "decimal(38,18)", "decimal(38,6)"),
        ("/", "int", "int", "double"),
        ("/", "decimal(15,2)", "decimal(15,2)", "decimal(33,18)"),
        ("/", "float", "decimal(5,2)", "double"),
        ("%", "decimal(10,2)", "decimal(5,4)", "decimal(5,4)"),
        ("pmod", "decimal(10,2)", "decimal(5,4)", "decimal(12,4)"),
        ("div", "tinyint", "int", "bigint"),
        ("&", "tinyint", "smallint", "smallint"),
        ("+", "void", "int", "int"),
    ],
)
def test_types_of_results(op, left, right, expected):
    assert str(result_type(op, Typed("a", parse_type(left)), Typed("b", parse_type(right)))) == expected


@pytest.mark.parametrize(
    ("op", "left", "right"), [("+", BOOLEAN, INT), ("div", DOUBLE, INT), ("&", STRING, INT), ("*", DATE, INT)]
)
def test_types_without_an_operator_are_refused(op, left, right):
    with pytest.raises(UsageError, match="has no meaning"):
        arithmetic(op, Typed("a", left), Typed("b", right), wrap=False)


def test_one_operand():
    assert str(negated(Typed("a", BIGINT), wrap=True)) == "hive_wrap_64(-CAST(a AS HUGEINT))"
    assert negated(Typed("2.5", decimal(2, 1), Decimal("2.5")), wrap=False).constant == Decimal("-2.5")
    assert inverted(Typed("a", INT)).type == INT
    with pytest.raises(UsageError, match="whole number"):
        inverted(Typed("a", DOUBLE))


def test_columns_of_one_type_are_compared_without_conversion():
    assert str(compare("=", Typed("a", BIGINT), Typed("b", INT))) == "(a = b)"
