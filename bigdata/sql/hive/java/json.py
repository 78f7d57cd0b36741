"""JSON as the Jackson library reads and writes it.

It reads control characters in texts, any character after a backslash, and takes no notice of what follows the value.
Numbers with a point or an exponent are doubles and are written as Java's Double.toString writes them.

Source: Jackson's JsonParser.Feature (ALLOW_UNQUOTED_CONTROL_CHARS, ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, NoReturn

from bigdata.sql.hive.java import floating
from bigdata.sql.hive.java.halves import joined

_ESCAPE = re.compile(r'\\(["\\/bfnrtu]|.)', re.DOTALL)
_FIXED = 1e-3, 1e7  # between them Java writes a double without an exponent


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse)


@lru_cache(maxsize=64)
def read(text: str) -> Any:
    """The value that a text begins with.

    :raises ValueError: if it begins with none

    >>> read('{"a": "\\\\q"} and more')
    {'a': 'q'}
    """
    text = text.strip(" \t\n\r")
    try:
        return _DECODER.raw_decode(text)[0]
    except ValueError:
        return _DECODER.raw_decode(_ESCAPE.sub(_escape, text))[0]


def _escape(found: re.Match[str]) -> str:
    return found[0] if found[1] in '"\\/bfnrtu' else found[1]


def shown(value: Any) -> str:
    """A value as Java's toString shows it: texts bare, arrays and objects as JSON.

    >>> shown("a"), shown(1e10), shown([1.0, {"b": None}])
    ('a', '1.0E10', '[1.0,{"b":null}]')
    """
    if isinstance(value, dict | list):
        return written(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return _double(value)
    return joined(value) if isinstance(value, str) else str(value)


def written(value: Any) -> str:
    """A value as JSON without blanks."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{written(key)}:{written(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, str):
        quoted = json.dumps(joined(value), ensure_ascii=False)
        return re.sub(r"\\u00(\w\w)", lambda found: f"\\u00{found[1].upper()}", quoted) if "\\u" in quoted else quoted
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return f'"{_double(value)}"'
    return shown(value)


def _double(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    low, high = _FIXED
    if not value or low <= abs(value) < high:
        return repr(value)
    return floating.text(value)
