"""Between pairs and bytes: mrjob's protocols, seen as Hadoop Streaming sees a line.

A line is the key's bytes, a TAB and the value's bytes. An engine keeps the two apart: it groups and sorts by the
first and carries the second. A protocol that writes no TAB (RawValueProtocol, say) makes the whole line the key, and
the value is ``None``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, product
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.encoder import encode_basestring_ascii
from operator import itemgetter
from typing import Any

from mrjob import protocol as protocols
from mrjob.protocol import StandardJSONProtocol, TextValueProtocol, _KeyCachingProtocol

BytePair = tuple[bytes, "bytes | None"]

#: a key's bytes and its values' bytes, which can be gone through once
ByteGroup = tuple[bytes, "Iterable[bytes | None]"]

#: small whole numbers, of which the shuffle's values are full, as bytes and back
_DIGITS = [b"%d" % number for number in range(1 << 10)]
_NUMBERS: dict[Any, int] = {digits: number for number, digits in enumerate(_DIGITS)}
#: digits from which on Python may refuse to read a number
_LONG = 640
_KEYLESS = tuple(value for name, value in vars(protocols).items() if name.endswith("ValueProtocol"))


def _caches_keys(method: Any, name: str) -> bool:
    """Whether `method` is ``_KeyCachingProtocol``'s own: then key and value are encoded apart, with no line between."""
    protocol = getattr(method, "__self__", None)
    return isinstance(protocol, _KeyCachingProtocol) and getattr(type(protocol), name) is getattr(
        _KeyCachingProtocol, name
    )


def _dumps(protocol: Any) -> Callable[[Any], bytes]:
    """The protocol's encoder of one key or value; standard JSON's with a short way for strings and whole numbers.

    The short way gives the same bytes as ``json.dumps``, at a tenth of the cost: the shuffle's pairs are mostly those.
    """
    general: Callable[[Any], bytes] = protocol._dumps
    if type(protocol) is not StandardJSONProtocol:
        return general

    def dumps(value: Any) -> bytes:
        kind = type(value)
        if kind is str:
            return encode_basestring_ascii(value).encode("ascii")
        if kind is int:
            return _DIGITS[value] if 0 <= value < len(_DIGITS) else b"%d" % value
        return general(value)

    return dumps


def _loads(protocol: Any, guard: Callable[[Callable[[Any], Any]], Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """The protocol's decoder of one key or value, guarded; standard JSON's with the short way of :func:`_dumps`."""
    general: Callable[[Any], Any] = guard(protocol._loads)
    if type(protocol) is not StandardJSONProtocol:
        return general

    def loads(data: bytes | None) -> Any:
        number = _NUMBERS.get(data)
        if number is not None:
            return number
        if data is None:
            return general(data)
        if data.isdigit() and data[0] != 48 and len(data) < _LONG:
            return int(data)
        if data.startswith(b'"') and data.isascii():
            try:
                text, end = scanstring(data.decode("ascii"), 1)
            except ValueError:
                return general(data)
            if end == len(data):
                return text
        return general(data)

    return loads


def pair_encoder(write: Any) -> Callable[[Any, Any], tuple[bytes, bytes | None]]:
    """A function from key and value to the pair's bytes, as the protocol method `write` encodes them.

    >>> from mrjob.protocol import JSONProtocol
    >>> pair_encoder(JSONProtocol().write)("a", [1])
    (b'"a"', b'[1]')
    """
    if _caches_keys(write, "write"):
        dumps = _dumps(write.__self__)
        return lambda key, value: (dumps(key), dumps(value))

    def encode(key: Any, value: Any) -> tuple[bytes, bytes | None]:
        key_bytes, tab, value_bytes = write(key, value).partition(b"\t")
        return key_bytes, value_bytes if tab else None

    return encode


def group_decoder(
    read: Any, guard: Callable[[Callable[[Any], Any]], Callable[[Any], Any]] = lambda function: function
) -> Callable[[bytes, Iterable[bytes | None]], tuple[Any, Iterator[Any]]]:
    """A function from the bytes of a key and of its values, at least one, to what the protocol method `read` decodes.

    Values are decoded as they are asked for.

    :param guard: wraps the functions that decode, to say what can't be read

    >>> from mrjob.protocol import JSONProtocol
    >>> key, values = group_decoder(JSONProtocol().read)(b'"a"', [b"[1]", b"2"])
    >>> key, list(values)
    ('a', [[1], 2])
    """
    if _caches_keys(read, "read"):
        loads = _loads(read.__self__, guard)
        return lambda key_bytes, values: (loads(key_bytes), map(loads, values))
    read = guard(read)

    def decode(key_bytes: bytes, values: Iterable[bytes | None]) -> tuple[Any, Iterator[Any]]:
        pairs = (read(join(key_bytes, value)) for value in values)
        key, first = next(pairs)
        return key, chain([first], map(itemgetter(1), pairs))

    return decode


def key_encoder(write: Any) -> Callable[[Any], bytes]:
    """A function from a key to its bytes, as `write` encodes it in a pair with the value ``None``."""
    if _caches_keys(write, "write"):
        return _dumps(write.__self__)
    encode = pair_encoder(write)
    return lambda key: encode(key, None)[0]


def value_encoder(write: Any) -> Callable[[Any], bytes] | None:
    """A function from a value to its bytes, if `write` encodes it apart from its key; else ``None``."""
    return _dumps(write.__self__) if _caches_keys(write, "write") else None


def join(key_bytes: bytes, value_bytes: bytes | None) -> bytes:
    """The line of a pair's bytes, without its newline."""
    return key_bytes if value_bytes is None else key_bytes + b"\t" + value_bytes


def split(line: bytes) -> tuple[bytes, bytes | None]:
    """The pair's bytes of a line: what is before the first TAB, and what is after it or ``None``.

    >>> split(b"a\\tb\\tc")
    (b'a', b'b\\tc')
    """
    key_bytes, tab, value_bytes = line.partition(b"\t")
    return key_bytes, value_bytes if tab else None


def reads_text_lines(read: Any) -> bool:
    """Whether `read` gives ``(None, line)`` with the line as text: UTF-8 or Latin-1 (mrjob's RawValueProtocol)."""
    protocol = getattr(read, "__self__", None)
    return isinstance(protocol, TextValueProtocol) and type(protocol).read is TextValueProtocol.read


def writes_standard_json(write: Any) -> bool:
    """Whether the protocol writes text, numbers, truth values, lists and dicts of them as ``json.dumps`` does."""
    encode = pair_encoder(write)
    try:
        return all(encode(key, value) == _in_json(key, value) for key, value in _pairs_for_json())
    except Exception:
        return False  # a protocol of the user's own that takes other types


def reads_standard_json(read: Any) -> bool:
    """Whether the protocol reads those as ``json.loads`` does."""
    try:
        return all(repr(read(join(*_in_json(key, value)))) == repr((key, value)) for key, value in _pairs_for_json())
    except Exception:
        return False  # as above


def _in_json(key: Any, value: Any) -> BytePair:
    return json.dumps(key).encode(), json.dumps(value).encode()


def _pairs_for_json() -> Iterator[tuple[Any, Any]]:
    text = "".join(map(chr, range(128))) + "\u00e9\U0001f600"
    values = (-12, 0.1, 1e16, math.inf, math.nan, [None, True, False], {text: 7, "b": [[text, 0]]})
    return product((text, [text, ""]), values)


def is_keyless(read: Any) -> bool:
    """Whether `read` belongs to one of mrjob's ``…ValueProtocol``s, which read every key as ``None``."""
    return isinstance(getattr(read, "__self__", None), _KEYLESS)


def shares_keys(read: Any, write: Any) -> Callable[[Any], bytes] | None:
    """The function that encodes a value, if a key's bytes are the same to `read` and `write`; else ``None``.

    Then a reducer can copy a key to its output without decoding it.
    """
    if _caches_keys(read, "read") and _caches_keys(write, "write") and type(read.__self__) is type(write.__self__):
        return _dumps(write.__self__)
    return None


def by_key(pairs: Iterable[BytePair]) -> Iterator[ByteGroup]:
    """Sorted pairs of bytes as groups; a group is streamed, never held."""
    for key, run in groupby(pairs, itemgetter(0)):
        yield key, map(itemgetter(1), run)


def flat(groups: Iterable[ByteGroup]) -> Iterator[BytePair]:
    """The pairs of groups."""
    for key, values in groups:
        for value in values:
            yield key, value
