"""Keys and values whose bytes sort as they do: numbers as numbers, text by its characters, either way up.

Every engine sorts encoded bytes, as Hadoop does, and JSON sorts 10 before 9. A job that cares sets
``INTERNAL_PROTOCOL = OrderedProtocol``; then its reducers get keys in order, lists item by item, and with
``SORT_VALUES = True`` the values of each key too. :class:`Descending` turns the order of what it holds around. That is
secondary sort with typed comparators, on every engine.

The order is that of the types, then of the values: ``None``, ``False``, ``True``, numbers, text, lists, dicts (as lists
of their keys and items, the keys in order), Descending. The float of a value comes before the whole number; NaN comes
after all numbers. A tuple is a list; the keys of a dict are text, and whole numbers are those that a float comes near.

Each value is a tag and a text that ends itself, in bytes from 0x21 up, so that no encoding is the beginning of another
and they can stand side by side. Source: Graefe, "Implementing Sorting in Database Systems" (2006), section 3.1, on
normalised keys.
"""

from __future__ import annotations

import math
import struct
from typing import Any

_NONE, _FALSE, _TRUE, _NUMBER, _TEXT, _LIST, _DICT, _TURNED = b"01234567"
_END = 0x21
_ESCAPE = 0x22
#: how the second part of a number begins: a float ends there, a whole number too, or what the float lacks follows
_FLOAT, _WHOLE = b"7", b"8"
#: characters that mustn't be in a text as they are, and what stands for them
_ESCAPED = {bytes([byte]): b'"%02x' % byte for byte in range(_ESCAPE + 1)}
_TURN = bytes(0x120 - byte if byte >= _END else byte for byte in range(256))


class Descending:
    """A key or value, or an item of one, that sorts the other way round.

    :param value: anything that :class:`OrderedProtocol` can write

    >>> encode(Descending(2)) < encode(Descending(1))
    True
    """

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Descending) and self.value == other.value

    def __hash__(self) -> int:
        return hash((Descending, self.value))

    def __repr__(self) -> str:
        return f"Descending({self.value!r})"


class OrderedProtocol:
    r"""A protocol whose bytes sort as the keys and values do.

    :raises ValueError: for a value that isn't as said above

    >>> protocol = OrderedProtocol()
    >>> sorted([protocol.write(number, None) for number in (10, 9.5, -1)])[0] == protocol.write(-1, None)
    True
    >>> protocol.read(protocol.write(["a", Descending(3)], 2.5))
    (['a', Descending(3)], 2.5)
    """

    def write(self, key: Any, value: Any) -> bytes:
        return encode(key) + b"\t" + encode(value)

    def read(self, line: bytes) -> tuple[Any, Any]:
        key, _, value = line.partition(b"\t")
        return decode(key), decode(value)


def encode(value: Any) -> bytes:
    """A value as bytes that sort as it does.

    :raises ValueError: for a value that isn't as said above
    """
    if isinstance(value, str):
        return b"%c%b!" % (_TEXT, _escaped(value))
    if value is None or isinstance(value, bool):
        return bytes([_NONE if value is None else _TRUE if value else _FALSE])
    if isinstance(value, (int, float)):
        return b"%c%b" % (_NUMBER, _number(value))
    if isinstance(value, (list, tuple)):
        return b"%c%b!" % (_LIST, b"".join(map(encode, value)))
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return b"%c%b!" % (_DICT, b"".join(encode(key) + encode(value[key]) for key in sorted(value)))
    if isinstance(value, Descending):
        return b"%c%b" % (_TURNED, encode(value.value).translate(_TURN))
    raise ValueError(f"expected None, a bool, number, text, list, dict with text as keys, or Descending; got {value!r}")


def decode(data: bytes) -> Any:
    """The value that :func:`encode` gave these bytes for.

    :raises ValueError: for other bytes
    """
    value, place = _decoded(data, 0)
    if place != len(data):
        raise ValueError(f"expected one encoded value; got {data[place:]!r} after it")
    return value


def _escaped(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    if min(data, default=0xFF) > _ESCAPE:
        return data
    return b"".join(_ESCAPED.get(data[place : place + 1], data[place : place + 1]) for place in range(len(data)))


def _number(value: float) -> bytes:
    """The nearest float, then what a whole number has beyond it, as often as it takes."""
    try:
        near = float(value)
    except OverflowError:
        raise ValueError("expected a whole number in the range of floats; got one with over 1024 bits") from None
    if isinstance(value, float):
        return _bits(near) + _FLOAT
    rest = value - int(near)
    return _bits(near) + (_number(rest) if rest else _WHOLE)


def _bits(value: float) -> bytes:
    """A float's bits, turned so that they sort as the floats do, in hexadecimal."""
    [bits] = struct.unpack(">Q", struct.pack(">d", math.nan if math.isnan(value) else value))
    return b"%016x" % (bits ^ (0xFFFFFFFFFFFFFFFF if bits >> 63 else 1 << 63))


def _decoded(data: bytes, place: int) -> tuple[Any, int]:
    """The value at a place, and where it ends."""
    try:
        tag, place = data[place], place + 1
        if tag in (_NONE, _FALSE, _TRUE):
            return (None, False, True)[tag - _NONE], place
        if tag == _NUMBER:
            return _read_number(data, place)
        if tag == _TEXT:
            end = data.index(_END, place)
            return _plain(data[place:end]), end + 1
        if tag in (_LIST, _DICT):
            items = []
            while data[place] != _END:
                item, place = _decoded(data, place)
                items.append(item)
            return (dict(zip(items[::2], items[1::2])) if tag == _DICT else items), place + 1
        if tag == _TURNED:
            value, end = _decoded(data[place:].translate(_TURN), 0)
            return Descending(value), place + end
    except (IndexError, OverflowError, TypeError, ValueError):
        pass
    raise ValueError(f"expected an encoded value; got {data!r}")


def _plain(data: bytes) -> str:
    pieces = data.split(b'"')
    plain = pieces[0] + b"".join(bytes([int(piece[:2], 16)]) + piece[2:] for piece in pieces[1:])
    return plain.decode("utf-8", "surrogatepass")


def _read_number(data: bytes, place: int) -> tuple[float, int]:
    bits = int(data[place : place + 16], 16)
    bits ^= 1 << 63 if bits >> 63 else 0xFFFFFFFFFFFFFFFF
    [near] = struct.unpack(">d", struct.pack(">Q", bits))
    place += 16
    mark = data[place : place + 1]
    if mark in (_FLOAT, _WHOLE):
        return (near if mark == _FLOAT else int(near)), place + 1
    rest, place = _read_number(data, place)
    return int(near) + rest, place
