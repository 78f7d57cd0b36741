"""Record formats of regular expressions: logs of web servers, lists of edges, and lines of any other form."""

from __future__ import annotations

import re
from typing import Any

from bigdata.errors import UsageError
from bigdata.records import Records, schema, text_of

#: what Python's ``re`` and RE2 read differently
_DIFFERING = re.compile(r"\\[dDwWsSbBAZ0-9uUN]|\(\?(?!:|P<)|\{,|\[:")


class Pattern(Records):
    """Lines that a regular expression takes apart, as Hive's RegexSerDe does.

    :param pattern: a regular expression with a named group a column, ``(?P<name>[^ ]+)``; a line must match as a whole,
        and a group that takes no part is empty. Write classes out, ``[0-9]``: libraries differ on their short forms,
        and on which round of a repetition a group in it holds.
    :param types: a schema of those columns that are no text, or may be empty
    :param comment: lines that begin with it carry no record
    :raises UsageError: for an expression that isn't so

    >>> Pattern("(?P<name>[^=]+)=(?P<value>.*)", "value:int").read(b"answer=42")
    (None, {'name': 'answer', 'value': 42})
    """

    def __init__(self, pattern: str, types: str = "", comment: str | None = None) -> None:
        found = _DIFFERING.search(pattern)
        if found:
            raise UsageError(
                f"record pattern {pattern!r}: libraries differ on {found[0]}; write a class out, as in [0-9]."
            )
        try:
            self._pattern = re.compile(pattern)
        except re.error as error:
            raise UsageError(f"record pattern {pattern!r}: no regular expression: {error}.") from None
        names = list(self._pattern.groupindex)
        if not names or len(names) < self._pattern.groups or _repeats_a_group(pattern):
            raise UsageError(f"record pattern {pattern!r}: expected a named group a column, and none in a repetition.")
        if comment is not None:
            self.blank = f"^(?:$|{re.escape(comment)})"
        typed = {column.name: column for column in schema(types)} if types else {}
        unknown = typed.keys() - {*names}
        if unknown:
            raise UsageError(f"record pattern {pattern!r}: expected groups for all types; {min(unknown)} has none.")
        self.columns = tuple(typed.get(column.name, column) for column in schema(" ".join(names)))
        self.native = pattern

    def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
        found = self._pattern.fullmatch(text_of(line))
        if found is None:
            raise ValueError(f"expected a line of the form {self._pattern.pattern}")
        return None, self._record([group or "" for group in found.groups()])


def _repeats_a_group(pattern: str) -> bool:
    """Whether a regular expression has a named group in a repetition."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern)
    while True:
        inmost = re.search(r"\(([^()]*)\)([*+{]?)", bare)
        if inmost is None:
            return False
        named = "?P<" in inmost[1]
        if named and inmost[2]:
            return True
        bare = bare[: inmost.start()] + "?P<" * named + bare[inmost.end() :]


class CommonLog(Pattern):
    """The Common Log Format of web servers: host, identity, user, time, method, path, protocol, status, bytes.

    A ``-`` for the bytes is ``None``; a request that is no ``method path protocol`` leaves the three empty.
    Source: Apache HTTP Server, mod_log_config, ``%h %l %u %t \\"%r\\" %>s %b``.

    >>> CommonLog().read(b'::1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 304 -')[1]["bytes"]
    """

    _LINE = (
        r"(?P<host>[^ ]+) (?P<identity>[^ ]+) (?P<user>[^ ]+) \[(?P<time>[^\]]+)\] "
        r'"(?:(?P<method>[^ "]+) (?P<path>(?:[^ "]|\\")+)(?: (?P<protocol>[^ "]*))?|(?:[^"\\]|\\.)*)" '
        r"(?P<status>[0-9]{3}) (?P<bytes>[0-9]+|-)"
    )

    def __init__(self) -> None:
        super().__init__(self._LINE, "status:int, bytes:int?")

    def _record(self, fields: list[str]) -> dict[str, Any]:
        return super()._record([*fields[:8], fields[8].replace("-", ""), *fields[9:]])


class CombinedLog(CommonLog):
    """The Combined Log Format: :class:`CommonLog`'s columns, and referrer and agent.

    >>> CombinedLog().read(b'::1 - ann [1/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 9 "-" "Lynx/2.8"')[1]["agent"]
    'Lynx/2.8'
    """

    _LINE = CommonLog._LINE + r' "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)"'


class CloudFrontLog(Pattern):
    """Amazon CloudFront's access log, as the tutorial of Amazon EMR reads it with Hive.

    Columns: date, time, location, bytes, request_ip, method, host, uri, status, referrer, and from the encoded user
    agent os, browser, browser_version. Source: "Tutorial: Getting started with Amazon EMR", table ``cloudfront_logs``.

    >>> line = b"2014-07-05 20:00:00 LHR3 4260 10.0.0.15 GET x.net /a.jpg 200 - Moz/5.0%20(MacOS;%20U)%20Lynx/2.8"
    >>> record = CloudFrontLog().read(line.replace(b" ", b"\\t"))[1]
    >>> record["os"], record["bytes"], record["browser"]
    ('MacOS', 4260, 'Lynx')
    """

    def __init__(self) -> None:
        names = ["date", "time", "location", "bytes", "request_ip", "method", "host", "uri", "status", "referrer"]
        super().__init__(
            "".join(rf"(?P<{name}>[^ \t]+)[ \t]+" for name in names)
            + r"[^(]+\((?P<os>[^;]+).*%20(?P<browser>[^/]+)/(?P<browser_version>.*)",
            "bytes:int, status:int",
            comment="#",
        )


class EdgeList(Pattern):
    """The edges of a graph, as SNAP's data sets have them: source and target, as text, with blanks or tabs between.

    Lines that begin with ``#`` are comments. Source: Leskovec and Krevl, "SNAP Datasets: Stanford Large Network Dataset
    Collection" (2014).

    >>> EdgeList().read(b"0\\t11342")
    (None, {'source': '0', 'target': '11342'})
    """

    blank = "^(?:#|[ \\t]*$)"

    def __init__(self) -> None:
        super().__init__(r"[ \t]*(?P<source>[^ \t]+)[ \t]+(?P<target>[^ \t]+)[ \t]*")
