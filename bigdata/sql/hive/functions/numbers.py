"""Hive's functions on numbers.

A double is rounded by its shortest decimal digits (2.675 to two digits is 2.68), as Java's BigDecimal.valueOf does.
Logarithms, roots and arc sines of what has none are NULL.

Sources: Hive 3.1's GenericUDFRound, RoundUtils, GenericUDFFloorCeilBase, GenericUDFAbs, GenericUDFPosMod,
GenericUDFTrunc, GenericUDFWidthBucket, UDFLog, UDFConv, UDFSign, UDFRand; java.util.Random.
"""

from __future__ import annotations

import math

from bigdata.errors import UsageError
from bigdata.sql.common_types import comparison_type
from bigdata.sql.hive.casts import BITS, cast, implicit
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java.numbers import CALLS
from bigdata.sql.hive.library import function, macro
from bigdata.sql.hive.operators import arithmetic, exactly, negated, result_type, wrapped
from bigdata.sql.types import BIGINT, DOUBLE, INT, MOST_DIGITS, HiveType

_WHOLE = ("tinyint", "smallint", "int")

# whether a number lies so near the middle of two whole ones that its decimal digits decide, or has too many digits
macro("hive_undecided(n)", "NOT (abs(n) < 1e15 AND abs(abs(n) - floor(abs(n)) - 0.5) > abs(n) * 1e-15)")


def rounded_double(sql: str, digits: int) -> str:
    """A double's SQL rounded half up to digits after the point."""
    if digits >= 0:
        number = f"TRY_CAST(CAST({sql} AS VARCHAR) AS DECIMAL({MOST_DIGITS}, {min(digits, MOST_DIGITS)}))"
    else:
        # digits behind the point can't reach the place that decides
        number = f"round(TRY_CAST(CAST(trunc({sql}) AS VARCHAR) AS DECIMAL({MOST_DIGITS}, 0)), {digits})"
    # a double that has no room in 38 digits has none behind the point
    exact = f"coalesce(CAST(CAST({number} AS VARCHAR) AS DOUBLE), {sql})"
    if not 0 <= digits <= 22:
        return exact
    # a quotient of two numbers that are exact is exact to the last bit; + 0 makes zero of -0
    shifted, power = f"{sql} * 1e{digits}", f"1e{digits}"
    return f"CASE WHEN hive_undecided({shifted}) THEN {exact} ELSE round({shifted}) / {power} + 0 END"


def _digits(name: str, arguments: tuple[Typed, ...]) -> int | None:
    """The number of digits, which is 0 by itself; ``None`` where each row has its own."""
    if not arguments:
        return 0
    constant = arguments[0].constant
    if not (arguments[0].type.is_integer and isinstance(constant, int | None)):
        raise UsageError(f"{name}: expected a whole number of digits, got {arguments[0].type}.")
    return constant


def _roundable(name: str, value: Typed, arguments: tuple[Typed, ...]) -> tuple[HiveType, int | None]:
    """The type that a value is rounded in, and the number of digits."""
    kind, digits = DOUBLE if value.type.is_text else value.type, _digits(name, arguments)
    if not kind.is_number:
        raise UsageError(f"{name}({value.type}): expected a number.")
    if digits is None and kind.name == "decimal":
        raise UsageError(f"{name}: the number of digits of a decimal must be written out.")
    return kind, digits


def _round(value: Typed, *arguments: Typed) -> Typed:
    if void := _without_number(value, arguments):
        return void
    kind, digits = _roundable("round", value, arguments)
    sql = cast(value.sql, value.type, kind)
    if digits is None:
        return _rounded_by_row(sql, kind, arguments[0], to_even=False)
    if kind.is_integer:
        if digits >= 0:
            return value
        return Typed(f"hive_wrap_{BITS[kind.name]}(round(CAST({sql} AS HUGEINT), {max(digits, -MOST_DIGITS)}))", kind)
    if kind.name == "decimal":
        target = _rounded_type(kind, digits)
        rounded = f"round({sql}, {digits})" if digits < 0 else sql
        return Typed(f"TRY_CAST({rounded} AS {target.duckdb})", target)
    if kind.name == "float":
        return Typed(f"CAST({rounded_double(f'CAST({sql} AS DOUBLE)', digits)} AS FLOAT)", kind)
    return Typed(rounded_double(str(sql), digits), kind)


def _without_number(value: Typed, arguments: tuple[Typed, ...]) -> Typed | None:
    """NULL, if a NULL that is written out is rounded, or says the digits."""
    if "void" not in (value.type.name, *(argument.type.name for argument in arguments)):
        return None
    kind = DOUBLE if value.type.is_text else value.type
    return Typed(f"CAST(NULL AS {kind.duckdb})", kind)


def _rounded_type(kind: HiveType, digits: int) -> HiveType:
    precision, scale = kind.sizes
    whole = precision - scale + (1 if digits < scale else 0)
    kept = min(max(digits, 0), MOST_DIGITS)
    return HiveType("decimal", (min(whole + kept, MOST_DIGITS), kept))


def _rounded_by_row(sql: object, kind: HiveType, digits: object, *, to_even: bool) -> Typed:
    """A number that isn't a decimal, rounded by its decimal digits to a number of them that is known in a row."""
    if kind.name == "float":
        sql = f"CAST({sql} AS DOUBLE)"
    rounded = f"hive_rounded(CAST({sql} AS VARCHAR), {digits}, {to_even})"
    if kind.is_integer:
        return Typed(f"hive_wrap_{BITS[kind.name]}(CAST({rounded} AS HUGEINT))", kind)
    return Typed(f"CAST({rounded} AS {kind.duckdb})", kind)


def _bround(value: Typed, *arguments: Typed) -> Typed:
    if void := _without_number(value, arguments):
        return void
    kind, digits = _roundable("bround", value, arguments)
    sql = cast(value.sql, value.type, kind)
    if kind.name != "decimal":
        return _rounded_by_row(sql, kind, 0 if not arguments else arguments[0], to_even=True)
    assert digits is not None
    target = _rounded_type(kind, digits)
    return Typed(f"TRY_CAST(hive_rounded(CAST({sql} AS VARCHAR), {digits}, true) AS {target.duckdb})", target)


def trunc(value: Typed, *arguments: Typed) -> Typed:
    """A number cut to digits after the point, or before it where they are negative."""
    kind = value.type
    if kind.name == "decimal":
        digits = _roundable("trunc", value, arguments)[1]
        target = HiveType("decimal", (MOST_DIGITS, 18))  # a decimal without digits of its own
        return Typed(f"TRY_CAST(trunc({value}, {digits}) AS {target.duckdb})", target)
    places = f"CAST({arguments[0]} AS INTEGER)" if arguments else "0"
    if kind.is_integer:
        return Typed(f"CAST(trunc({value}, least({places}, 0)) AS {kind.duckdb})", kind)
    return Typed(f"CAST(hive_trunc_double(CAST({value} AS DOUBLE), {places}) AS {kind.duckdb})", kind)


def _abs(value: Typed) -> Typed:
    kind = INT if value.type.name in _WHOLE else value.type
    if kind.is_text or kind.name == "float":
        kind = DOUBLE
    if not kind.is_number:
        raise UsageError(f"abs({value.type}): expected a number.")
    sql = cast(value.sql, value.type, kind)
    if kind.is_integer:
        return Typed(wrapped("abs({0})", kind, str(sql)), kind)
    return Typed(f"abs({sql})", kind)


def _sign(value: Typed) -> Typed:
    if value.type.name == "decimal":
        return Typed(f"CAST(sign({value}) AS INTEGER)", INT)
    number = implicit(value.sql, value.type, DOUBLE)
    if number is None:
        raise UsageError(f"sign({value.type}): expected a number.")
    # what is no number is below zero, as it is neither zero nor above
    return Typed(f"CAST(CASE WHEN isnan({number}) THEN -1 ELSE sign({number}) END AS DOUBLE)", DOUBLE)


def _nearest_whole(name: str) -> list[Rule]:
    """``floor`` or ``ceil``."""

    def of_decimal(value: Typed) -> Typed:
        precision, scale = value.type.sizes
        target = HiveType("decimal", (min(precision - scale + 1, MOST_DIGITS), 0))
        return Typed(f"CAST({name}({value}) AS {target.duckdb})", target)

    def of_number(value: Typed) -> Typed:
        if value.type.name == "decimal":
            return of_decimal(value)
        if value.type.is_integer and value.type != BIGINT:
            return Typed(f"CAST({value} AS BIGINT)", BIGINT)
        return Typed(f"hive_cut_64({name}(CAST({value} AS DOUBLE)))", BIGINT)  # a bigint as a double, too

    return [Rule("number -> ?", of_number), Rule("double -> bigint", f"hive_cut_64({name}({{0}}))")]


def _pmod(left: Typed, right: Typed) -> Typed:
    kind = result_type("pmod", left, right)
    if kind is None:
        raise UsageError(f"pmod({left.type}, {right.type}): expected numbers.")
    if kind.name == "decimal":
        return Typed(exactly("pmod", left.sql, right.sql, kind), kind)
    small = isinstance(right.constant, int) and 2 * abs(right.constant) < 1 << (BITS.get(kind.name, 64) - 1)
    total = arithmetic("+", arithmetic("%", left, right, wrap=False), right, wrap=not small)
    return arithmetic("%", total, right, wrap=False)


def _shift(name: str) -> Rule:
    """A shift of bits: by the lower five bits of the count, or six for a bigint."""

    def shifted(value: Typed, places: Typed) -> Typed:
        kind = BIGINT if value.type == BIGINT else INT
        bits = BITS[kind.name]
        number, power = f"CAST({value} AS HUGEINT)", f"(1::HUGEINT << ({places} & {bits - 1}))"
        sql = {
            "left": f"{number} * {power}",
            "right": f"CAST({value} AS {kind.duckdb}) >> ({places} & {bits - 1})",
            "unsigned": f"({number} & {(1 << bits) - 1}::HUGEINT) // {power}",
        }[name]
        return Typed(f"hive_wrap_{bits}({sql})", kind)

    return Rule("integer, int -> ?", shifted)


def _width_bucket(value: Typed, low: Typed, high: Typed, buckets: Typed) -> str:
    kind: HiveType | None = value.type
    for other in (low, high):
        kind = kind and comparison_type(kind, other.type)
    kind = INT if kind is None or kind.name in _WHOLE else kind
    value, low, high = (Typed(str(cast(side.sql, side.type, kind)), kind) for side in (value, low, high))

    def share(part: Typed, whole: Typed) -> str:
        """The bucket after as many whole ones as lie before the value."""
        product = arithmetic("*", buckets, part, wrap=True)
        ratio = arithmetic("div" if product.type.is_integer else "/", product, whole, wrap=True)
        return f"CAST(floor({ratio}) AS INTEGER) + 1"

    def distance(left: Typed, right: Typed) -> Typed:
        return arithmetic("-", left, right, wrap=True)

    def refused(what: str, got: Typed) -> str:
        return f"CAST(hive_fail('width_bucket: {what} ' || {got}) AS INTEGER)"

    return f"""CASE WHEN {buckets} <= 0 THEN {refused("the number of buckets must be above 0; got", buckets)}
        WHEN {high} = {low} THEN {refused("the largest value must differ from the smallest; both are", low)}
        WHEN {high} > {low} THEN CASE WHEN {value} < {low} THEN 0 WHEN {value} >= {high} THEN {buckets} + 1
            WHEN {value} IS NOT NULL THEN {share(distance(value, low), distance(high, low))} END
        WHEN {value} > {low} THEN 0 WHEN {value} <= {high} THEN {buckets} + 1
        WHEN {value} IS NOT NULL THEN {share(distance(low, value), distance(low, high))} END"""


@function("hive_conv", ["VARCHAR", "INTEGER", "INTEGER"], "VARCHAR")
def conv(text: str, source: int, target: int) -> str | None:
    """A whole number's digits in another base, by way of 64 bits; signed where the base is negative.

    >>> conv("100", 2, 10), conv("-10", 16, -10), conv("-1", 10, 16), conv("9z", 10, 2)
    ('4', '-16', 'FFFFFFFFFFFFFFFF', '1001')
    """
    if not (2 <= source <= 36 and 2 <= abs(target) <= 36) or not text:
        return None
    negative, full = text.startswith("-"), 1 << 64
    value = 0
    for character in text[negative:]:
        if not (character.isascii() and character.isalnum()) or int(character, 36) >= source:
            break
        value = min(value * source + int(character, 36), full - 1)
    below = value >= full // 2
    if negative and target > 0:
        value = full - 1 if below else -value % full
    elif target < 0 and below:
        value, negative = full - value, True
    digits = ""
    while value:
        value, digit = divmod(value, abs(target))
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return ("-" if negative and target < 0 else "") + (digits or "0")


def _math(sql: str) -> Rule:
    return Rule("double -> double", sql)


def _positive(sql: str) -> Rule:
    """A function that is NULL for zero and what is below."""
    return Rule("double -> double", f"CASE WHEN {{0}} > 0 THEN {sql} END")


def _power(base: Typed, exponent: Typed) -> str:
    # a square is exact to the last bit in Java
    return f"({base} * {base})" if exponent.constant == 2 else f"pow({base}, {exponent})"


def _arc(name: str) -> Rule:
    """A function that is NULL beyond 1 and -1."""
    return _math(f"CASE WHEN abs({{0}}) <= 1 OR isnan({{0}}) THEN {name}({{0}}) END")


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "abs": Rule("primitive -> ?", _abs),
    "acos": _arc("acos"),
    "asin": _arc("asin"),
    "atan": _math("atan({0})"),
    "bround": Rule("primitive[, any] -> ?", _bround),
    "cbrt": Rule("number -> double", "hive_cbrt(CAST({0} AS DOUBLE))"),
    "ceil ceiling": _nearest_whole("ceil"),
    "conv": Rule("string, int, int -> string", "hive_conv({0}, {1}, {2})"),
    "cos": _math("cos({0})"),
    # Java's order of the operations, which decides the last bit
    "degrees": _math("({0} * 180::DOUBLE / pi())"),
    "e": Rule("-> double", f"{math.e!r}::DOUBLE"),
    "exp": _math("exp({0})"),
    "factorial": Rule(
        "integer -> bigint",
        "CASE WHEN {0} BETWEEN 0 AND 20 THEN CAST(factorial(greatest(least({0}, 20), 0)) AS BIGINT) END",
    ),
    "floor": _nearest_whole("floor"),
    "ln": _positive("ln({0})"),
    "log": [
        _positive("ln({0})"),
        Rule("double, double -> double", "CASE WHEN {0} > 1 AND {1} > 0 THEN ln({1}) / ln({0}) END"),
    ],
    "log10": _positive("log10({0})"),
    "log2": _positive("ln({0}) / ln(2::DOUBLE)"),
    "mod": Rule("primitive, primitive -> ?", lambda left, right: arithmetic("%", left, right, wrap=True)),
    "negative": Rule("primitive -> ?", lambda value: negated(value, wrap=True)),
    "pi": Rule("-> double", f"{math.pi!r}::DOUBLE"),
    "pmod": Rule("primitive, primitive -> ?", _pmod),
    "positive": Rule("primitive -> same", "{0}"),
    "pow power": Rule("double, double -> double", _power),
    "radians": _math("({0} / 180::DOUBLE * pi())"),
    "rand": [
        Rule("-> double", "random()"),
        Rule("bigint -> double", lambda seed: f"hive_rand({seed}, {next(CALLS)})"),
    ],
    "round": Rule("primitive[, any] -> ?", _round),
    "shiftleft": _shift("left"),
    "shiftright": _shift("right"),
    "shiftrightunsigned": _shift("unsigned"),
    "sign": Rule("primitive -> ?", _sign),
    "sin": _math("sin({0})"),
    "sqrt": Rule("double -> double", "CASE WHEN {0} >= 0 THEN sqrt({0}) END"),
    "tan": _math("tan({0})"),
    "width_bucket": Rule("number, number, number, int -> int", _width_bucket),
}
