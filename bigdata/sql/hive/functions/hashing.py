"""Hive's hash and murmur_hash, over values of every type.

``hash`` is Java's ``31 * h + next`` over the hash codes of the arguments, modulo 2^32; ``murmur_hash`` is the same over
Murmur3 of their bytes. By the one or the other Hive puts rows into buckets.

Sources: Hive 3.1's ObjectInspectorUtils (getBucketHashCodeOld, getBucketHashCode) and Murmur3; java.math.BigDecimal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from bigdata.errors import UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import function, macro
from bigdata.sql.types import ZONED, HiveType, fine, literal

_SEED = 104729
_Words = np.ndarray[Any, np.dtype[np.uint32]]

macro(
    "hive_low_32(number)",
    "CAST((((number & 4294967295) + 2147483648) & 4294967295) - 2147483648 AS INTEGER)",
)
macro("hive_hash_long(number)", "hive_low_32(xor(number >> 32, number))")
macro("hive_hash_next(before, next)", "hive_low_32(CAST(before AS BIGINT) * 31 + next)")


def _nullable(codes: Any, values: Any) -> Any:
    """Hash codes, but NULL for NULL."""
    return pa.array(codes.view(np.int32), mask=values.is_null().to_numpy(zero_copy_only=False))


def _bytes(values: Any) -> tuple[Any, Any, Any]:
    """The bytes of a column's values, where each begins, and how long it is."""
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    array = array.cast(pa.large_binary()).fill_null(b"")
    offsets = np.frombuffer(array.buffers()[1], np.int64, len(array) + 1, array.offset * 8)
    data = array.buffers()[2]
    return np.frombuffer(data or b"", np.int8), offsets[:-1], np.diff(offsets)


def _codes(values: Any, seed: int) -> Any:
    """The sums ``31 * h + byte`` of each value's bytes, column by column of the longest."""
    data, starts, sizes = _bytes(values)
    codes = np.full(len(starts), seed, np.uint32)
    order = np.argsort(-sizes, kind="stable")
    for place in range(sizes.max(initial=0)):
        rows = order[: np.count_nonzero(sizes > place)]
        codes[rows] = codes[rows] * np.uint32(31) + data[starts[rows] + place].astype(np.uint32)
    return _nullable(codes, values)


@function("hive_hash_text", ["VARCHAR"], "INTEGER", arrow=True)
def hash_text(texts: Any) -> Any:
    """The hash code of a string, over its bytes.

    >>> hash_text(pa.array(["ab", ""])).to_pylist()
    [3105, 0]
    """
    return _codes(texts, 0)


@function("hive_hash_bytes", ["BLOB"], "INTEGER", arrow=True)
def hash_bytes(values: Any) -> Any:
    """The hash code of bytes, and of a varchar's and a char's, which begins with 1."""
    return _codes(values, 1)


def _rotated(words: _Words, bits: int) -> _Words:
    return (words << np.uint32(bits)) | (words >> np.uint32(32 - bits))


def _mixed(words: _Words) -> _Words:
    return _rotated(words * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)


@function("hive_murmur", ["BLOB"], "INTEGER", arrow=True)
def murmur(values: Any) -> Any:
    """Murmur3 of bytes in 32 bits; the bytes that fill no word have a sign, as in Hive's.

    >>> murmur(pa.array([b"abcd"])).to_pylist()
    [-873246740]
    """
    data, starts, sizes = _bytes(values)
    codes = np.full(len(starts), _SEED, np.uint32)
    words = sizes // 4
    order = np.argsort(-words, kind="stable")
    for word in range(words.max(initial=0)):
        rows = order[: np.count_nonzero(words > word)]
        places = starts[rows] + 4 * word
        value = sum(
            (data[places + byte].astype(np.uint8).astype(np.uint32) << np.uint32(8 * byte) for byte in range(4)),
            start=np.zeros(len(rows), np.uint32),
        )
        codes[rows] = _rotated(codes[rows] ^ _mixed(value), 13) * np.uint32(5) + np.uint32(0xE6546B64)
    tails, rest = starts + 4 * words, sizes - 4 * words
    value = np.zeros(len(starts), np.uint32)
    for byte in range(3):
        rows = np.flatnonzero(rest > byte)
        value[rows] ^= data[tails[rows] + byte].astype(np.uint32) << np.uint32(8 * byte)
    codes ^= np.where(rest > 0, _mixed(value), np.uint32(0)).astype(np.uint32)
    codes ^= sizes.astype(np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        codes = (codes ^ (codes >> np.uint32(shift))) * np.uint32(factor)
    return _nullable(codes ^ (codes >> np.uint32(16)), values)


def _bits(numbers: Any, real: str, whole: str) -> Any:
    """The bits of floating numbers; all NaNs have the same."""
    values = numbers.to_numpy(zero_copy_only=False).astype(real)
    bits = np.where(np.isnan(values), np.array(np.nan, real), values).view(whole)
    return pa.array(bits, mask=numbers.is_null().to_numpy(zero_copy_only=False))


@function("hive_float_bits", ["FLOAT"], "INTEGER", arrow=True)
def float_bits(numbers: Any) -> Any:
    """Java's Float.floatToIntBits.

    >>> float_bits(pa.array([1.5], pa.float32())).to_pylist()
    [1069547520]
    """
    return _bits(numbers, "float32", "int32")


@function("hive_double_bits", ["DOUBLE"], "BIGINT", arrow=True)
def double_bits(numbers: Any) -> Any:
    """Java's Double.doubleToLongBits."""
    return _bits(numbers, "float64", "int64")


@function("hive_hash_decimal", ["VARCHAR"], "INTEGER")
def hash_decimal(digits: str) -> int:
    """The hash code of a BigDecimal without zeros at its end.

    >>> hash_decimal("1.10"), hash_decimal("-12.5")
    (342, -3874)
    """
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    unscaled = int(whole + fraction or "0")  # DuckDB shows a decimal(3,3) as .000
    code, size = 0, (abs(unscaled).bit_length() + 31) // 32
    for word in reversed(range(size)):
        code = code * 31 + (abs(unscaled) >> 32 * word & 0xFFFFFFFF)
    return _signed(31 * (code if unscaled >= 0 else -code) + len(fraction))


@function("hive_hash_timestamp", ["HUGEINT"], "INTEGER")
def hash_timestamp(nanoseconds: int) -> int:
    """The hash code of TimestampWritable, of nanoseconds since 1970.

    >>> hash_timestamp(-500000000)
    573741823
    """
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    bits = (seconds << 30 | fraction) & 0xFFFFFFFFFFFFFFFF
    return _signed(bits >> 32 ^ bits)


@function("hive_hash_instant", ["HUGEINT"], "INTEGER")
def hash_instant(nanoseconds: int) -> int:
    """The hash code of java.time.Instant, of nanoseconds since 1970.

    >>> hash_instant(1583663400_500000000)
    1313859624
    """
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    return _signed((seconds ^ seconds >> 32) + 51 * fraction)


@function("hive_hash_interval", ["HUGEINT"], "INTEGER")
def hash_interval(nanoseconds: int) -> int:
    """The hash code of an interval of days to seconds: commons-lang's HashCodeBuilder over seconds and nanoseconds.

    >>> hash_interval(93784500000000)
    503493281
    """
    sign = -1 if nanoseconds < 0 else 1
    seconds, fraction = divmod(abs(nanoseconds), 1_000_000_000)
    seconds *= sign
    return _signed((17 * 37 + (seconds ^ seconds >> 32)) * 37 + sign * fraction)


@function("hive_decimal_bytes", ["VARCHAR"], "BLOB")
def decimal_bytes(digits: str) -> bytes:
    """The bytes of a decimal's digits, without zeros after the point at its end, as BigInteger.toByteArray has them.

    >>> decimal_bytes("1.10"), decimal_bytes("128")
    (b'\\x0b', b'\\x00\\x80')
    """
    whole, _, fraction = digits.partition(".")
    unscaled = int(whole + fraction.rstrip("0") or "0")
    size = ((unscaled if unscaled >= 0 else ~unscaled).bit_length() + 8) // 8
    return unscaled.to_bytes(size, "big", signed=True)


@function("hive_timestamp_bytes", ["HUGEINT"], "BLOB")
def timestamp_bytes(nanoseconds: int) -> bytes:
    """The bytes of TimestampWritableV2: 31 bits of the seconds, the fraction's digits backwards, and the other bits.

    >>> timestamp_bytes(1577934245100000000).hex(), timestamp_bytes(-500000000).hex()
    ('de0d5da501', 'fffffffffaff')
    """
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    beyond = not 0 <= seconds < 1 << 31
    backwards = int(f"{fraction:09d}"[::-1])
    if not beyond and not backwards:
        return seconds.to_bytes(4, "big")
    head = (seconds & 0x7FFFFFFF | 0x80000000).to_bytes(4, "big")
    return head + (_vlong(-backwards - 1) + _vlong(seconds >> 31) if beyond else _vlong(backwards))


def _vlong(number: int) -> bytes:
    """A whole number in as few bytes as it needs, as Hadoop's WritableUtils writes it."""
    if -112 <= number < 128:
        return number.to_bytes(1, "big", signed=True)
    rest, first = (number, -112) if number >= 0 else (~number, -120)
    size = (rest.bit_length() + 7) // 8
    return bytes([first - size & 0xFF]) + rest.to_bytes(size, "big")


def _signed(number: int) -> int:
    return (number + 0x80000000 & 0xFFFFFFFF) - 0x80000000


#: the hash codes of types as SQL
_HASHES = {
    "void": "0",
    "boolean": "CAST({0} AS INTEGER)",
    "tinyint": "{0}",
    "smallint": "{0}",
    "int": "{0}",
    "bigint": "hive_hash_long({0})",
    "float": "hive_float_bits({0})",
    "double": "hive_hash_long(hive_double_bits({0}))",
    "decimal": "hive_hash_decimal(CAST({0} AS VARCHAR))",
    "string": "hive_hash_text({0})",
    "varchar": "hive_hash_bytes(encode({0}))",
    "char": "hive_hash_bytes(encode({0}))",
    "binary": "hive_hash_bytes({0})",
    "date": "date_diff('day', DATE '1970-01-01', {0})",
    "timestamp": "hive_hash_timestamp(CAST({0} * 1000000000 AS HUGEINT))",
    ZONED: "hive_hash_instant(CAST({0} * 1000000000 AS HUGEINT))",
    "interval_year_month": "(date_part('year', {0}) * 12 + date_part('month', {0}))",
    "interval_day_time": "hive_hash_interval(CAST({0} * 1000000000 AS HUGEINT))",
}


def _big_endian(sql: str, digits: int) -> str:
    """SQL of the Murmur3 of a whole number's bytes, from the highest; two hexadecimal digits are a byte."""
    return f"hive_murmur(unhex(right(lpad(hex(CAST({sql} AS BIGINT)), 16, '0'), {digits})))"


_MURMURS = {
    **{name: _HASHES[name] for name in ("void", "boolean", "tinyint")},
    "smallint": _big_endian("{0}", 4),
    "int": _big_endian("{0}", 8),
    "bigint": _big_endian("{0}", 16),
    # Hive takes the bits for a number, and hashes the bits of that
    "float": _big_endian("hive_float_bits(CAST(hive_float_bits({0}) AS FLOAT))", 8),
    "double": _big_endian("hive_double_bits(CAST(hive_double_bits({0}) AS DOUBLE))", 16),
    "decimal": "hive_murmur(hive_decimal_bytes(CAST({0} AS VARCHAR)))",
    "string": "hive_murmur(encode({0}))",
    "varchar": "hive_murmur(encode({0}))",
    "char": "hive_murmur(encode({0}))",
    "binary": "hive_murmur({0})",
    "date": _big_endian(_HASHES["date"], 8),
    **dict.fromkeys(("timestamp", ZONED), "hive_murmur(hive_timestamp_bytes(CAST({0} * 1000000000 AS HUGEINT)))"),
    "interval_year_month": _big_endian(_HASHES["interval_year_month"], 8),
    "interval_day_time": _big_endian(_HASHES["interval_day_time"], 8),
}


def hash_sql(sql: str, kind: HiveType, codes: dict[str, str] = _HASHES, depth: int = 0) -> str:
    """SQL of the hash code of a value; that of NULL is 0.

    :param codes: templates for the types that aren't nested
    :raises UsageError: for a type that has none

    >>> from bigdata.sql.types import INT, array
    >>> hash_sql("x", INT)
    'coalesce(x, 0)'
    """
    value = f"v{depth}"
    if kind.name == "array":
        member = hash_sql(value, kind.members[0], codes, depth + 1)
        code = f"list_reduce(list_transform({sql}, lambda {value}: {member}), lambda a, b: hive_hash_next(a, b), 0)"
    elif kind.name == "map":
        key = hash_sql(f"{value}.key", kind.members[0], codes, depth + 1)
        held = hash_sql(f"{value}.value", kind.members[1], _HASHES, depth + 1)
        entries = f"list_transform(map_entries({sql}), lambda {value}: xor(CAST({key} AS INTEGER), {held}))"
        code = f"hive_low_32(coalesce(list_sum({entries}), 0))"
    elif kind.name == "struct":
        members = [
            hash_sql(f"struct_extract({sql}, {literal(name)})", member, codes, depth) for name, member in kind.fields
        ]
        code = _sum(members)
    elif kind.name == "uniontype":
        cases = " ".join(
            f"WHEN {tag} THEN {hash_sql(f'({sql}).f{tag}', member, codes, depth)}"
            for tag, member in enumerate(kind.members)
        )
        code = f"CASE struct_extract({sql}, 'tag') {cases} END"
    elif kind.name in codes:
        code = codes[kind.name].format(
            cast(sql, kind, fine(kind)) if kind.name in ("timestamp", ZONED, "interval_day_time") else sql
        )
    else:
        raise UsageError(f"There is no hash code of a {kind}. Cast it to a string.")
    return f"coalesce({code}, 0)"


def _sum(codes: list[str]) -> str:
    """``31 * h + next`` over some hash codes."""
    factors = [pow(31, power, 1 << 32) for power in reversed(range(len(codes)))]
    return f"hive_low_32({' + '.join(f'{factor}::HUGEINT * {code}' for factor, code in zip(factors, codes))})"


def _hash(*arguments: Typed) -> str:
    return _sum([hash_sql(argument.sql, argument.type) for argument in arguments])


def _murmur_hash(*arguments: Typed) -> str:
    return _sum([hash_sql(argument.sql, argument.type, _MURMURS) for argument in arguments])


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "hash": Rule("any, any* -> int", _hash),
    "murmur_hash": Rule("any, any* -> int", _murmur_hash),
}
