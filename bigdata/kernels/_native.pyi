from collections.abc import Callable, Iterator
from typing import Any, Literal

from typing_extensions import Buffer

class TokenCounter:
    """Counts keys made of the tokens of lines.

    :param ascii: the ASCII characters of tokens; no line ends
    :param beyond: whether the characters beyond ASCII that ``\\w`` matches are of tokens too
    :param form: of the keys: ``each`` token; ``ngrams``, the lists of `size` tokens that follow one another in a line;
        ``pairs``, for each token the lists of it and each token at most `size` places from it in the line;
        ``successors``, for each token but a line's last the lists of it and ``""``, and of it and the next
    :param size: at least 1; ``each`` and ``successors`` ignore it
    :param memory: bytes; keys of two to four tokens that wait to be sorted take half of it at most
    :raises ValueError: for another form, size or `ascii`

    A token is a longest run of those characters, in lower case as ``str.lower`` has it. A counter is for one thread at
    a time; RuntimeError refuses a second.

    >>> import pyarrow, string
    >>> counter = TokenCounter(string.ascii_letters, beyond=True, form="each")
    >>> counter.update(b"The fox,\\nthe den")
    >>> sorted(zip(*pyarrow.record_batch(counter).to_pydict().values()))
    [('den', 1), ('fox', 1), ('the', 2)]
    """

    def __init__(
        self,
        ascii: str,
        beyond: bool,
        form: Literal["each", "ngrams", "pairs", "successors"],
        size: int = 1,
        memory: int = ...,
    ) -> None: ...
    def update(self, block: Buffer) -> None:
        """Count the keys of whole lines of bytes, the last with or without its newline; other threads run meanwhile.

        A line that isn't UTF-8 is Latin-1. After an exception the lines before it may be counted.
        """

    def merge(self, other: TokenCounter) -> None:
        """Add the counts of another counter of the same form and size; the other stays as it is."""

    def clear(self) -> None:
        """Forget all keys and give their memory back."""

    def __len__(self) -> int:
        """The number of distinct keys."""

    @property
    def nbytes(self) -> int:
        """The bytes of memory held, and those that sorting takes."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The counts as an Arrow record batch: `key` (utf8, or list<utf8>; over 2 GB large_) and `value` (int64)."""

class SortedLines:
    """The counts of some counters as lines in the order of their bytes: the key as JSON, a TAB and the count.

    :param counters: of the same form and size, with keys of at most four tokens; they forget their keys
    :param separator: if given, the keys of several tokens are texts, the tokens with it between them; a character that
        sorts before those of tokens, as the quote must then too, or the lines are out of order
    :param size: about how many counts a range has; several may be read at a time
    :raises ValueError: for other counters

    >>> import string
    >>> counter = TokenCounter(string.ascii_letters, beyond=True, form="ngrams", size=2)
    >>> counter.update(b"the fox the fox")
    >>> bytes(SortedLines([counter], separator=" ").read(0))
    b'"fox the"\t1\n"the fox"\t2\n'
    """

    def __init__(self, counters: list[TokenCounter], separator: str = "", size: int = ...) -> None: ...
    def __len__(self) -> int:
        """The number of ranges, at least 1."""

    def read(self, range: int) -> memoryview:
        """The lines of a range."""

class Postings:
    """For each token the documents that it occurs in, and how often in each.

    :param ascii: as for a TokenCounter
    :param beyond: likewise

    >>> import string
    >>> postings = Postings(string.ascii_letters, beyond=True)
    >>> postings.update(b"the fox, the den")
    >>> postings.end_document(0)
    >>> PostingLines([postings], ['"fable"'], ranked=False).read(0).splitlines()[0]
    b'"den"\t{"df": 1, "postings": [["fable", 1]]}'
    """

    def __init__(self, ascii: str, beyond: bool) -> None: ...
    def update(self, block: Buffer) -> None:
        """Count the tokens of whole lines, as a TokenCounter does."""

    def end_document(self, document: int) -> None:
        """Say of what document that was which came since this was called last; a document may come in parts."""

    @property
    def nbytes(self) -> int:
        """The bytes of memory held, and those that sorting takes."""

class PostingLines:
    """Postings as lines in the order of their bytes: the token as JSON, a TAB and what the aggregator Postings gives.

    :param postings: they are empty afterwards
    :param documents: the name of each as JSON writes it
    :param ranked: whether a token's are in the order of falling frequency and then of the document's number
    :param size: about how many postings a range has; several may be read at a time
    :raises IndexError: for a document without a name
    """

    def __init__(self, postings: list[Postings], documents: list[str], ranked: bool, size: int = ...) -> None: ...
    def __len__(self) -> int:
        """The number of ranges, at least 1."""

    def read(self, range: int) -> memoryview:
        """The lines of a range."""

class RecordBatch:
    """An Arrow record batch, for pyarrow.record_batch to take over."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...

class SortedBatches:
    """The counts of some counters as record batches in the order of SortedLines: `key` and `value`.

    :param counters: of the same form and size, with keys of at most four tokens; they forget their keys
    :param size: about how many rows a batch has; several may be read at a time
    :raises ValueError: for other counters
    """

    def __init__(self, counters: list[TokenCounter], size: int = ...) -> None: ...
    def __len__(self) -> int:
        """The number of batches, at least 1."""

    def read(self, range: int) -> RecordBatch:
        """One of them."""

class PostingBatches:
    """Postings as record batches in the order of their lines.

    :param postings: they are empty afterwards
    :param documents: the name of each as JSON writes it; in the order of those texts unless `by_token`
    :param by_token: whether `key` is a token, and `value` what the aggregator Postings gives; else `key` is a list of a
        document and a token, and `value` a count
    :param ranked: as in PostingLines
    :param size: about how many postings a batch has; several may be read at a time
    :raises IndexError: for a document without a name
    """

    def __init__(
        self, postings: list[Postings], documents: list[str], by_token: bool, ranked: bool = False, size: int = ...
    ) -> None: ...
    def __len__(self) -> int:
        """The number of batches, at least 1."""

    def read(self, range: int) -> RecordBatch:
        """One of them."""

def json_lines(batch: Any) -> memoryview:
    """The rows of a record batch of two columns as json.dumps writes them, with a TAB between.

    :raises ValueError: for a batch with other columns, or with a type that JSON doesn't have

    A struct whose first name is ``0`` is written as a list.

    >>> import pyarrow
    >>> bytes(json_lines(pyarrow.record_batch({"key": ["fox"], "value": [{"n": 0.5}]})))
    b'"fox"\t{"n": 0.5}\n'
    """

def json_groups(batch: Any, values: bool) -> bytes | None:
    """The rows at which another key begins, as integers of 64 bits; None where keys are not in the order of their JSON.

    :param values: whether the values of a key must be in order too
    """

class ObjectReader:
    r"""Takes lines with a JSON object each apart as :meth:`bigdata.JsonLines.read` does, several blocks at a time.

    :param names: of the columns, at most 64
    :param types: as of a :class:`FieldReader`
    :raises ValueError: for other types, or more columns

    A line that json.loads refuses, or that isn't written plainly, is an odd one.

    >>> import pyarrow
    >>> fields = ObjectReader(["n", "x"], ["int", "str?"]).read(b'{"x": "a", "y": [], "n": 7}\n{"n": 8}\n{"n": "9"}')
    >>> [column.to_pylist() for column in pyarrow.record_batch(fields).columns], fields.odd
    ([[7, 8], ['a', None]], [(2, 36, 46)])
    """

    def __init__(self, names: list[str], types: list[str]) -> None: ...
    def read(self, block: Buffer) -> Fields:
        """Take whole lines of UTF-8 apart, the last with or without its newline; other threads run meanwhile."""

class LineSorter:
    r"""Sorts lines by their bytes. It is for one thread at a time; RuntimeError refuses a second.

    >>> sorter = LineSorter()
    >>> sorter.add(b"b\t1\na\t2\n")
    >>> sorter.add(b"a\t1\n")
    >>> sorter.sort()
    >>> sorter.read(8)
    b'a\t1\na\t2\n'
    """

    def __init__(self) -> None: ...
    def add(self, block: Buffer) -> None:
        """Add whole lines, which stay where they are; other threads run meanwhile, as in all that follows.

        :raises ValueError: for a line that doesn't end
        :raises RuntimeError: after `sort`
        """

    def sort(self) -> None:
        """Sort the lines, of which there may be no more."""

    def read(self, size: int) -> bytes:
        """About `size` bytes of the lines that come next; none at the end."""

    @property
    def nbytes(self) -> int:
        """The bytes of memory in use, those of the lines too."""

class Fields:
    """What a reader takes from a block; pyarrow.record_batch reads the columns."""

    @property
    def odd(self) -> list[tuple[int, int, int]]:
        """The lines that are to be read otherwise: their numbers from 0, and where their bytes begin and end."""

    @property
    def lines(self) -> int:
        """How many lines the block has."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The columns: texts; whole numbers; other numbers as text, between commas where they are several."""

class FieldReader:
    r"""Takes lines of fields between separators apart as :meth:`bigdata.Csv.read` does, several blocks at a time.

    :param types: of the columns: ``str``, ``int``, ``float`` or ``floats``, with ``?`` where an empty field is null
    :param separator: an ASCII character that ends no line
    :param quote: likewise, or empty
    :param rest: whether the last column is the text that follows the others, which may be missing
    :param skipped: lines that carry no record, beside empty ones
    :raises ValueError: for other types or characters

    Numbers are read if they are written as :data:`bigdata.records.WRITTEN` says; a line with another is an odd one.

    >>> import pyarrow
    >>> fields = FieldReader(["str", "int"], separator=",", quote='"').read(b'"a, b",-7\nc,+7\n')
    >>> pyarrow.record_batch(fields).columns[1].to_pylist(), fields.odd, fields.lines
    ([-7], [(1, 10, 14)], 2)
    """

    def __init__(
        self, types: list[str], separator: str, quote: str = "", rest: bool = False, skipped: list[str] = []
    ) -> None: ...
    def read(self, block: Buffer) -> Fields:
        """Take whole lines of UTF-8 apart, the last with or without its newline; other threads run meanwhile."""

class RowSorter:
    """Sorts rows of one number of bytes by them.

    :param width: that number, at least 8
    :param rows: about how many will come; memory for them is touched only as they do
    :raises ValueError: for a smaller width

    >>> sorter = RowSorter(8)
    >>> sorter.add(b"row no 2row no 1")
    >>> sorter.add_hex(b"ff00000000000000\nFE000000")
    False
    >>> sorter.sort()
    >>> RowLines([sorter], b"row no 2", b"").read(100)
    b'726f77206e6f2032\nff00000000000000\n'
    """

    def __init__(self, width: int, rows: int = 0) -> None: ...
    def add(self, block: Buffer) -> None:
        """Add rows one behind the other; other threads run meanwhile.

        :raises ValueError: for half a row
        :raises RuntimeError: after `sort`
        """

    def add_hex(self, block: Buffer) -> bool:
        """Add lines of hexadecimal digits; false if a line is something else, and those before it are added."""

    def sort(self) -> None:
        """Sort the rows, of which there may be no more."""

    def __len__(self) -> int:
        """The number of rows."""

    @property
    def nbytes(self) -> int:
        """The bytes of memory in use."""

class RowLines:
    """The rows of sorters in order, as lines of hexadecimal digits; several may be read at a time.

    :param sorters: sorted, of one width
    :param low: the first row, or empty for all
    :param high: the first row that is not of them, or empty for all
    :raises ValueError: for other sorters, or borders that are no rows
    """

    def __init__(self, sorters: list[RowSorter], low: bytes, high: bytes) -> None: ...
    def read(self, size: int) -> bytes:
        """About `size` bytes of the lines that come next; none at the end."""

class Folding:
    """Sums of whole numbers of 64 bits by text, as the folds of Sum and Count make them.

    :param counts: whether each pair counts as one, whatever its value
    """

    def __init__(self, counts: bool) -> None: ...
    def fold(self, table: dict[Any, Any], pairs: Iterator[Any], group: Callable[[Any], Any]) -> tuple[Any] | None:
        """Fold pairs up to one that is no tuple or list of two; gives that in a tuple, or None.

        What has no place here is folded into `table`, as the aggregator's own fold does it.
        """

    def each(self, put: Callable[[str, int], object]) -> None:
        """Call ``put(key, sum)`` for each key, and for each part of a sum that is over 64 bits."""

    def clear(self) -> None:
        """Forget all keys and give their memory back."""

    def __len__(self) -> int:
        """The number of keys and parts."""

    @property
    def nbytes(self) -> int:
        """The bytes of memory held."""
