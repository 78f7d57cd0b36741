"""JSON lines a block at a time by Arrow, where it is sure to read them as the SerDes do; else they go one by one.

Arrow knows names by their case, and nothing of texts that are numbers, of numbers in texts, and of maps. It says so,
or a look at the text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bigdata import objects

_NAME = re.compile("[a-z0-9_]+")
#: names that are written with escapes, and what Arrow takes for numbers and JSON has no words for: what a text has in
#: it then, which is quick to look for, and how it is sure
_UNSURE = {
    b"\\": re.compile(rb'\\[^"]*"[ \t]*:'),
    b"NaN": re.compile(rb"[:,\[][ \t]*-?NaN"),
    b"Inf": re.compile(rb"[:,\[][ \t]*-?Inf"),
}


def columns(lines: Any, schema: Any) -> list[Any] | None:
    """The members of the objects in an array of lines, an array for each field of a schema; ``None`` if unsure.

    >>> import pyarrow
    >>> lines = pyarrow.array(['{"Id": 1}', '{"Id": null, "more": []}'])
    >>> columns(lines, pyarrow.schema([("id", pyarrow.int32())]))[0].to_pylist()
    [1, None]
    >>> columns(pyarrow.array(['{"id": "1"}']), pyarrow.schema([("id", pyarrow.int32())]))
    """
    import pyarrow

    names = set(_names(schema))
    if not (schema.names and len(set(schema.names)) == len(schema) and all(map(_NAME.fullmatch, names))):
        return None
    text = objects.joined(lines)
    if text is None:
        return None
    content = text.to_pybytes()
    if any(part in content and pattern.search(content) for part, pattern in _UNSURE.items()):
        return None
    written = _as_written(names, content)
    if written is None:
        return None
    read = pyarrow.schema([_renamed(field, written) for field in schema])
    table = objects.read(text, read, len(lines))
    if table is None:
        return None
    found = (table[field.name].combine_chunks() for field in read)
    return [array.view(_readable(field.type, {})).cast(field.type) for array, field in zip(found, schema)]


def _names(fields: Any) -> Iterator[str]:
    """The names of fields, and of those within them."""
    for field in fields:
        yield field.name
        yield from _names_within(field.type)


def _names_within(kind: Any) -> Iterator[str]:
    from pyarrow import types

    if types.is_struct(kind):
        yield from _names(kind)
    elif types.is_list(kind):
        yield from _names_within(kind.value_type)


def _as_written(names: set[str], text: bytes) -> dict[str, str] | None:
    """How names are written in a text, if each is written in one way."""
    lowered = text.lower()
    found = {}
    for name in names:
        quoted = f'"{name}"'.encode()
        place = lowered.find(quoted)
        if place >= 0:
            written = text[place : place + len(quoted)]
            if lowered.count(quoted) != text.count(written):
                return None
            found[name] = written[1:-1].decode()
    return found


def _renamed(field: Any, written: dict[str, str]) -> Any:
    import pyarrow

    return pyarrow.field(written.get(field.name, field.name), _readable(field.type, written))


def _readable(kind: Any, written: dict[str, str]) -> Any:
    """The type to read another by: names as they are written, and doubles for floats, which Java rounds twice."""
    import pyarrow
    from pyarrow import types

    if types.is_struct(kind):
        return pyarrow.struct([_renamed(field, written) for field in kind])
    if types.is_list(kind):
        return pyarrow.list_(_readable(kind.value_type, written))
    return pyarrow.float64() if types.is_float32(kind) else kind
