"""Lines that hold a JSON object each, read by Arrow."""

from __future__ import annotations

from typing import Any

_OBJECT = r"^[ \t]*\{.*\}[ \t]*$"


def joined(lines: Any) -> Any:
    """The text of an Arrow array of lines, a buffer; ``None`` if there are none, or one doesn't look like an object."""
    import pyarrow
    import pyarrow.compute as pc

    if not len(lines) or not pc.all(pc.match_substring_regex(lines, _OBJECT)).as_py():
        return None
    return pc.binary_join(pyarrow.ListArray.from_arrays([0, len(lines)], lines), "\n")[0].as_buffer()


def read(text: Any, schema: Any, count: int) -> Any:
    """The members of objects that a schema names, as a ``pyarrow.Table``; ``None`` where Arrow can't read one so.

    No object begins inside of another right after a line that ends with ``}``: so with as many objects as lines, each
    line is one.

    :param text: what :func:`joined` gives of `count` lines

    >>> import pyarrow
    >>> text = joined(pyarrow.array(['{"n": 1}', '{"more": []}']))
    >>> read(text, pyarrow.schema([("n", pyarrow.int32())]), 2).to_pydict()
    {'n': [1, None]}
    """
    import pyarrow
    import pyarrow.json

    try:
        table = pyarrow.json.read_json(
            pyarrow.BufferReader(text),
            read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=text.size + 1),
            parse_options=pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
        return None
    return table if len(table) == count else None
