"""Record readers and writers: files to splits, splits to blocks of whole lines, pairs to text, JSON, CSV or Parquet.

A *block* is a run of whole lines as bytes. Its text is what mrjob's default protocol reads: each line as UTF-8, or as
Latin-1 if it isn't UTF-8, without the carriage returns at its end.
"""

import bz2
import csv
import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat, takewhile
from typing import IO, Any

from bigdata import pairs, parquet
from bigdata.errors import EncodeError, InputError, UsageError
from bigdata.records import Records
from bigdata.splits import Split
from bigdata.storage import File, ahead, disk_errors, open_input, open_range

BLOCK = 1 << 20
Pair = tuple[Any, Any]
#: the output formats that tasks write; the others are made of text
AS_WRITTEN = ("text", "pairs")


def whole(file: File) -> Split:
    """A file as one split."""
    if file.compression == "parquet":
        [split] = parquet.splits(file, 1 << 62)
        return split
    return Split(file.path, 0, file.size, file.compression, file.source)


def splits(files: Iterable[File], size: int) -> list[Split]:
    """Cut files into splits of about `size` bytes, on line borders; a compressed file is one split.

    An empty file is one empty split, because empty input still runs one map task.
    """
    result = []
    for file in files:
        if file.compression == "parquet":
            result.extend(parquet.splits(file, size))
            continue
        if file.compression or file.size <= size * 1.1:
            result.append(whole(file))
            continue
        with open_input(file.path) as stream:
            start = 0
            while start < file.size:
                end = _line_border(stream, min(start + size, file.size), file.size)
                result.append(Split(file.path, start, end - start, source=file.source))
                start = end
    return result


def _line_border(stream: IO[bytes], place: int, size: int) -> int:
    """The first line border at or after `place`."""
    if place >= size:
        return size
    stream.seek(place - 1)
    while chunk := stream.read(1 << 16):
        newline = chunk.find(b"\n")
        if newline >= 0:
            return stream.tell() - len(chunk) + newline + 1
    return size


def blocks(split: Split, size: int = BLOCK) -> Iterator[bytes]:
    """The lines of a split, in blocks of about `size` bytes.

    :raises InputError: for a compressed file that is corrupt or cut short, or a file that has no lines
    """
    if split.holds_pairs:
        raise InputError(
            f"{split.path}: a {split.compression} file has no lines of text. Give the job RECORDS with its columns."
        )
    lines = _blocks(split, size)
    if split.compression is not None:
        # one thread inflates while another maps; None follows the last block
        lines = takewhile(bool, ahead(repeat(partial(next, lines, None)), most=2))
    yield from lines


def _blocks(split: Split, size: int) -> Iterator[bytes]:
    with open_range(split.path, split.start, split.length) as stored:
        read = _limited(stored, split) if split.compression is None else _inflated(stored, split)
        yield from _whole_lines(read, size)


def _limited(stored: IO[bytes], split: Split) -> Callable[[int], bytes]:
    left = split.length

    def read(size: int) -> bytes:
        nonlocal left
        try:
            data = stored.read(min(size, left))
        except OSError as error:
            raise InputError(f"{split.path}: can't be read to its end: {error.strerror or error}.") from None
        left -= len(data)
        return data

    return read


def _inflated(stored: IO[bytes], split: Split) -> Callable[[int], bytes]:
    stream: Any
    if split.compression == "zstd":
        import pyarrow

        stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(stored), "zstd")
    else:
        stream = {"gzip": gzip.open, "bz2": bz2.open}[str(split.compression)](io.BufferedReader(stored))  # type: ignore

    def read(size: int) -> bytes:
        try:
            data: bytes = stream.read(size)
            return data
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(
                f"{split.path}: not a whole {split.compression} file ({str(error).splitlines()[0]})."
                " Fetch or compress it again, or take it out of the input."
            ) from None

    return read


def _whole_lines(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    pieces: list[bytes] = []
    while data := read(size):
        cut = data.rfind(b"\n") + 1
        if cut == 0:
            pieces.append(data)
            continue
        yield b"".join([*pieces, data[:cut]])
        pieces = [data[cut:]] if cut < len(data) else []
    if pieces:
        yield b"".join(pieces)


def pairs_in(split: Split, records: Records | None = None) -> Iterator[list[Pair]]:
    """The pairs of a split that holds no lines, in lists; records with their input's name, as a mapper gets them."""
    return pairs.read(split.path) if split.compression == "pairs" else parquet.pairs(split, records)


def rows_before(split: Split) -> int:
    """How many rows of its file come before a split that holds no lines."""
    return parquet.rows_before(split) if split.compression == "parquet" else 0


def lines_before(split: Split) -> int:
    """How many lines of its file come before a split."""
    if split.start == 0:
        return 0
    return sum(block.count(b"\n") for block in blocks(Split(split.path, 0, split.start)))


def text_block(block: bytes) -> bytes:
    """A block as UTF-8 with bare newlines, line for line what mrjob's default protocol reads.

    >>> text_block(b"one\\r\\ncaf\\xe9\\n").decode()
    'one\\ncafé\\n'
    """
    block = _without_returns(block)
    if block.isascii():
        return block
    try:
        block.decode("utf-8")
        return block
    except UnicodeDecodeError:
        return b"\n".join(_utf8(line) for line in block.split(b"\n"))


def _utf8(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
        return line
    except UnicodeDecodeError:
        return line.decode("latin-1").encode("utf-8")


def _without_returns(block: bytes) -> bytes:
    if b"\r" not in block:
        return block
    block = block.replace(b"\r\n", b"\n")
    if not block.endswith(b"\n"):
        block = block.rstrip(b"\r") + b"\n"  # a last line of nothing but returns is still a line
    if b"\r\n" in block:
        block = b"\n".join(line.rstrip(b"\r") for line in block.split(b"\n"))
    return block


def byte_lines(block: bytes) -> list[bytes]:
    """The lines of a block, without their line ends.

    >>> byte_lines(b"a\\r\\n\\nb")
    [b'a', b'', b'b']
    """
    lines = _without_returns(block).split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def text_lines(block: bytes) -> list[str]:
    """The lines of a block as text."""
    lines = text_block(block).decode("utf-8").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def convert(paths: Sequence[str], read: Callable[[bytes], Pair], form: str) -> None:
    """Rewrite part files of encoded lines in another format; ``part-00000`` becomes ``part-00000.json``.

    :param read: the output protocol's, from a line to a pair
    :param form: one of :data:`bigdata.options.OUTPUT_FORMATS`
    :raises EncodeError: for a pair that the format can't hold

    JSON is a line ``{"key": …, "value": …}`` a pair; CSV has the header ``key,value`` and nested values as JSON;
    Parquet has the columns ``key`` and ``value`` with one type over all parts; binary is the values, which are bytes.
    """
    if form in AS_WRITTEN:
        return
    if form == "binary":
        for path in paths:
            with disk_errors(path), open(f"{path}.binary", "wb") as sink:
                sink.writelines(_bytes(value) for _, value in read_pairs(path, read))
            os.remove(path)
        return
    write = {"json": _write_json, "csv": _write_csv}.get(form)
    if write is None:
        _write_parquet(paths, read)
        return
    for path in paths:
        with disk_errors(path), open(f"{path}.{form}", "w", encoding="utf-8", newline="") as sink:
            write(read_pairs(path, read), sink)
        os.remove(path)


def read_pairs(path: str, read: Callable[[bytes], Pair]) -> Iterator[Pair]:
    """The pairs of a part file of encoded lines."""
    with io.BufferedReader(open_input(path)) as lines:  # type: ignore[type-var]
        for line in lines:
            yield read(line.rstrip(b"\r\n"))


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except TypeError as error:
        raise EncodeError(f"JSON can't hold {value!r}: {error}. Use --output-format text.") from None


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise EncodeError(f"binary output holds the bytes of values; got {value!r}. Use another --output-format.")
    return value


def _write_json(pairs: Iterable[Pair], sink: IO[str]) -> None:
    for key, value in pairs:
        sink.write(_json({"key": key, "value": value}) + "\n")


def _write_csv(pairs: Iterable[Pair], sink: IO[str]) -> None:
    def cell(value: Any) -> Any:
        return _json(value) if isinstance(value, (dict, list, tuple)) else value

    rows = csv.writer(sink)
    rows.writerow(["key", "value"])
    rows.writerows((cell(key), cell(value)) for key, value in pairs)


def _write_parquet(paths: Sequence[str], read: Callable[[bytes], Pair]) -> None:
    import pyarrow
    import pyarrow.parquet

    def tables(path: str) -> Iterator[Any]:
        rows: list[dict[str, Any]] = []
        for key, value in read_pairs(path, read):
            rows.append({"key": key, "value": value})
            if len(rows) == 1 << 16:
                yield table_of(rows)
                rows = []
        yield table_of(rows)

    schema = pyarrow.schema([("key", pyarrow.null()), ("value", pyarrow.null())])
    for path in paths:
        for table in tables(path):
            try:
                schema = pyarrow.unify_schemas([schema, table.schema], promote_options="permissive")
            except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as error:
                raise EncodeError(
                    f"Parquet columns have one type, and {os.path.basename(path)} has others ({error})."
                    " Use --output-format json."
                ) from None
    for path in paths:
        with disk_errors(path), pyarrow.parquet.ParquetWriter(f"{path}.parquet", schema) as sink:
            for table in tables(path):
                sink.write_table(table.cast(schema))
        os.remove(path)


def table_of(rows: Sequence[dict[str, Any]]) -> Any:
    """A ``pyarrow.Table`` with the columns ``key`` and ``value``, types inferred.

    :raises EncodeError: for columns that mix types Arrow can't join
    """
    import pyarrow

    columns = {}
    for name in ("key", "value"):
        values = [row[name] for row in rows]
        try:
            columns[name] = pyarrow.array(values)
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError, OverflowError) as error:
            raise EncodeError(
                f"the column {name!r} mixes types that Arrow can't hold in one column ({str(error).splitlines()[0]})."
                " Use text or json, or give the pairs one type."
            ) from None
    return pyarrow.table(columns)


def read_converted(path: str, form: str) -> Iterator[Pair]:
    """The pairs of a part file that :func:`convert` wrote; CSV gives text back, as CSV does."""
    if form == "pairs":
        yield from pairs.flat(path)
        return
    if form == "binary":
        raise UsageError(f"{path}: binary output has no keys and no borders between values to read it by.")
    if form == "parquet":
        import pyarrow.parquet

        with open_input(path) as stored:
            for batch in pyarrow.parquet.ParquetFile(stored).iter_batches():
                yield from zip(batch["key"].to_pylist(), batch["value"].to_pylist())
        return
    stored = io.BufferedReader(open_input(path))  # type: ignore[type-var]
    with io.TextIOWrapper(stored, encoding="utf-8", newline="") as source:
        if form == "json":
            for line in source:
                record = json.loads(line)
                yield record["key"], record["value"]
        else:
            rows = csv.reader(source)
            next(rows, None)
            yield from ((key, value) for key, value in rows)
