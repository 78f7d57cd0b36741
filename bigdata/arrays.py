"""Arrow arrays over Python's and numpy's values.

``pyarrow.array`` would do, but where pandas is installed it imports it for a look at its types, which takes 0.2 s and
60 MB in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def integers(values: Any) -> Any:
    """An Arrow array over a numpy array of int8, int32 or int64, whose memory it shares.

    >>> import numpy
    >>> integers(numpy.arange(3)).to_pylist()
    [0, 1, 2]
    """
    import pyarrow

    kind = {1: pyarrow.int8(), 4: pyarrow.int32(), 8: pyarrow.int64()}[values.dtype.itemsize]
    return pyarrow.Array.from_buffers(kind, len(values), [None, pyarrow.py_buffer(values)])


def strings(values: Sequence[str]) -> Any:
    """An Arrow array of text.

    >>> strings(["é", ""]).to_pylist()
    ['é', '']
    """
    import pyarrow

    return _packed([value.encode("utf-8") for value in values], pyarrow.string())


def binaries(values: Sequence[bytes | None]) -> Any:
    """An Arrow array of bytes; ``None`` is null.

    >>> binaries([b"a", None, b""]).to_pylist()
    [b'a', None, b'']
    """
    import pyarrow

    return _packed(values, pyarrow.binary())


def _packed(values: Sequence[bytes | None], kind: Any) -> Any:
    import numpy
    import pyarrow

    there = [value or b"" for value in values]
    offsets = numpy.zeros(len(there) + 1, dtype=numpy.int32)
    numpy.cumsum(numpy.fromiter(map(len, there), dtype=numpy.int32, count=len(there)), out=offsets[1:])
    valid = None
    if None in values:
        bits = numpy.fromiter((value is not None for value in values), dtype=bool, count=len(there))
        valid = pyarrow.py_buffer(numpy.packbits(bits, bitorder="little"))
    buffers = [valid, pyarrow.py_buffer(offsets), pyarrow.py_buffer(b"".join(there))]
    return pyarrow.Array.from_buffers(kind, len(there), buffers)


def text_of(array: Any) -> memoryview:
    """The bytes of an Arrow array of bytes or text without nulls, one value right behind the other; not a copy.

    >>> text_of(binaries([b"a", b"", b"bc"])).tobytes()
    b'abc'
    """
    import numpy

    _, offsets, data = array.buffers()
    ends = numpy.frombuffer(offsets, numpy.int32)[array.offset :][: len(array) + 1]
    return memoryview(data or b"")[ends[0] : ends[-1]]
