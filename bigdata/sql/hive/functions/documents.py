"""Hive's functions of JSON, XML, URLs and texts of pairs, and of files.

Sources: Hive 3.1's UDFJson, GenericUDTFJSONTuple, UDFParseUrl, GenericUDTFParseUrlTuple, UDFXPathUtil and
GenericUDFXPath, GenericUDFStringToMap, GenericUDFInFile.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bigdata.errors import InputNotFound, UsageError
from bigdata.sql.hive import xpath
from bigdata.sql.hive.functions.patterns import split
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java import json, urls
from bigdata.sql.hive.java.regex import Pattern, compiled
from bigdata.sql.hive.library import function
from bigdata.sql.types import STRING, array, literal, struct

_KEY = re.compile(r"([a-zA-Z0-9_\-:\s]+)")
_INDEX = re.compile(r"\[([0-9]+|\*)\]")
#: the ends of Java's whole numbers
_INT, _LONG = 2**31, 2**63


@lru_cache(maxsize=256)
def _json_steps(path: str) -> tuple[tuple[str | None, tuple[str, ...]], ...] | None:
    """The keys of a path, with the indices that follow each; ``None`` for what is no path.

    >>> _json_steps("$.a[0][*].b")
    (('a', ('0', '*')), ('b', ()))
    """
    if path[:1] != "$" or path[1:2] not in ("", ".", "["):
        return None
    first, *rest = path.split(".")
    steps: list[tuple[str | None, tuple[str, ...]]] = []
    if path[1:2] == "[":
        steps.append((None, tuple(_INDEX.findall(first))))
    elif path[1:3] == ".[":
        steps.append((None, tuple(_INDEX.findall(rest.pop(0)))))
    for part in rest:
        key = _KEY.match(part)
        if key is None or "\n" in part[key.end() :]:
            return None
        steps.append((key[1], tuple(_INDEX.findall(part))))
    return tuple(steps)


def _with_key(value: Any, key: str) -> Any:
    """The values under a key: of an object, or of the objects in an array."""
    if isinstance(value, dict):
        return value.get(key)
    if not isinstance(value, list):
        return None
    found: list[Any] = []
    for each in value:
        held = each.get(key) if isinstance(each, dict) else None
        if held is not None:
            found += held if isinstance(held, list) else [held]
    return found or None


def _with_indices(value: Any, indices: Sequence[str]) -> Any:
    """The members at indices, ``*`` for all; one alone is no array."""
    values = [value]
    for index in indices:
        lists = [each for each in values if isinstance(each, list)]
        if index == "*":
            values = [member for each in lists for member in each]
        elif any(int(index) >= len(each) for each in lists):
            return None
        else:
            values = [each[int(index)] for each in lists]
    return values if len(values) > 1 else values[0] if values else None


@function("hive_get_json_object", ["VARCHAR", "VARCHAR"], "VARCHAR")
def get_json_object(text: str, path: str) -> str | None:
    """What a path of keys and indices finds in JSON.

    >>> get_json_object('{"a": [{"b": 1}, {"b": "x"}]}', "$.a[1].b"), get_json_object('{"a": 1}', "$.b")
    ('x', None)
    """
    steps = _json_steps(path)
    if steps is None:
        return None
    try:
        value = json.read(text)
    except ValueError:
        return None
    expected = dict | list if path == "$" else list if steps and steps[0][0] is None else dict
    if not isinstance(value, expected):
        return None
    for key, indices in steps:
        value = value if key is None else _with_key(value, key)
        if indices and value is not None:
            value = _with_indices(value, indices)
        if value is None:
            return None
    return json.shown(value)


@function("hive_json_tuple", ["VARCHAR", "VARCHAR[]"], "VARCHAR[]", null=True)
def json_tuple(text: str | None, keys: list[str | None]) -> list[str | None]:
    """The values under keys of a JSON object; NULL for all if it isn't one.

    >>> json_tuple('{"a": 1, "b": [true]}', ["b", "c"])
    ['[true]', None]
    """
    try:
        value = None if text is None else json.read(text)
    except ValueError:
        value = None
    held = value if isinstance(value, dict) else {}
    return [None if held.get(key) is None else json.shown(held[key]) for key in keys]


@function("hive_parse_url", ["VARCHAR", "VARCHAR"], "VARCHAR")
def parse_url(url: str, part: str) -> str | None:
    """A part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, AUTHORITY, FILE or USERINFO.

    >>> parse_url("http://facebook.com/path/p1.php?query=1", "HOST")
    'facebook.com'
    """
    return (urls.parts(url) or {}).get(part)


@function("hive_parse_url_key", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR")
def parse_url_key(url: str, part: str, key: str) -> str | None:
    """The value of a key in a URL's query; the key is a pattern.

    >>> parse_url_key("http://facebook.com/?a=1&query=2", "QUERY", "query")
    '2'
    """
    query = (urls.parts(url) or {}).get("QUERY")
    if part != "QUERY" or query is None:
        return None
    pattern = compiled(f"(&|^){key}=([^&]*)")
    found = pattern.python.search(query)
    return found[2] if found else None


@function("hive_parse_url_tuple", ["VARCHAR", "VARCHAR[]"], "VARCHAR[]", null=True)
def parse_url_tuple(url: str | None, names: list[str | None]) -> list[str | None]:
    """Parts of a URL, and the values of keys in its query, named ``QUERY:key``.

    >>> parse_url_tuple("http://facebook.com/?id=1", ["HOST", "QUERY:id"])
    ['facebook.com', '1']
    """
    found: list[str | None] = []
    for name in names:
        if url is None or name is None:
            found.append(None)
        elif name.startswith("QUERY:"):
            found.append(parse_url_key(url, "QUERY", name[6:]))
        else:
            found.append(parse_url(url, name))
    return found


@function("hive_str_to_map", ["VARCHAR", "VARCHAR", "VARCHAR"], "MAP(VARCHAR, VARCHAR)")
def str_to_map(text: str, between: str, within: str) -> dict[str, str | None]:
    """Pairs of a text by patterns that part pairs, and a key from its value; a key without one has NULL.

    >>> str_to_map("a=1&b=2&c", "&", "=")
    {'a': '1', 'b': '2', 'c': None}
    """
    pairs = split(text, between)
    while pairs and not pairs[-1] and pairs != [text]:
        pairs.pop()
    border = compiled(within)
    return dict(_key_and_value(pair, border) for pair in pairs)


def _key_and_value(pair: str, border: Pattern) -> tuple[str, str | None]:
    if border.literal:
        key, found, value = pair.partition(border.literal)
        return key, value if found else None
    match = next((match for match in border.matches(pair) if match.end() > 0), None)
    return (pair, None) if match is None else (pair[: match.start()], pair[match.end() :])


@function("hive_in_file", ["VARCHAR", "VARCHAR"], "BOOLEAN", volatile=True)
def in_file(text: str, path: str) -> bool:
    """Whether a text is a line of a file."""
    try:
        return text in _lines(path, os.stat(path).st_mtime_ns)
    except OSError as error:
        raise InputNotFound(f"in_file can't read {path!r}: {error.strerror}.") from None


@lru_cache(maxsize=8)
def _lines(path: str, changed: int) -> frozenset[str]:
    """The lines of a file as it was when it changed last."""
    with open(path, encoding="utf-8") as lines:
        return frozenset(line.removesuffix("\n") for line in lines)


def _number(xml: str, path: str) -> float | None:
    if not xml or not path:
        return None
    try:
        return xpath.number(xpath.evaluate(xml, path))
    except xpath.InvalidPath:
        raise UsageError(f"{path!r} is no XPath expression.") from None


def _whole(value: float | None, half: int) -> int | None:
    """A number as Java cuts it to a whole one: NaN is 0, and it stops at the ends."""
    if value is None or math.isnan(value):
        return None if value is None else 0
    return half - 1 if value >= half else -half if value <= -half else int(value)


@function("hive_xpath", ["VARCHAR", "VARCHAR"], "VARCHAR[]")
def xpath_list(xml: str, path: str) -> list[str]:
    """The values of the texts and attributes that a path finds; elements have none.

    >>> xpath_list("<a><b>b1</b><b>b2</b></a>", "a/b/text()"), xpath_list("<a><b>b1</b></a>", "a/b")
    (['b1', 'b2'], [])
    """
    if not xml or not path:
        return []
    try:
        found = xpath.evaluate(xml, path)
    except xpath.InvalidPath:
        return []
    if not isinstance(found, list):
        raise UsageError(f"xpath takes a path to nodes, got {path!r}. Use xpath_string for other expressions.")
    return [node.value for node in found if node.kind not in ("root", "element")]


@function("hive_xpath_string", ["VARCHAR", "VARCHAR"], "VARCHAR")
def xpath_string(xml: str, path: str) -> str | None:
    """The text of the first node that a path finds.

    >>> xpath_string("<a><b>b</b><c>cc</c></a>", "a/c")
    'cc'
    """
    if not xml or not path:
        return None
    try:
        return xpath.text(xpath.evaluate(xml, path))
    except xpath.InvalidPath:
        return None


@function("hive_xpath_boolean", ["VARCHAR", "VARCHAR"], "BOOLEAN")
def xpath_boolean(xml: str, path: str) -> bool | None:
    """Whether an expression is true, or finds a node.

    >>> xpath_boolean("<a><b>1</b></a>", "a/b = 2")
    False
    """
    if not xml or not path:
        return None
    try:
        return xpath.truth(xpath.evaluate(xml, path))
    except xpath.InvalidPath:
        raise UsageError(f"{path!r} is no XPath expression.") from None


@function("hive_xpath_number", ["VARCHAR", "VARCHAR"], "VARCHAR")
def xpath_number(xml: str, path: str) -> str | None:
    """The digits of the number that an expression gives; DuckDB would take a NaN of Python for NULL."""
    value = _number(xml, path)
    return None if value is None else repr(value)


@function("hive_xpath_int", ["VARCHAR", "VARCHAR"], "INTEGER")
def xpath_int(xml: str, path: str) -> int | None:
    """The number that an expression gives, cut to an int.

    >>> xpath_int("<a><b>1</b><b>2</b></a>", "sum(a/b)"), xpath_int("<a>b</a>", "a")
    (3, 0)
    """
    return _whole(_number(xml, path), _INT)


@function("hive_xpath_long", ["VARCHAR", "VARCHAR"], "BIGINT")
def xpath_long(xml: str, path: str) -> int | None:
    """The number that an expression gives, cut to a bigint."""
    return _whole(_number(xml, path), _LONG)


def _as_row(call: str, values: Sequence[Typed]) -> Typed:
    """A row whose columns c0, c1, ... are the values of a function's list."""
    kind = struct(*((f"c{place}", STRING) for place in range(len(values))))
    names = ", ".join(f"c{place} := ({call})[{place + 1}]" for place in range(len(values)))
    return Typed(f"[struct_pack({names})]", array(kind))


def _json_tuple(text: Typed, *keys: Typed) -> Typed:
    return _as_row(f"hive_json_tuple({text}, [{', '.join(map(str, keys))}]::VARCHAR[])", keys)


def _parse_url_tuple(url: Typed, *names: Typed) -> Typed:
    return _as_row(f"hive_parse_url_tuple({url}, [{', '.join(map(str, names))}]::VARCHAR[])", names)


def _str_to_map(text: Typed, between: Typed | None = None, within: Typed | None = None) -> str:
    made = f"hive_str_to_map({text}, {between or literal(',')}, {within or literal(':')})"
    return f"coalesce({made}, CAST(MAP {{}} AS MAP(VARCHAR, VARCHAR)))"


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "get_json_object": Rule("string, string -> string", "hive_get_json_object({0}, {1})"),
    "json_tuple": Rule("string, string, string* -> ?", _json_tuple),
    "parse_url": [
        Rule("string, string -> string", "hive_parse_url({0}, {1})"),
        Rule("string, string, string -> string", "hive_parse_url_key({0}, {1}, {2})"),
    ],
    "parse_url_tuple": Rule("string, string, string* -> ?", _parse_url_tuple),
    "str_to_map": Rule("string, [string, string] -> map<string,string>", _str_to_map),
    "in_file": Rule("string, string -> boolean", "hive_in_file({0}, {1})"),
    "xpath": Rule("string, string -> array<string>", "hive_xpath({0}, {1})"),
    "xpath_string": Rule("string, string -> string", "hive_xpath_string({0}, {1})"),
    "xpath_boolean": Rule("string, string -> boolean", "hive_xpath_boolean({0}, {1})"),
    "xpath_double xpath_number": Rule("string, string -> double", "CAST(hive_xpath_number({0}, {1}) AS DOUBLE)"),
    "xpath_float": Rule("string, string -> float", "CAST(hive_xpath_number({0}, {1}) AS FLOAT)"),
    "xpath_int": Rule("string, string -> int", "hive_xpath_int({0}, {1})"),
    "xpath_long": Rule("string, string -> bigint", "hive_xpath_long({0}, {1})"),
    "xpath_short": Rule("string, string -> smallint", "hive_wrap_16(hive_xpath_int({0}, {1}))"),
}
