"""Values as LazyBinarySerDe has them in bytes: numbers of a fixed or variable length, texts and nested values.

Within a value texts have their length before them and nested values their size; a value that is a cell by itself has
neither. Of nested values bits say which members are there. A timestamp is its seconds, then its fraction with the
digits in reverse, whose sign says that seconds beyond 31 bits follow.

Source: Hive's LazyBinarySerDe, TimestampWritableV2 and HiveDecimalWritable.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.serdes.writables import read_vint, vint
from bigdata.sql.types import HiveType

#: gives a value, and the place behind it
Decode = Callable[[bytes, int], tuple[Any, int]]
#: gives the value between two places
DecodeCell = Callable[[bytes, int, int], Any]
Encode = Callable[[Any], bytes]

#: what stands for an empty string where no bytes mean NULL; no text begins with it
EMPTY = b"\xbf"
_FIXED = {name: struct.Struct(form) for name, form in zip(("boolean", "tinyint", "smallint"), ("?", "b", ">h"))}
_FIXED |= {"float": struct.Struct(">f"), "double": struct.Struct(">d")}
_DAY_ZERO = date(1970, 1, 1).toordinal()
#: as many digits as a decimal has
_DIGITS = Context(prec=38)
_SECONDS, _FLAG = (1 << 31) - 1, 1 << 31


def cell_decoder(kind: HiveType) -> DecodeCell:
    """What reads a value that is a cell by itself.

    :raises UsageError: for a type that has no such bytes

    >>> from bigdata.sql.types import parse_type
    >>> cell_decoder(parse_type("array<int>"))(bytes([3, 0b101, 7, 9]), 0, 4)
    [7, None, 9]
    """
    if kind.name == "char":
        return lambda data, start, end: data[start:end].decode("utf-8", "replace").rstrip(" ")
    if kind.is_text:
        return lambda data, start, end: "" if data[start:end] == EMPTY else data[start:end].decode("utf-8", "replace")
    if kind.name == "binary":
        return lambda data, start, end: data[start:end]
    if kind.name == "array":
        member = decoder(kind.members[0])
        return lambda data, start, end: _members(data, start, [member])
    if kind.name == "map":
        pair = [decoder(member) for member in kind.members]
        return lambda data, start, end: _entries(_members(data, start, pair))
    if kind.name == "struct":
        members = [(name, decoder(member)) for name, member in kind.fields]
        return lambda data, start, end: _struct(data, start, end, members)
    decode = decoder(kind)
    return lambda data, start, end: decode(data, start)[0]


def decoder(kind: HiveType) -> Decode:
    """What reads a value that others follow."""
    if kind.name in _FIXED:
        form = _FIXED[kind.name]
        return lambda data, place: (form.unpack_from(data, place)[0], place + form.size)
    if kind.name in ("int", "bigint", "date"):
        return read_vint
    if kind.name == "timestamp":
        return _timestamp
    if kind.name == "decimal":
        return _decimal
    if not (kind.is_text or kind.name in ("binary", "array", "map", "struct")):
        raise UsageError(f"LazyBinarySerDe has no {kind} here. Store the column in another format, such as ORC.")
    cell = cell_decoder(kind)
    sized = read_vint if kind.is_primitive else _size

    def decode(data: bytes, place: int) -> tuple[Any, int]:
        length, start = sized(data, place)
        return cell(data, start, start + length), start + length

    return decode


def _size(data: bytes, place: int) -> tuple[int, int]:
    return int.from_bytes(data[place : place + 4], "big"), place + 4


def _members(data: bytes, start: int, decoders: Sequence[Decode]) -> list[Any]:
    """The members of a list, or the keys and values of a map in turn."""
    count, place = read_vint(data, start)
    count *= len(decoders)
    bits, place = place, place + (count + 7) // 8
    found = []
    for number in range(count):
        value = None
        if data[bits + number // 8] >> number % 8 & 1:
            value, place = decoders[number % len(decoders)](data, place)
        found.append(value)
    return found


def _entries(members: list[Any]) -> list[tuple[Any, Any]]:
    found: dict[Any, Any] = {}
    for key, value in zip(members[::2], members[1::2]):
        if key is not None:
            found.setdefault(key, value)
    return list(found.items())


def _struct(data: bytes, place: int, end: int, members: Sequence[tuple[str, Decode]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    bits = 0
    for number, (name, decode) in enumerate(members):
        if number % 8 == 0:
            bits, place = (data[place], place + 1) if place < end else (0, place)
        found[name] = None
        if bits >> number % 8 & 1:
            found[name], place = decode(data, place)
    return found


def _timestamp(data: bytes, place: int) -> tuple[Decimal, int]:
    """Seconds since 1970."""
    first, place = _size(data, place)
    seconds, nanoseconds = first & _SECONDS, 0
    if first & _FLAG:
        reverse, place = read_vint(data, place)
        if reverse < 0:
            more, place = read_vint(data, place)
            seconds += more << 31
            reverse = -reverse - 1
        nanoseconds = int(str(reverse)[::-1].ljust(9, "0"))
    return Decimal(seconds * 10**9 + nanoseconds).scaleb(-9), place


def _decimal(data: bytes, place: int) -> tuple[Decimal, int]:
    scale, place = read_vint(data, place)
    length, place = read_vint(data, place)
    number = int.from_bytes(data[place : place + length], "big", signed=True)
    return Decimal(number).scaleb(-scale, _DIGITS), place + length


def cell_encoder(kind: HiveType) -> Encode:
    """What writes a value that is a cell by itself.

    >>> from bigdata.sql.types import parse_type
    >>> cell_encoder(parse_type("struct<a:int,b:string>"))({"a": None, "b": "x"})
    b'\\x02\\x01x'
    """
    if kind.name == "string":
        return lambda value: value.encode() or EMPTY
    if kind.is_text:
        return _text(kind)
    if kind.name == "binary":
        return _bytes
    if kind.name == "array":
        member = encoder(kind.members[0])
        return lambda value: vint(len(value)) + packed([(member, one) for one in value], len(value))
    if kind.name == "map":
        pair = [encoder(member) for member in kind.members]
        return lambda value: (
            vint(len(value)) + packed([one for entry in value for one in zip(pair, entry)], 2 * len(value))
        )
    if kind.name == "struct":
        members = [(name, encoder(member)) for name, member in kind.fields]
        return lambda value: packed([(encode, value[name]) for name, encode in members], 8)
    return encoder(kind)


def encoder(kind: HiveType) -> Encode:
    """What writes a value that others follow."""
    if kind.name in _FIXED:
        return _FIXED[kind.name].pack
    if kind.name in ("int", "bigint"):
        return vint
    if kind.name == "date":
        return lambda value: vint(value.toordinal() - _DAY_ZERO)
    if kind.name == "timestamp":
        return _timestamp_bytes
    if kind.name == "decimal":
        return _decimal_bytes
    if kind.is_text:
        text = _text(kind)
        return lambda value: vint(len(data := text(value))) + data
    if kind.name == "binary":
        return lambda value: vint(len(value)) + value
    if kind.name not in ("array", "map", "struct"):
        raise UsageError(f"LazyBinarySerDe has no {kind} here. Store the column in another format, such as ORC.")
    encode = cell_encoder(kind)
    return lambda value: struct.pack(">i", len(cell := encode(value))) + cell


def packed(members: Sequence[tuple[Encode, Any]], together: int) -> bytes:
    """Bits that say which members are there, and these; the bits of so many at a time come before them."""
    return b"".join(_run(members[start : start + together]) for start in range(0, len(members), max(together, 1)))


def _run(members: Sequence[tuple[Encode, Any]]) -> bytes:
    bits = sum(1 << number for number, (_, value) in enumerate(members) if value is not None)
    found = (encode(value) for encode, value in members if value is not None)
    return bits.to_bytes((len(members) + 7) // 8, "little") + b"".join(found)


def _text(kind: HiveType) -> Encode:
    """What writes a text, a char with all its blanks."""
    return (lambda value: value.ljust(kind.sizes[0]).encode()) if kind.name == "char" else str.encode


def _bytes(value: bytes) -> bytes:
    if not value:
        raise UsageError("LazyBinaryColumnarSerDe can't tell no bytes from NULL. Store the table with ColumnarSerDe.")
    return value


def _timestamp_bytes(value: Decimal) -> bytes:
    seconds, nanoseconds = divmod(int(value.scaleb(9)), 10**9)
    reverse = int(f"{nanoseconds:09d}"[::-1])
    beyond = not 0 <= seconds <= _SECONDS
    first = struct.pack(">I", (seconds & _SECONDS) | (_FLAG if beyond or reverse else 0))
    if beyond:
        return first + vint(-reverse - 1) + vint(seconds >> 31)
    return first + (vint(reverse) if reverse else b"")


def _decimal_bytes(value: Decimal) -> bytes:
    sign, digits, exponent = value.as_tuple()
    number, scale = int("".join(map(str, digits)) or 0), -int(exponent)
    while scale > 0 and number % 10 == 0:
        number, scale = number // 10, scale - 1
    number = -number if sign else number
    data = number.to_bytes((8 + (number + (number < 0)).bit_length()) // 8, "big", signed=True)
    return vint(scale) + vint(len(data)) + data
