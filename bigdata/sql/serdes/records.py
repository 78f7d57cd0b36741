"""Records of text, in text files or sequence files, as columns, and columns as such records.

What a SerDe of text has to say is how columns come out of a line (:class:`Fields`), and the line's SQL for writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bigdata.errors import UsageError
from bigdata.sql.serdes import sequence, text_files
from bigdata.sql.serdes.lines import Recode, utf8
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import SYMLINKS, DataFile, Portion
from bigdata.sql.serdes.stream import PLACE, Batch, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import quoted

TEXT = "org.apache.hadoop.mapred.TextInputFormat"
_READERS = {
    TEXT: text_files.read,
    SYMLINKS: text_files.read,
    "org.apache.hadoop.mapred.SequenceFileInputFormat": sequence.read,
    "org.apache.hadoop.hive.ql.io.HiveSequenceFileInputFormat": sequence.read,
}
_WRITERS = {
    "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat": text_files.write,
    "org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat": text_files.write,
    "org.apache.hadoop.mapred.TextOutputFormat": text_files.write,
    "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat": sequence.write,
    "org.apache.hadoop.mapred.SequenceFileOutputFormat": sequence.write,
}


@dataclass(frozen=True)
class Fields:
    """How columns come out of a line.

    :param record: the SQL of what is made of ``line`` once, called ``f``
    :param columns: the SQL of each column over ``f``
    :param recode: what makes UTF-8 of a file's bytes
    """

    record: str
    columns: tuple[str, ...]
    recode: Recode = utf8


def reader(portion: Portion, recode: Recode = utf8) -> Callable[[DataFile], Iterator[Batch]]:
    """What gives the records of a file of text.

    :raises UsageError: for an input format that holds no text
    """
    read = _READERS.get(portion.storage.input_format)
    if read is None:
        raise UsageError(
            f"{portion.storage.serde} reads records of text; got the input format {portion.storage.input_format}."
            f" Use {TEXT} or SequenceFile."
        )
    return partial(read, portion=portion, recode=recode)


def read(portion: Portion, fields: Fields) -> Scan:
    """The records of some files as columns."""
    import pyarrow

    schema = pyarrow.schema([("line", pyarrow.string())])
    stream = Stream(schema, portion.files, reader(portion, fields.recode))
    columns = [f"{sql} AS {quoted(column.name)}" for sql, column in zip(fields.columns, portion.columns)]
    record = f"SELECT {fields.record} AS f, {', '.join(PLACE)} FROM {quoted(portion.source)}"
    return Scan(f"SELECT {', '.join([*columns, *PLACE])} FROM ({record})", {portion.source: stream})


def write(output: Output, line: str) -> str:
    """Write the rows of a query, a record each; gives the path of the file.

    :param line: the SQL of a record over the query's columns, which are called as :attr:`Output.names` has it
    :raises UsageError: for an output format that holds no text
    """
    writer = _WRITERS.get(output.storage.output_format)
    if writer is None:
        raise UsageError(
            f"{output.storage.serde} writes records of text; got the output format {output.storage.output_format}."
            " Use TEXTFILE or SEQUENCEFILE."
        )
    return writer(output, line)
