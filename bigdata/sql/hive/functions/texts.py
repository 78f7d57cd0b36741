"""Hive's functions of strings.

Lengths and positions count characters; only where Hive's Java counts halves of characters beyond the first 65,536
(substr, lpad, rpad) do they count two.

Sources: LanguageManual UDF, String Functions; Hive 3.1's UDF* and GenericUDF* of the same names; commons-lang's
WordUtils and StringUtils; commons-codec's Soundex.
"""

from __future__ import annotations

from bigdata.errors import UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java.halves import halved, joined
from bigdata.sql.hive.java.sentences import sentences as java_sentences
from bigdata.sql.hive.library import function, macro
from bigdata.sql.types import BINARY, STRING, HiveType, literal

_LONGEST = {"char": 255, "varchar": 65535}
_NO_END = 2**31 - 1
#: what Hive 3.1.3 calls itself
_VERSION = "3.1.3 r4df4d75bf1e16fe0af75aad0b4179c34c07fc975"

macro("hive_is_ascii(text)", "strlen(text) = length(text)")
macro("hive_is_basic(text)", r"hive_is_ascii(text) OR NOT regexp_matches(text, '[\x{10000}-\x{10ffff}]')")
macro(
    "hive_ascii(text)",
    """CASE WHEN ascii(text) < 128 THEN ascii(text) WHEN ascii(text) < 2048 THEN (ascii(text) >> 6) - 64
        WHEN ascii(text) < 65536 THEN (ascii(text) >> 12) - 32 ELSE (ascii(text) >> 18) - 16 END""",
)
macro(
    "hive_chr(code)",
    "CASE WHEN code < 0 OR code & 32768 <> 0 THEN '' ELSE chr(CAST(code & 255 AS INTEGER)) END",
)
macro("hive_lower(text)", "CASE WHEN hive_is_ascii(text) THEN lower(text) ELSE hive_lower_any(text) END")
macro("hive_upper(text)", "CASE WHEN hive_is_ascii(text) THEN upper(text) ELSE hive_upper_any(text) END")
macro("hive_reverse(text)", "CASE WHEN hive_is_ascii(text) THEN reverse(text) ELSE hive_reverse_any(text) END")
macro(
    "hive_levenshtein(one, other)",
    """CASE WHEN hive_is_ascii(one) AND hive_is_ascii(other) THEN CAST(levenshtein(one, other) AS INTEGER)
        ELSE hive_levenshtein_any(one, other) END""",
)
macro(
    "hive_find_in_set(text, list)",
    """CASE WHEN text IS NULL OR list IS NULL THEN NULL WHEN contains(text, ',') THEN 0
        ELSE CAST(coalesce(list_position(string_split(list, ','), text), 0) AS INTEGER) END""",
)
macro(
    "hive_locate(part, text, place)",
    """CASE WHEN part IS NULL OR text IS NULL THEN NULL
        WHEN place IS NULL OR place < 1 OR place > strlen(text) + 1 THEN 0 WHEN part = '' THEN 1
        WHEN instr(substr(text, place), part) = 0 THEN 0
        ELSE CAST(instr(substr(text, place), part) + place - 1 AS INTEGER) END""",
)
macro(
    "hive_substr_basic(text, place, size)",
    """CASE WHEN size < 1 OR abs(place) > length(text) THEN ''
        ELSE substr(text, CASE WHEN place < 0 THEN length(text) + place + 1 WHEN place = 0 THEN 1 ELSE place END, size)
        END""",
)
macro(
    "hive_substr(text, place, size)",
    """CASE WHEN hive_is_basic(text) THEN hive_substr_basic(text, CAST(place AS BIGINT), size)
        ELSE hive_substr_any(text, place, size) END""",
)
macro(
    "hive_substr_within(text, place, size)",
    "CASE WHEN hive_is_basic(text) THEN substr(text, place, size) ELSE hive_substr_any(text, place, size) END",
)
macro(
    "hive_slice(bytes, place, size)",
    """CASE WHEN size < 1 OR abs(place) > octet_length(bytes) THEN ''::BLOB
        ELSE array_slice(bytes, CASE WHEN place < 0 THEN octet_length(bytes) + place + 1 ELSE greatest(place, 1) END,
            CASE WHEN place < 0 THEN octet_length(bytes) + place ELSE greatest(place, 1) - 1 END + size) END""",
)
for _side in ("lpad", "rpad"):
    macro(
        f"hive_{_side}(text, size, pad)",
        f"""CASE WHEN size < 0 THEN hive_fail('{_side} needs a length of 0 or more, got ' || size || '.')
            WHEN pad = '' THEN NULL WHEN hive_is_basic(text || pad) THEN {_side}(text, size, pad)
            ELSE hive_pad_any(text, size, pad, {_side == "lpad"}) END""",
    )
macro(
    "hive_replace(text, part, other)",
    r"""CASE WHEN part = '' THEN regexp_replace(text, '', replace(other, '\', '\\'), 'g')
        ELSE replace(text, part, other) END""",
)
macro(
    "hive_join(texts, separator)",
    "CASE WHEN len(texts) = 0 THEN '' ELSE list_reduce(texts, lambda a, b: a || separator || b) END",
)
macro("hive_quote(text)", r"""'''' || replace(text, '''', '\''') || ''''""")


@function("hive_lower_any", ["VARCHAR"], "VARCHAR")
def lower(text: str) -> str:
    """A text in lower case by Unicode's full mapping, as Java has it and DuckDB hasn't."""
    return text.lower()


@function("hive_upper_any", ["VARCHAR"], "VARCHAR")
def upper(text: str) -> str:
    """A text in upper case by Unicode's full mapping.

    >>> upper("straße")
    'STRASSE'
    """
    return text.upper()


@function("hive_reverse_any", ["VARCHAR"], "VARCHAR")
def reverse(text: str) -> str:
    """The characters from the last to the first; DuckDB keeps an accent behind its letter."""
    return text[::-1]


@function("hive_initcap", ["VARCHAR"], "VARCHAR")
def initcap(text: str) -> str:
    """A text with words in lower case after a first letter in title case; blanks part words.

    >>> initcap("hELLO wORLD-foo")
    'Hello World-foo'
    """
    made, begins = [], True
    for char in text.lower():
        titled = char.title() if begins else char
        made.append(titled if len(titled) == 1 else char)
        begins = char.isspace() and char not in "\xa0\u2007\u202f\x85"
    return "".join(made)


@function("hive_substr_any", ["VARCHAR", "INTEGER", "INTEGER"], "VARCHAR")
def substr(text: str, place: int, size: int) -> str:
    """A part of a text, counted in halves of characters.

    >>> substr("\\U0001f600ab", 2, 2)
    '?a'
    """
    halves = halved(text)
    if size < 1 or abs(place) > len(halves):
        return ""
    start = len(halves) + place if place < 0 else max(place, 1) - 1
    return joined(halves[start : start + size])


@function("hive_pad_any", ["VARCHAR", "INTEGER", "VARCHAR", "BOOLEAN"], "VARCHAR")
def padded(text: str, size: int, pad: str, left: bool) -> str:
    """A text of a size in halves of characters, cut or filled with another at its left or right.

    >>> padded("hi", 5, "?!", True)
    '?!?hi'
    """
    halves, filling = halved(text), halved(pad)
    room = max(size - len(halves), 0)
    filled = (filling * (room // len(filling) + 1))[:room]
    return joined((filled + halves if left else halves + filled)[:size])


@function("hive_levenshtein_any", ["VARCHAR", "VARCHAR"], "INTEGER")
def levenshtein(one: str, other: str) -> int:
    """The least number of changes, insertions and deletions that make one text the other.

    >>> levenshtein("kitten", "sitting")
    3
    """
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, 1):
        diagonal, row[0] = row[0], place
        for at, wanted in enumerate(other, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (char != wanted))
    return row[-1]


_SOUNDEX_SIZE = 4
_SOUNDS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "01230120022455012623010202"))


@function("hive_soundex", ["VARCHAR"], "VARCHAR", null=True)
def soundex(text: str | None) -> str | None:
    """The soundex code; ``None`` for letters that have none.

    >>> soundex("Miller"), soundex("")
    ('M460', '')
    """
    if text is None:
        return None
    letters = [char for char in text.upper() if char.isalpha()]
    code, last = "", ""
    for letter in letters:
        if len(code) == _SOUNDEX_SIZE:
            break
        if letter not in _SOUNDS:
            return None
        sound = _SOUNDS[letter]
        if not code:
            code = letter
        elif letter not in "HW" and sound not in ("0", last):
            code += sound
        if letter not in "HW":
            last = sound
    return code.ljust(_SOUNDEX_SIZE, "0") if code else ""


@function("hive_substring_index", ["VARCHAR", "VARCHAR", "INTEGER"], "VARCHAR")
def substring_index(text: str, delimiter: str, count: int) -> str:
    """What stands before the delimiter's count-th place, or after it from the end for a negative count.

    >>> substring_index("www.apache.org", ".", 2), substring_index("www.apache.org", ".", -1)
    ('www.apache', 'org')
    """
    if not (text and delimiter and count):
        return ""
    place = -1 if count > 0 else len(text)
    for _ in range(abs(count)):
        place = text.find(delimiter, place + 1) if count > 0 else text.rfind(delimiter, 0, place + len(delimiter) - 1)
        if place < 0:
            return text
    return text[:place] if count > 0 else text[place + 1 :]  # Hive skips one character, however long the delimiter


@function("hive_sentences", ["VARCHAR"], "VARCHAR[][]")
def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return java_sentences(text)


def _concat(*arguments: Typed) -> Typed:
    """Texts or bytes one after the other; the sizes of varchars add up."""
    kinds = [argument.type for argument in arguments]
    if any(not kind.is_primitive for kind in kinds):
        raise UsageError(f"concat takes texts, numbers and the like, got {', '.join(map(str, kinds))}.")
    if all(kind.name == "binary" for kind in kinds):
        return Typed(f"({' || '.join(map(str, arguments))})", BINARY)
    texts = [cast(argument.sql, argument.type, STRING) for argument in arguments]
    joined = f"({' || '.join(text or 'NULL' for text in texts)})"
    if any(kind.name not in ("char", "varchar") for kind in kinds):
        return Typed(joined, STRING)
    size = sum(kind.sizes[0] for kind in kinds)
    longest = _LONGEST["char" if all(kind.name == "char" for kind in kinds) else "varchar"]
    return Typed(joined, HiveType("varchar", (size,)) if size <= longest else STRING)


def _concat_ws(separator: Typed, *parts: Typed) -> str:
    """NULLs are left out, but those of an array are written."""
    shown = []
    for place, part in enumerate(parts, 2):
        kind = part.type
        if kind.name == "array" and (kind.members[0].is_text or kind.members[0].name == "void"):
            elements = f"list_transform({part}, lambda v: coalesce(v, 'null'))"
            # array_to_string takes no column as a separator
            join = "hive_join" if separator.constant is None else "array_to_string"
            shown.append(f"{join}({elements}, {separator})")
        elif kind.is_text or kind.name == "void":
            shown.append(part.sql)
        else:
            raise UsageError(f"concat_ws takes strings and arrays of strings, got {kind} as argument {place}.")
    return f"concat_ws({separator}, {', '.join(shown)})"


def _elt(number: Typed, *texts: Typed) -> str:
    cases = " ".join(f"WHEN {place} THEN {text}" for place, text in enumerate(texts, 1))
    return f"CASE {number} {cases} END"


def _field(wanted: Typed, *values: Typed) -> str:
    """A value of another type is never the one that is looked for."""
    cases = " ".join(
        f"WHEN {wanted} = {value} THEN {place}"
        for place, value in enumerate(values, 1)
        if value.type.name == wanted.type.name
    )
    return f"CASE {cases} ELSE 0 END" if cases else "0"


def _substr(text: Typed, place: Typed, size: Typed | None = None) -> str:
    within = all(isinstance(part.constant, int) and part.constant > 0 for part in (place, size) if part)
    return f"hive_substr{'_within' if within else ''}({text}, {place}, {size or _NO_END})"


def _slice(data: Typed, place: Typed, size: Typed | None = None) -> str:
    return f"hive_slice({data}, {place}, {size or _NO_END})"


def _like_first(macro: str) -> list[Rule]:
    """A text of the same type, or of any other a string. That of a char is shown without blanks, as a varchar."""

    def of_text(text: Typed) -> Typed:
        return Typed(f"{macro}({text})", HiveType("varchar", text.type.sizes) if text.type.sizes else text.type)

    return [Rule("text -> ?", of_text), Rule("string -> string", f"{macro}({{0}})")]


def _trimmed(name: str) -> Rule:
    return Rule("string -> string", f"{name}({{0}}, ' ')")


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "ascii": Rule("string -> int", "hive_ascii({0})"),
    "chr char": [
        Rule("integer -> string", "hive_chr({0})"),
        Rule("double -> string", "hive_chr(hive_cut_64({0}))"),
    ],
    "concat": Rule("any, any* -> ?", _concat),
    "concat_ws": Rule("string, any, any* -> string", _concat_ws),
    "elt": Rule("int, string, string* -> string", _elt),
    "field": Rule("primitive, primitive, primitive* -> int", _field),
    "find_in_set": Rule("string, string -> int", "hive_find_in_set({0}, {1})"),
    "initcap": Rule("string -> string", "hive_initcap({0})"),
    "instr": Rule("string, string -> int", "CAST(instr({0}, {1}) AS INTEGER)"),
    "length": [
        Rule("text -> int", "CAST(length({0}) AS INTEGER)"),
        Rule("binary -> int", "CAST(octet_length({0}) AS INTEGER)"),
        Rule("string -> int", "CAST(length({0}) AS INTEGER)"),
    ],
    "character_length char_length": Rule("string -> int", "CAST(length({0}) AS INTEGER)"),
    "octet_length": [
        Rule("text -> int", "CAST(strlen({0}) AS INTEGER)"),
        Rule("binary -> int", "CAST(octet_length({0}) AS INTEGER)"),
        Rule("string -> int", "CAST(strlen({0}) AS INTEGER)"),
    ],
    "levenshtein": Rule("string, string -> int", "hive_levenshtein({0}, {1})"),
    "locate": [
        Rule("string, string -> int", "CAST(instr({1}, {0}) AS INTEGER)"),
        Rule("string, string, int -> int", "hive_locate({0}, {1}, {2})"),
    ],
    "lower lcase": _like_first("hive_lower"),
    "upper ucase": _like_first("hive_upper"),
    "lpad": Rule("string, int, string -> string", "hive_lpad({0}, {1}, {2})"),
    "rpad": Rule("string, int, string -> string", "hive_rpad({0}, {1}, {2})"),
    "trim": _trimmed("trim"),
    "ltrim": _trimmed("ltrim"),
    "rtrim": _trimmed("rtrim"),
    "quote": Rule("string -> string", "hive_quote({0})"),
    "repeat": Rule("string, int -> string", "repeat({0}, {1})"),
    "replace": Rule("string, string, string -> string", "hive_replace({0}, {1}, {2})"),
    "reverse": Rule("string -> string", "hive_reverse({0})"),
    "sentences": Rule("string, [string, string] -> array<array<string>>", "hive_sentences({0})"),
    "soundex": Rule("string -> string", "hive_soundex({0})"),
    "space": Rule("int -> string", "repeat(' ', {0})"),
    "substr substring": [
        Rule("text, int, [int] -> string", _substr),
        Rule("binary, int, [int] -> binary", _slice),
        Rule("string, int, [int] -> string", _substr),
    ],
    "substring_index": Rule("string, string, int -> string", "hive_substring_index({0}, {1}, {2})"),
    "translate": Rule("string, string, string -> string", "translate({0}, {1}, {2})"),
    "uuid": Rule("-> string", "CAST(uuid() AS VARCHAR)"),
    "version": Rule("-> string", literal(_VERSION)),
}
