r"""Hive's functions of patterns: RLIKE and REGEXP, regexp_extract, regexp_replace, split, and LIKE.

A pattern that is a literal is run by DuckDB (RE2) where RE2 says the same as Java, else by Python's ``re``; see
:mod:`bigdata.sql.hive.java.regex`. A pattern that is no literal is run by Python.

Sources: Hive 3.1's GenericUDFRegExp, UDFRegExpExtract, UDFRegExpReplace, GenericUDFSplit, UDFLike, GenericUDFLikeAny
and GenericUDFLikeAll; the documentation of java.util.regex.
"""

from __future__ import annotations

from functools import lru_cache

from bigdata.errors import UsageError
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java.regex import Pattern, compiled, replacement
from bigdata.sql.hive.library import function
from bigdata.sql.types import literal


@function("hive_regexp", ["VARCHAR", "VARCHAR"], "BOOLEAN")
def regexp(text: str, pattern: str) -> bool:
    """Whether a pattern is found in a text; the empty one never is.

    >>> regexp("fofo", "^fo"), regexp("fofo", "")
    (True, False)
    """
    return bool(pattern) and compiled(pattern).python.search(text) is not None


@function("hive_regexp_extract", ["VARCHAR", "VARCHAR", "INTEGER"], "VARCHAR")
def regexp_extract(text: str, pattern: str, group: int) -> str | None:
    """What a group of a pattern matches first; empty if the pattern isn't found.

    :raises UsageError: for a group that a pattern that is found doesn't have

    >>> regexp_extract("100-200", "([0-9]+)-([0-9]+)", 2)
    '200'
    """
    read = compiled(pattern)
    found = read.python.search(text)
    if found is None:
        return ""
    if not 0 <= group <= read.groups:
        raise UsageError(
            f"regexp_extract asks for group {group} of {pattern!r}, which has {read.groups}. "
            "Write parentheses around what to extract, or group 0 for all of it."
        )
    return found[group]


@function("hive_regexp_replace", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR")
def regexp_replace(text: str, pattern: str, by: str) -> str:
    """A text with each match of a pattern replaced.

    >>> regexp_replace("foobar", "oo|ar", "<$0>")
    'f<oo>b<ar>'
    """
    read = compiled(pattern)
    parts = replacement(by, pattern)
    made, place = [], 0
    for found in read.matches(text):
        made.append(text[place : found.start()])
        made += [part if isinstance(part, str) else found[part] or "" for part in parts]
        place = found.end()
    return "".join(made) + text[place:]


@function("hive_split", ["VARCHAR", "VARCHAR"], "VARCHAR[]")
def split(text: str, pattern: str) -> list[str]:
    """The parts of a text between the matches of a pattern, empty ones at the end too.

    >>> split("a1b2", "[0-9]"), split("ab", "")
    (['a', 'b', ''], ['a', 'b', ''])
    """
    read = compiled(pattern)
    if read.literal:
        return text.split(read.literal)
    parts, start = [], 0
    for found in read.matches(text):
        if found.end() > 0:  # Java gives no empty part for an empty match at the beginning
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


@function("hive_like", ["VARCHAR", "VARCHAR"], "BOOLEAN")
def like(text: str, pattern: str) -> bool:
    r"""Whether a text is like a pattern of ``%`` and ``_``, escaped by a backslash.

    >>> like("a_b", "a\\_b"), like("axb", "a\\_b"), like("axb", "a%")
    (True, False, True)
    """
    parts = _like_parts(pattern)
    if _is_simple(parts):
        return _simply_like(text, parts)
    return compiled(_like_regex(parts)).python.fullmatch(text) is not None


def _where_ascii(text: Typed, pattern: Pattern, fast: str, slow: str) -> str:
    """SQL that leaves text beyond ASCII to Python where RE2's answer would be another."""
    return (
        f"CASE WHEN strlen({text}) = length({text}) THEN {fast} ELSE {slow} END" if pattern.depends_on_ascii else fast
    )


def _regexp(text: Typed, pattern: Typed) -> str:
    slow = f"hive_regexp({text}, {pattern})"
    if not isinstance(pattern.constant, str):
        return slow
    read = compiled(pattern.constant)
    if not pattern.constant:
        return f"CASE WHEN {text} IS NOT NULL THEN false END"
    if read.literal is not None:
        return f"contains({text}, {literal(read.literal)})"
    if read.re2 is None:
        return slow
    return _where_ascii(text, read, f"regexp_matches({text}, {literal(read.re2)})", slow)


def _regexp_extract(text: Typed, pattern: Typed, group: Typed | None = None) -> str:
    number = "1" if group is None else group.sql
    wanted = 1 if group is None else group.constant
    slow = f"hive_regexp_extract({text}, {pattern}, {number})"
    if not (isinstance(pattern.constant, str) and isinstance(wanted, int)):
        return slow
    read = compiled(pattern.constant)
    # RE2 gives '' where a group took no part, and its match may hold the end of the line
    if read.re2 is None or wanted > 9 or not read.always_has(wanted) or (wanted == 0 and read.takes_line_end):
        return slow
    return _where_ascii(text, read, f"regexp_extract({text}, {literal(read.re2)}, {wanted})", slow)


def _regexp_replace(text: Typed, pattern: Typed, by: Typed) -> str:
    slow = f"hive_regexp_replace({text}, {pattern}, {by})"
    if not (isinstance(pattern.constant, str) and isinstance(by.constant, str)):
        return slow
    read = compiled(pattern.constant)
    parts = replacement(by.constant, pattern.constant)
    # RE2 leaves out an empty match that follows another
    if read.re2 is None or read.may_be_empty or read.takes_line_end:
        return slow
    if any(isinstance(part, int) and part > 9 for part in parts):
        return slow
    rewritten = "".join(part.replace("\\", "\\\\") if isinstance(part, str) else f"\\{part}" for part in parts)
    fast = f"regexp_replace({text}, {literal(read.re2)}, {literal(rewritten)}, 'g')"
    return _where_ascii(text, read, fast, slow)


def _split(text: Typed, pattern: Typed) -> str:
    slow = f"hive_split({text}, {pattern})"
    if not isinstance(pattern.constant, str):
        return slow
    read = compiled(pattern.constant)
    if read.literal:
        return f"string_split({text}, {literal(read.literal)})"
    if read.re2 is None or read.may_be_empty or read.takes_line_end:
        return slow
    return _where_ascii(text, read, f"string_split_regex({text}, {literal(read.re2)})", slow)


@lru_cache(maxsize=1024)
def _like_parts(pattern: str) -> tuple[str, ...]:
    r"""The pieces of a LIKE pattern: ``%``, ``_``, and texts that begin with ``=``; a backslash escapes the two only.

    >>> _like_parts("a\\%b_%\\c")
    ('=a%b', '_', '%', '=\\c')
    """
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        char = pattern[place]
        escaped = char == "\\" and pattern[place + 1 : place + 2] in ("%", "_")
        if escaped:
            place += 1
            char = pattern[place]
        if char in "%_" and not escaped:
            parts.append(char)
        elif parts and parts[-1][0] == "=":
            parts[-1] += char
        else:
            parts.append("=" + char)
        place += 1
    return tuple(parts)


def _is_simple(parts: tuple[str, ...]) -> bool:
    """Whether ``%`` stands at the ends only; Hive then looks at no pattern, and ``%`` takes line ends too."""
    return "_" not in parts and "%" not in parts[1:-1] and len(parts) <= 3


def _simply_like(text: str, parts: tuple[str, ...]) -> bool:
    wanted = "".join(part[1:] for part in parts if part != "%")
    begins, ends = parts[:1] == ("%",), parts[-1:] == ("%",)
    if begins and (ends or not wanted):
        return wanted in text
    if begins:
        return text.endswith(wanted)
    return text.startswith(wanted) if ends else text == wanted


def _like_regex(parts: tuple[str, ...]) -> str:
    return "".join({"%": ".*", "_": "."}.get(part) or f"\\Q{part[1:]}\\E" for part in parts)


def _like(text: Typed, pattern: Typed) -> str:
    if not isinstance(pattern.constant, str):
        return f"hive_like({text}, {pattern})"
    parts = _like_parts(pattern.constant)
    shown = "".join(part if part in "%_" else _escaped(part[1:]) for part in parts)
    escape = " ESCAPE '\\'" if "\\" in shown else ""  # with one, DuckDB has no shortcuts
    plain = f"({text} LIKE {literal(shown)}{escape})"
    if _is_simple(parts):
        return plain
    # Hive's % and _ within a pattern don't take line ends: few rows come so far; AND would look at both for all rows
    whole = literal(compiled(_like_regex(parts)).re2 or "")
    return f"CASE WHEN NOT {plain} THEN false ELSE regexp_full_match({text}, {whole}) END"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _like_any(text: Typed, *patterns: Typed) -> str:
    return f"({' OR '.join(_like(text, pattern) for pattern in patterns)})"


def _like_all(text: Typed, *patterns: Typed) -> str:
    return f"({' AND '.join(_like(text, pattern) for pattern in patterns)})"


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "regexp rlike": Rule("string, string -> boolean", _regexp),
    "regexp_extract": Rule("string, string, [int] -> string", _regexp_extract),
    "regexp_replace": Rule("string, string, string -> string", _regexp_replace),
    "split": Rule("string, string -> array<string>", _split),
    "like": Rule("string, string -> boolean", _like),
    "likeany": Rule("string, string, string* -> boolean", _like_any),
    "likeall": Rule("string, string, string* -> boolean", _like_all),
}
