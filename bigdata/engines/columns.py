"""What the columnar ways of all engines share: when a stage may take one, its lines as Arrow, its foreign lines."""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bigdata.arrays import integers, strings
from bigdata.engines.base import StageReport
from bigdata.formats import blocks, text_block, text_lines
from bigdata.inputs import file_uri
from bigdata.plan import Plan, Stage
from bigdata.splits import Split
from bigdata.twins import Twin

#: bytes of text in a batch, few enough to stay in a core's cache
_TEXT = 1 << 18
_ASCII = "".join(map(chr, range(1, 128)))
#: when foreign lines are more than this share of the text so far, the mapper is the better way for all of it
MOST_FOREIGN = 0.1
#: the ways that are one query
_QUERIES = {"columnar", "sql"}
_FLOAT = re.compile(r"\b(?:float|double)\b", re.IGNORECASE)
NO_LINES = "its input holds pairs, and no lines of text"


class Unfit(Exception):
    """A query can't do what the mapper does, and the message says why; the engine takes another way."""


def not_columnar(stage: Stage, on_error: str) -> str | None:
    """What keeps a stage from the columnar way, or ``None``."""
    if stage.join is not None:
        return None if on_error == "fail" else f"--on-error {on_error} watches each record"
    if stage.mapper is None or stage.mapper.functions != ("mapper",) or stage.mapper.pre_filter:
        return "its map is more than a mapper function" if stage.mapper else "it has no mapper"
    if not (stage.map_only or stage.aggregator is not None):
        return "its reducer is Python"
    if stage.twin is None:
        return "its mapper has no columnar twin"
    if not stage.text_lines and not stage.formats:
        return "its input protocol gives no lines of text"
    if stage.formats and stage.twin.alphabet is not None:
        return "its mapper's columnar twin has an alphabet, which is for lines of text and not for records"
    if stage.aggregator is not None and stage.aggregator.sql("value") is None:
        return f"{type(stage.aggregator).__name__} has no SQL form"
    return None if on_error == "fail" else f"--on-error {on_error} watches each record"


def unfit_types(stage: Stage, key_type: str, value_type: str) -> str | None:
    """What in the types that a twin gives keeps a stage from the columnar way, or ``None``."""
    if stage.aggregator is None:
        return None
    if _FLOAT.search(key_type):
        return "the twin's keys are floating-point numbers, which SQL groups by value and not by their bytes"
    if stage.aggregator.tells_apart and _FLOAT.search(value_type):
        return "the twin's values are floating-point numbers, which SQL tells apart by value and not by their bytes"
    return None


def read_by_next(plan: Plan, stage: Stage, way_of: Callable[[Stage], str]) -> StageReport | None:
    """The report of a stage that is a join which the next stage's query has in it; ``None`` of any other."""
    ways = [way_of(each) for each in plan.stages[:2]]
    if stage.join is None or len(ways) < 2 or not set(ways) <= _QUERIES:
        return None
    return StageReport(stage.number, ways[0], "the join is part of the next stage's query")


def pairs_text(stage: Stage, foreign: bool = False) -> str:
    """The query, in DuckDB's SQL, that maps a stage's input.

    :param foreign: whether the pairs of foreign lines come from the table ``foreign_pairs``
    """
    if stage.join is not None:
        return stage.join.pairs_sql(stage.formats)
    assert stage.twin is not None
    sql = f"SELECT key, value FROM ({stage.twin.sql}) AS mapped"
    return sql + " UNION ALL SELECT key, value FROM foreign_pairs" if foreign else sql


def query_text(stage: Stage, pairs: str) -> str:
    """The query that aggregates what the query `pairs` gives, if the stage has an aggregator."""
    if stage.aggregator is None:
        return pairs
    return f"SELECT key, {stage.aggregator.sql('value')} AS value FROM ({pairs}) AS pairs GROUP BY key"


class Foreign:
    """Finds the lines of a block that a twin is not exact for."""

    def __init__(self, twin: Twin | None) -> None:
        self._pattern = None if twin is None or twin.foreign is None else re.compile(twin.foreign)
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


def text_blocks(sources: Sequence[Split]) -> Iterator[bytes]:
    """The text of some splits, in blocks of whole lines."""
    for source in sources:
        for block in blocks(source, _TEXT):
            yield text_block(block)


def lines_schema() -> Any:
    """The Arrow schema of what a twin over lines reads: ``line``, and ``file``, the path or URI that it comes from."""
    import pyarrow

    return pyarrow.schema([("line", pyarrow.string()), ("file", pyarrow.dictionary(pyarrow.int8(), pyarrow.string()))])


def line_batch(lines: Any, source: Split) -> Any:
    """Lines of a split as a record batch of :func:`lines_schema`."""
    import numpy
    import pyarrow

    places = integers(numpy.zeros(len(lines), dtype=numpy.int8))
    files = pyarrow.DictionaryArray.from_arrays(places, strings([file_uri(source.path)]))
    return pyarrow.record_batch([lines, files], lines_schema())


def line_array(block: bytes) -> Any:
    """The lines of a block of UTF-8 text as an Arrow array.

    >>> line_array(b"one\\n\\ntwo").to_pylist()
    ['one', '', 'two']
    """
    import numpy
    import pyarrow

    if not block.endswith(b"\n"):
        block += b"\n"
    ends = numpy.flatnonzero(numpy.frombuffer(block, dtype=numpy.uint8) == 10).astype(numpy.int32)
    offsets = numpy.zeros(len(ends) + 1, dtype=numpy.int32)
    numpy.subtract(ends, numpy.arange(len(ends), dtype=numpy.int32), out=offsets[1:])
    text = block.replace(b"\n", b"")
    return pyarrow.StringArray.from_buffers(len(ends), pyarrow.py_buffer(offsets), pyarrow.py_buffer(text))


def plain(value: Any) -> Any:
    """A value from Arrow as Python's own types.

    Sums of whole numbers come from Arrow as decimals, lists of several types as structs with the names 0, 1 and so on.

    >>> plain({"0": 1.5, "1": {"name": decimal.Decimal(2)}})
    [1.5, {'name': 2}]
    """
    if isinstance(value, decimal.Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, dict):
        return [plain(item) for item in value.values()] if "0" in value else {n: plain(v) for n, v in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
