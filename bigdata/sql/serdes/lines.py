"""Blocks of bytes as lines, whole blocks at a time.

A line ends at a line feed, a carriage return, or both. What a block's bytes mean is told by a function that makes UTF-8
of them.

Source: Hadoop's LineReader and Text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bigdata.errors import UsageError

Recode = Callable[[bytes], bytes]


def split(block: bytes, recode: Recode) -> tuple[Any, Any]:
    """The lines of a block of whole lines as an Arrow array of text, and where they begin as numbers.

    >>> lines, starts = split(b"one\\r\\ntwo\\rthree\\n", utf8)
    >>> lines.to_pylist(), starts.tolist()
    (['one', 'two', 'three'], [0, 5, 9])
    """
    import numpy
    import pyarrow

    starts = _starts(block)
    text = recode(block)
    content = text.translate(None, b"\r\n")
    offsets = numpy.empty(len(starts) + 1, numpy.int32)
    offsets[:-1] = starts if text is block else _starts(text)
    offsets[-1] = len(content)
    if b"\r" in text:
        data = numpy.frombuffer(text, numpy.uint8)
        left_out = numpy.cumsum((data == 10) | (data == 13))
        offsets[1:-1] -= left_out[offsets[1:-1] - 1].astype(numpy.int32)
    else:
        offsets[:-1] -= numpy.arange(len(starts), dtype=numpy.int32)
    buffers = pyarrow.py_buffer(offsets), pyarrow.py_buffer(content)
    return pyarrow.StringArray.from_buffers(len(starts), *buffers), starts


def _starts(block: bytes) -> Any:
    """Where the lines of a block begin."""
    import numpy

    data = numpy.frombuffer(block, numpy.uint8)
    ends = data == 10
    if b"\r" in block:
        alone = data == 13
        alone[:-1] &= data[1:] != 10
        ends |= alone
    starts = numpy.flatnonzero(ends) + 1
    if len(starts) and starts[-1] == len(block):
        starts = starts[:-1]
    return numpy.concatenate([[0], starts]) if block else starts


def utf8(data: bytes) -> bytes:
    """The same bytes if they are UTF-8, else with replacement characters where they aren't."""
    if data.isascii():
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace").encode()
    return data


def bytes_as_text(data: bytes) -> bytes:
    """A character for each byte, its number the byte's: for what may not be decoded before it is taken apart."""
    return data if data.isascii() else data.decode("latin-1").encode()


def recoding(encoding: str) -> Recode:
    """From the bytes of an encoding to UTF-8, by the name that Java or Python has for it.

    :raises UsageError: for a name that Python doesn't know

    >>> recoding("ISO-8859-1")(b"caf\\xe9").decode()
    'café'
    """
    try:
        b"".decode(encoding)
    except LookupError:
        raise UsageError(f"serialization.encoding {encoding!r} is no encoding. Expected one like GBK.") from None
    return lambda data: data if data.isascii() else data.decode(encoding, "replace").encode()
