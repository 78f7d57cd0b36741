"""Sinks: where the pairs of a task go, into spills as pairs or as folded states, or into a part file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bigdata.aggregators import Aggregator
from bigdata.codecs import join, key_encoder, pair_encoder, shares_keys, value_encoder
from bigdata.engines.spills import KEY_OVERHEAD, VALUE_OVERHEAD, Spills
from bigdata.errors import EncodeError
from bigdata.explain import encode_or_explain, one_line, shown
from bigdata.kernels.folds import FoldTable
from bigdata.pairs import Writer
from bigdata.storage import disk_errors

Sink = Callable[[Iterable[Any]], None]


def pair_sink(write: Any, spills: Spills, label: str) -> Sink:
    """A sink that puts pairs into the spills' table: strings as they are, other keys by their encoded bytes."""
    groups, grow = spills.groups, spills.grow
    encode_key, encode_value = key_encoder(write), value_encoder(write)
    explained = encode_or_explain(pair_encoder(write), label)
    if encode_value is None:

        def whole_sink(pairs: Iterable[Any]) -> None:
            for pair in pairs:
                key, value = pair
                spills.add(*explained(key, value))

        return whole_sink
    group = _grouping(encode_key)

    def sink(pairs: Iterable[Any]) -> None:
        size = 0
        for pair in pairs:
            key, value = pair
            try:
                data = encode_value(value)
                if type(key) is not str:
                    key = group(key)
            except Exception:
                explained(key, value)
            values = groups.get(key)
            if values is None:
                groups[key] = [data]
                size += KEY_OVERHEAD + len(key)
            else:
                values.append(data)
            size += VALUE_OVERHEAD + len(data)
            if size > _GROWN:
                grow(size)
                size = 0
        grow(size)

    return sink


def fold_sink(
    aggregator: Aggregator, write: Any, spills: Spills, label: str, budget: int
) -> tuple[Sink, Callable[[], None]]:
    """A sink that folds pairs into states by key, and a function that puts the states into the spills.

    :param budget: bytes that the states may take up before they go there
    """
    table = FoldTable(aggregator)
    encode_key = key_encoder(write)
    group = _grouping(_key_or_explain(encode_key, label))
    dumps = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

    def sink(pairs: Iterable[Any]) -> None:
        table.fold(pairs, group)
        if table.nbytes > budget:
            flush()

    def put(key: Any, state: Any) -> None:
        try:
            key_bytes = encode_key(key) if type(key) is str else key
            # most states are whole numbers, and JSON's way to their digits is long
            spills.add(key_bytes, b"%d" % state if type(state) is int else dumps(state).encode("ascii"))
        except (TypeError, ValueError) as error:
            raise EncodeError(
                f"{label}: can't write the key {shown(key)} with the state {shown(state)}: {one_line(error)}"
            ) from None

    def flush() -> None:
        table.each(put)
        table.clear()

    return sink, flush


def _key_or_explain(encode_key: Callable[[Any], bytes], label: str) -> Callable[[Any], bytes]:
    def checked(key: Any) -> bytes:
        try:
            return encode_key(key)
        except Exception as error:
            raise EncodeError(
                f"{label}: the protocol can't write the key {shown(key)}: {one_line(error)}."
                " Yield what the protocol can hold, or choose another protocol."
            ) from None

    return checked


#: how many bytes a sink takes before it tells the spills
_GROWN = 1 << 16


def _grouping(encode_key: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """Name the group of a key that is no string: its encoded bytes, remembered for whole numbers."""
    known: dict[int, bytes] = {}

    def group(key: Any) -> bytes:
        if type(key) is not int:
            return encode_key(key)
        if key not in known:
            if len(known) == 1 << 16:
                known.clear()
            known[key] = encode_key(key)
        return known[key]

    return group


class Part:
    """A part file, written as its lines or pairs come.

    :param label: how messages name the stage
    """

    def __init__(self, path: str, label: str) -> None:
        self.path = path
        self.label = label
        with disk_errors(path):
            self._file = open(path, "wb", buffering=1 << 18)

    def write(self, line: bytes) -> None:
        """Write one line."""
        self.write_block(line + b"\n")

    def write_block(self, block: bytes | memoryview) -> None:
        """Write whole lines."""
        try:
            self._file.write(block)
        except OSError:
            with disk_errors(self.path):
                raise

    def add(self, key: bytes, value: bytes | None) -> None:
        """Write one pair of bytes."""
        self.write(join(key, value))

    def line_sink(self, write: Any) -> Sink:
        """A sink that encodes pairs with the protocol method `write`."""
        encode = encode_or_explain(write, self.label)
        put = self.write

        def sink(pairs: Iterable[Any]) -> None:
            for pair in pairs:
                key, value = pair
                put(encode(key, value))

        return sink

    def close(self) -> str:
        """Finish the file; gives its path."""
        with disk_errors(self.path):
            self._file.close()
        return self.path


class PairPart(Part):
    """A part file that holds pairs and no lines; see :mod:`bigdata.pairs`.

    :param read: the output protocol's, for pairs that come as a line
    """

    def __init__(self, path: str, label: str, read: Callable[[bytes], tuple[Any, Any]]) -> None:
        super().__init__(path, label)
        self._read = read
        self._pairs = Writer(self._file)

    def write(self, line: bytes) -> None:
        self._put(*self._read(line))

    def write_block(self, block: bytes | memoryview) -> None:
        for line in bytes(block).split(b"\n")[:-1]:
            self.write(line)

    def _put(self, key: Any, value: Any) -> None:
        try:
            self._pairs.add(key, value)
        except TypeError as error:
            raise EncodeError(f"{self.label}: can't keep the key {shown(key)} with {shown(value)}: {error}.") from None
        except OSError:
            with disk_errors(self.path):
                raise

    def line_sink(self, write: Any) -> Sink:
        if shares_keys(self._read, write) is None:
            return super().line_sink(write)  # the protocol changes a pair
        put = self._put

        def sink(pairs: Iterable[Any]) -> None:
            for pair in pairs:
                key, value = pair
                put(key, value)

        return sink

    def close(self) -> str:
        with disk_errors(self.path):
            self._pairs.close()
        return self.path
