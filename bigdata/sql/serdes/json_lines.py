"""JsonSerDe: a JSON object a line, its members the columns, whatever the case of their names.

Members that are missing are NULL, those that no column is called like are ignored, of equal ones the last counts. A
line that is no object, or a value that doesn't fit its column, is an error with HCatalog's JsonSerDe; a value that
doesn't fit is NULL with Hive's own. That of openx.org knows ``mapping.<column>`` for the name of a member, and with
``ignore.malformed.json`` reads a broken line as NULLs. A nested value in a column of text is its JSON.

Sources: Hive 3.1's JsonSerDe and HiveJsonStructReader, HCatalog's JsonSerDe; rcongiu's Hive-JSON-Serde.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bigdata.errors import InputError
from bigdata.sql.hive import printing
from bigdata.sql.serdes import json_blocks, records
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.serdes.conversion import converted
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import PLACE, Batch, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import INTEGERS, STRING, HiveType, literal, quoted

Take = Callable[[Any], Any]
_WHOLE = re.compile(r"[+-]?[0-9]+")
_FLOATING = re.compile(r"\s*[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)[dDfF]?\s*")
_LIMITS = {name: 1 << (8 << place) - 1 for place, name in enumerate(INTEGERS)}


class _Number(str):
    """A number as it is written."""


_DECODER = json.JSONDecoder(parse_int=_Number, parse_float=_Number, parse_constant=_Number)


@dataclass(frozen=True)
class Reader:
    """Makes values of what a line holds.

    :param strict: whether a value that doesn't fit is an error, else it is NULL
    :param forgiving: whether a line that is no object is NULLs
    """

    strict: bool
    forgiving: bool

    def taker(self, kind: HiveType) -> Take:
        """What makes a value of a type out of a JSON value."""
        if kind.name == "array":
            return partial(self._array, self.taker(kind.members[0]), kind)
        if kind.name == "map":
            return partial(self._map, self.taker(kind.members[0]), self.taker(kind.members[1]), kind)
        if kind.name == "struct":
            return self.struct(kind.fields, kind)
        if kind.is_text:
            return _text
        leaf = {"boolean": _boolean, "float": _floating, "double": _floating}.get(kind.name)
        return partial(self._leaf, leaf or partial(_whole, _LIMITS[kind.name]), kind)

    def struct(self, fields: tuple[tuple[str, HiveType], ...], kind: HiveType) -> Take:
        return partial(self._struct, {name: self.taker(member) for name, member in fields}, kind)

    def _bad(self, value: Any, kind: HiveType) -> None:
        if self.strict:
            raise ValueError(f"expected {kind}; got {_shown(value)}")

    def _leaf(self, take: Take, kind: HiveType, value: Any) -> Any:
        if value is None:
            return None
        try:
            return take(value)
        except ValueError:
            return self._bad(value, kind)

    def _array(self, take: Take, kind: HiveType, value: Any) -> Any:
        return list(map(take, value)) if isinstance(value, list) else self._nothing(value, kind)

    def _map(self, key: Take, take: Take, kind: HiveType, value: Any) -> Any:
        if not isinstance(value, dict):
            return self._nothing(value, kind)
        found = {key(name): take(member) for name, member in value.items()}
        return [entry for entry in found.items() if entry[0] is not None]

    def _struct(self, takes: dict[str, Take], kind: HiveType, value: Any) -> Any:
        if not isinstance(value, dict):
            return self._nothing(value, kind)
        found = {name.lower(): member for name, member in value.items()}
        return {name: take(found.get(name)) for name, take in takes.items()}

    def _nothing(self, value: Any, kind: HiveType) -> None:
        if value is not None:
            raise ValueError(f"expected {kind}; got {_shown(value)}")


def _whole(limit: int, value: Any) -> int:
    if _WHOLE.fullmatch(_text(value)) and -limit <= (number := int(value)) < limit:
        return number
    raise ValueError(value)


def _floating(value: Any) -> float:
    text = _text(value)
    if not _FLOATING.fullmatch(text):
        raise ValueError(value)
    return float(text.strip().rstrip("dDfF") if "Inf" not in text else text)


def _boolean(value: Any) -> bool:
    return bool(_text(value).lower() == "true")


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else _shown(value)


def _shown(value: Any) -> str:
    """A value as JSON, its numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_shown(name)}:{_shown(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_shown, value)) + "]"
    return value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def read(portion: Portion) -> Scan:
    """The members of the objects in lines."""
    import pyarrow

    openx = ".openx." in f".{portion.storage.serde}"
    mapped = {column.name: column.name for column in portion.columns}
    if openx:
        mapped = {name: portion.properties.get(f"mapping.{name}", name).lower() for name in mapped}
    reader = Reader(
        strict="hcatalog" in portion.storage.serde or openx,
        forgiving=openx and portion.is_true("ignore.malformed.json"),
    )
    held = [_held(column.type) for column in portion.columns]
    take = reader.struct(tuple(zip(mapped.values(), held)), HiveType("struct"))
    schema = pyarrow.schema([(name, arrow_type(kind)) for name, kind in zip(mapped.values(), held)])
    parse = partial(_parsed, records.reader(portion), take, reader.forgiving, schema)
    stream = Stream(schema, portion.files, parse)
    columns = [
        f"{converted(quoted(mapped[column.name]), kind, column.type)} AS {quoted(column.name)}"
        for column, kind in zip(portion.columns, held)
    ]
    sql = f"SELECT {', '.join([*columns, *PLACE])} FROM {quoted(portion.source)}"
    return Scan(sql, {portion.source: stream})


def _held(kind: HiveType) -> HiveType:
    """The type with texts in place of dates, decimals and the like, which SQL converts."""
    if kind.fields:
        return HiveType(kind.name, fields=tuple((name, _held(member)) for name, member in kind.fields))
    return kind if kind.is_integer or kind.name in ("float", "double", "boolean") else STRING


def _parsed(
    lines: Callable[[DataFile], Iterator[Batch]], take: Take, forgiving: bool, schema: Any, file: DataFile
) -> Iterator[Batch]:
    import pyarrow

    for batch in lines(file):
        if (columns := json_blocks.columns(batch.columns[0], schema)) is not None:
            yield Batch(columns, batch.offsets)
            continue
        rows = []
        for line, offset in zip(batch.columns[0].to_pylist(), batch.offsets):
            try:
                rows.append(take(_DECODER.raw_decode(line.lstrip())[0]))
            except (ValueError, RecursionError) as error:
                if not forgiving:
                    raise InputError(
                        f"{file.uri}: the line at byte {offset}: {error}. Mend it, or take it out."
                    ) from None
                rows.append({})
        arrays = [pyarrow.array([row.get(part.name) for row in rows], part.type) for part in schema]
        yield Batch(arrays, batch.offsets)


def write(output: Output) -> str:
    """Write an object a line, with ``null`` for NULL and every name of a member in quotes."""
    members = [
        literal(f'"{column.name}":') + " || " + printing.json(name, column.type, strict=True)
        for name, column in zip(output.names, output.columns)
    ]
    return records.write(output, "'{' || " + " || ',' || ".join(members) + " || '}'")
