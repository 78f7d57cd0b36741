"""Numbers as Java computes them: exact decimals, rounding by decimal digits, random numbers, cube roots.

Sources: the documentation of java.math.BigDecimal and java.util.Random; Hive's RoundUtils and GenericUDFTrunc; the cube
root of FreeBSD's msun, which java.lang.StrictMath has too.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from itertools import count
from typing import Any

import numpy
import pyarrow

from bigdata.sql.hive.library import function
from bigdata.sql.types import MOST_DIGITS

_CONTEXT = Context(prec=120, rounding=ROUND_HALF_UP)


@function("hive_exact", ["VARCHAR", "VARCHAR", "VARCHAR", "INTEGER"], "VARCHAR")
def exact(op: str, left: str, right: str, scale: int) -> str | None:
    """Two decimals' sum, difference, product, quotient, remainder or positive remainder to digits after the point.

    A product that has more than 38 digits before it is rounded is ``None``, as Hive's is.

    >>> exact("/", "2", "3", 6), exact("%", "-7.5", "2", 1), exact("/", "1", "0", 6)
    ('0.666667', '-1.5', None)
    """
    a, b = Decimal(left), Decimal(right)
    if op in ("/", "%", "pmod") and not b:
        return None
    if op == "pmod":
        op, a = "%", _CONTEXT.add(_CONTEXT.remainder(a, b), b)
    compute = {
        "+": _CONTEXT.add,
        "-": _CONTEXT.subtract,
        "*": _CONTEXT.multiply,
        "/": _CONTEXT.divide,
        "%": _CONTEXT.remainder,
    }[op]
    result = compute(a, b)
    if op == "*" and _precision(_CONTEXT.normalize(result)) > MOST_DIGITS:
        return None
    return format(result.quantize(Decimal(1).scaleb(-scale), context=_CONTEXT), "f")


def _precision(number: Decimal) -> int:
    """The digits of a decimal before and after the point."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return max(len(digits) + max(exponent, 0), -exponent)


@function("hive_rounded", ["VARCHAR", "BIGINT", "BOOLEAN"], "VARCHAR")
def rounded(text: str, digits: int, to_even: bool) -> str:
    """A number's text rounded to digits after the point; from the middle away from zero, or to an even last digit.

    >>> rounded("2.5", 0, True), rounded("25", -1, True), rounded("1.15", 1, False), rounded("5", -(10**9), True)
    ('2', '20', '1.2', '0')
    """
    number = Decimal(text)
    if not number.is_finite():
        return text
    if number.adjusted() < -digits - 1:  # less than a tenth of what is counted
        return "0"
    if number.as_tuple().exponent < -digits:  # type: ignore[operator]
        way = ROUND_HALF_EVEN if to_even else ROUND_HALF_UP
        number = number.quantize(Decimal(1).scaleb(-digits), way, _CONTEXT)
    return format(number or Decimal(0), "f")


@function("hive_trunc_double", ["DOUBLE", "INTEGER"], "DOUBLE")
def trunc_double(number: float, digits: int) -> float:
    """A double cut to digits after the point, by its exact value; Hive keeps 64 bits of what is left of the cut.

    >>> trunc_double(1234567891.1234567891, 4), trunc_double(1234567891.1234567891, -4), trunc_double(0.29, 2)
    (1234567891.1234, 1234560000.0, 0.28)
    """
    power = Decimal(10) ** digits
    whole = int((Decimal(number) * power).to_integral_value(ROUND_DOWN))
    return float(Decimal((whole + (1 << 63)) % (1 << 64) - (1 << 63)) / power)


#: the states of the latest calls of rand(seed), each with its own sequence
_STATES: OrderedDict[int, int] = OrderedDict()
#: a number for each call of rand in a script
CALLS = count()
_MASK = (1 << 48) - 1


@function("hive_rand", ["BIGINT", "BIGINT"], "DOUBLE", arrow=True, volatile=True)
def rand(seeds: Any, calls: Any) -> Any:
    """The next numbers of the sequence that java.util.Random gives for a seed, a row each.

    >>> rand(pyarrow.array([0, 0]), pyarrow.array([-1, -1])).to_pylist()
    [0.730967787376657, 0.24053641567148587]
    """
    call = calls[0].as_py()
    state = _STATES.get(call, ((seeds[0].as_py() or 0) ^ 0x5DEECE66D) & _MASK)
    numbers = []
    for _ in range(len(calls)):
        high = state = (state * 0x5DEECE66D + 0xB) & _MASK
        state = (state * 0x5DEECE66D + 0xB) & _MASK
        numbers.append(((high >> 22 << 27) + (state >> 21)) * math.ldexp(1, -53))
    _STATES[call] = state
    while len(_STATES) > 1000:
        _STATES.popitem(last=False)
    return pyarrow.array(numbers, pyarrow.float64())


@function("hive_cbrt", ["DOUBLE"], "DOUBLE", arrow=True)
def cbrt(numbers: Any) -> Any:
    """Cube roots to the last bit as Java's: a third of the exponent, a polynomial, and a step of Newton's.

    >>> cbrt(pyarrow.array([27.0, -8.0, None])).to_pylist()
    [3.0, -2.0, None]
    """
    values = numbers.to_numpy(zero_copy_only=False)
    with numpy.errstate(all="ignore"):
        size = numpy.abs(values)
        tiny = size < 2.0**-1022
        high = (numpy.where(tiny, size * 2.0**54, size).view(numpy.int64) >> 32) // 3
        root = (high + numpy.where(tiny, 696219795, 715094163) << 32).view(numpy.float64)
        step = 19 / 35 + root * root / size * root
        root = root * (5 / 14 + 45 / 28 / (step + 99 / 70 - 864 / 1225 / step))
        # twenty bits, so that the square is exact
        root = ((root.view(numpy.int64) >> 32) + 1 << 32).view(numpy.float64)
        rest = size / (root * root)
        root = root + root * ((rest - root) / (root + root + rest))
    roots = numpy.copysign(numpy.where((size == 0) | ~numpy.isfinite(size), size, root), values)
    return pyarrow.array(roots, pyarrow.float64(), mask=numpy.asarray(numbers.is_null()))
