"""The columnar way: a stage as one DuckDB query over its mapper's twin, with no Python a record.

Blocks of text become Arrow string arrays over the bytes that were read, DuckDB maps, groups and sorts them, and the
result's lines are written as they stream out. Lines with characters outside the twin's alphabet are found in a first
pass over the input, which costs little where the text is ASCII, and go through the Python mapper into a second table.
"""

from __future__ import annotations

import contextlib
import decimal
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bigdata import attempt
from bigdata.codecs import key_encoder, pair_encoder, split
from bigdata.engines.duckdb.database import connect
from bigdata.engines.duckdb.rows import Part, Work
from bigdata.engines.duckdb.shuffle import flat, grouped, partition_function
from bigdata.errors import UsageError
from bigdata.formats import Split, blocks, table_of, text_block, text_lines
from bigdata.plan import Stage
from bigdata.tasks import JobSpec, MapTask, encode_or_explain
from bigdata.twins import Twin

_BLOCK = 4 << 20
_ASCII = "".join(map(chr, range(1, 128)))
_PLAIN = " !#[]^_aZ09~"
#: above this share of foreign lines the mapper is the better way for all of them
MOST_FOREIGN = 0.1


class TooForeign(Exception):
    """Too many lines lie outside the twin's alphabet; the engine takes another way."""


@dataclass(frozen=True)
class Query:
    """A stage's query, with the SQL types of its two columns."""

    sql: str
    key_type: str
    value_type: str


def query_of(stage: Stage, label: str, foreign: bool = False) -> Query:
    """The query that maps and aggregates a stage's input.

    :param foreign: whether the pairs of foreign lines come from the table ``foreign_pairs``
    :raises UsageError: for a twin that DuckDB can't run, or that gives no key and value
    """
    import duckdb
    import pyarrow

    assert stage.twin is not None
    sql = f"SELECT key, value FROM ({stage.twin.sql}) AS mapped"
    if foreign:
        sql += " UNION ALL SELECT key, value FROM foreign_pairs"
    if stage.aggregator is not None:
        sql = f"SELECT key, {stage.aggregator.sql('value')} AS value FROM ({sql}) AS pairs GROUP BY key"
    with contextlib.closing(duckdb.connect(":memory:")) as connection:
        connection.register("input", pyarrow.table({"line": pyarrow.array([], pyarrow.string())}))
        try:
            connection.execute("CREATE VIEW foreign_pairs AS SELECT key, value FROM (" + stage.twin.sql + ")")
            types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {sql}").fetchall()}
        except duckdb.Error as error:
            raise UsageError(
                f"{label}: the mapper's columnar twin is no query that DuckDB can run: {_first(error)}"
            ) from None
    return Query(sql, types["key"], types["value"])


def _first(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def run(
    spec: JobSpec, work: Work, sources: Sequence[Split], threads: int, progress: Callable[[int], None]
) -> tuple[list[str], int]:
    """Run a stage; gives its part files in the order of the partitions, and how many lines went through the mapper.

    :param sources: whole files
    :param progress: is told bytes as they are read
    :raises TooForeign: when the mapper is the better way
    """
    import pyarrow

    stage = work.stage
    assert stage.twin is not None
    directory = work.attempt_directory("columnar", 0, 0)
    foreign = _Foreign(stage.twin)
    pairs, count = _foreign_pairs(spec, work, sources, foreign, directory)
    query = query_of(stage, work.label, count > 0)
    job = spec.build(stage.number, "mapper" if stage.map_only else "reducer")
    write = job.pick_protocols(stage.number, "mapper" if stage.map_only else "reducer")[1]
    lines = _arrow_lines(sources, foreign, progress)
    with connect(os.path.join(directory, "sort"), int(work.budget * 0.8), threads) as connection:
        connection.execute(f"SET preserve_insertion_order = {str(stage.map_only).lower()}")
        connection.register("input", pyarrow.RecordBatchReader.from_batches(_LINES(), lines))
        if count:
            connection.register("foreign_pairs", pairs)
        partitions = 1 if stage.map_only else work.partitions
        parts = [Part(os.path.join(directory, f"part-{number:05d}"), work.label) for number in range(partitions)]
        deal = partition_function(stage, partitions)
        for batch in _encoded(connection, query, write, work.label, ordered=not stage.map_only):
            if partitions == 1:
                for line in batch:
                    parts[0].write(line)
                continue
            groups = grouped(split(line) for line in batch)
            for part, members in zip(parts, deal(groups)):
                for key, value in flat(members, members):
                    part.add(key, value)
    return [part.close() for part in parts], count


def _LINES() -> Any:
    import pyarrow

    return pyarrow.schema([("line", pyarrow.string())])


class _Foreign:
    """Finds the lines of a block that a twin is not exact for."""

    def __init__(self, twin: Twin) -> None:
        self._pattern = None if twin.foreign is None else re.compile(twin.foreign)
        self._ascii_is_native = self._pattern is None or self._pattern.search(_ASCII) is None

    def in_block(self, block: bytes) -> bool:
        """Whether a block of UTF-8 text has any."""
        if self._pattern is None or (self._ascii_is_native and block.isascii() and b"\0" not in block):
            return False
        return self._pattern.search(block.decode("utf-8").replace("\n", "")) is not None

    def part(self, block: bytes) -> tuple[list[str], list[str]]:
        """The native and the foreign lines of a block that has some."""
        assert self._pattern is not None
        native: list[str] = []
        foreign: list[str] = []
        for line in text_lines(block):
            (foreign if self._pattern.search(line) else native).append(line)
        return native, foreign


def _text_blocks(sources: Sequence[Split]) -> Iterator[bytes]:
    for source in sources:
        for block in blocks(source, _BLOCK):
            yield text_block(block)


def _foreign_pairs(
    spec: JobSpec, work: Work, sources: Sequence[Split], foreign: _Foreign, directory: str
) -> tuple[Any, int]:
    """The pairs that the mapper gives for foreign lines, as an Arrow table, and how many lines those are."""
    rows: list[dict[str, Any]] = []

    def sink(pairs: Iterable[Any]) -> None:
        for pair in pairs:
            key, value = pair
            rows.append({"key": key, "value": value})

    seen = found = 0
    job = spec.build(work.stage.number, "mapper")
    with attempt.at(work.at("mapper", 0, 0, directory)) as reporter:
        job.sandbox(stderr=reporter)
        mapping = MapTask(job, work.stage, work.label, sink)
        for block in _text_blocks(sources):
            seen += block.count(b"\n") + 1
            if foreign.in_block(block):
                lines = foreign.part(block)[1]
                found += len(lines)
                if found > 1000 and found > MOST_FOREIGN * seen:
                    raise TooForeign
                mapping.run([lines])
    return table_of(rows) if rows else None, found if rows else 0


def _arrow_lines(sources: Sequence[Split], foreign: _Foreign, progress: Callable[[int], None]) -> Iterator[Any]:
    import pyarrow

    for block in _text_blocks(sources):
        progress(len(block))
        if foreign.in_block(block):
            column = pyarrow.array(foreign.part(block)[0], pyarrow.string())
        else:
            column = line_array(block)
        yield pyarrow.record_batch([column], _LINES())


def line_array(block: bytes) -> Any:
    """The lines of a block of UTF-8 text as an Arrow array over the same bytes.

    >>> line_array(b"one\\n\\ntwo").to_pylist()
    ['one', '', 'two']
    """
    import numpy
    import pyarrow

    if not block.endswith(b"\n"):
        block += b"\n"
    ends = numpy.flatnonzero(numpy.frombuffer(block, dtype=numpy.uint8) == 10).astype(numpy.int32)
    # Arrow wants value i between offsets i and i + 1, and a newline lies between two lines: keep it out as a
    # value of its own at every odd place, and take the even ones
    offsets = numpy.empty(2 * len(ends) + 1, dtype=numpy.int32)
    offsets[0] = 0
    offsets[1::2] = ends
    offsets[2::2] = ends + 1
    both = pyarrow.StringArray.from_buffers(2 * len(ends), pyarrow.py_buffer(offsets), pyarrow.py_buffer(block))
    return both.take(pyarrow.array(numpy.arange(0, 2 * len(ends), 2)))


_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


def _encoded(connection: Any, query: Query, write: Any, label: str, ordered: bool) -> Iterator[list[bytes]]:
    """The result's lines as the protocol method `write` encodes them, in batches; sorted by the key's bytes."""
    encode_key = key_encoder(write)
    is_json = _writes_json(write)
    connection.create_function(
        "encode_key", lambda key: encode_key(_plain(key)), [query.key_type], "BLOB", null_handling="special"
    )
    key = "encode_key(key)"
    if is_json and query.key_type == "VARCHAR":
        key = rf"""CASE WHEN regexp_full_match(key, '[ !#-\[\]-~]*') THEN ('"' || key || '"')::BLOB ELSE {key} END"""
    elif is_json and query.key_type in _INTEGERS:
        key = "coalesce(key::VARCHAR, 'null')::BLOB"
    order = "ORDER BY 1" if ordered else ""
    if is_json and query.value_type in _INTEGERS:
        sql = f"SELECT {key} AS name, coalesce(value::VARCHAR, 'null')::BLOB AS text FROM ({query.sql}) {order}"
        for batch in connection.sql(sql).to_arrow_reader(1 << 14):
            yield [name + b"\t" + text for name, text in zip(batch["name"].to_pylist(), batch["text"].to_pylist())]
        return
    encode = encode_or_explain(write, label)
    sql = f"SELECT {key} AS name, key, value FROM ({query.sql}) {order}"
    for batch in connection.sql(sql).to_arrow_reader(1 << 14):
        pairs = zip(batch["key"].to_pylist(), batch["value"].to_pylist())
        yield [encode(_plain(key), _plain(value)) for key, value in pairs]


def _writes_json(write: Any) -> bool:
    """Whether the protocol writes plain strings in quotes and whole numbers in digits, as SQL can."""
    encode = pair_encoder(write)
    try:
        return encode(_PLAIN, -12) == (f'"{_PLAIN}"'.encode(), b"-12") and encode(0, 7) == (b"0", b"7")
    except Exception:
        return False  # a protocol of the user's own that takes other types: Python encodes each pair


def _plain(value: Any) -> Any:
    """A value from Arrow as Python's own types: sums of whole numbers come as decimals."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
