"""Sets of characters as ranges of code points: what a class of a Java pattern is made of.

Sources: java.util.regex.Pattern's documentation (predefined, POSIX and Unicode classes).
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from functools import cache

Ranges = tuple[tuple[int, int], ...]

ALL: Ranges = ((0, sys.maxunicode),)


def ranges(text: str) -> Ranges:
    """The characters of a text; two that a ``-`` joins are the ends of a range.

    >>> ranges("a-c_")
    ((95, 95), (97, 99))
    """
    found, place = [], 0
    while place < len(text):
        last = place + 2 if text[place + 1 : place + 2] == "-" and place + 2 < len(text) else place
        found.append((ord(text[place]), ord(text[last])))
        place = last + 1
    return union(tuple(found))


def union(*sets: Ranges) -> Ranges:
    """What is in any of them, in order, without overlaps."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(pair for each in sets for pair in each):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def negate(chars: Ranges) -> Ranges:
    """What isn't in it.

    >>> negate(negate(ranges("x"))) == ranges("x")
    True
    """
    found, start = [], 0
    for low, high in chars:
        if start < low:
            found.append((start, low - 1))
        start = high + 1
    if start <= sys.maxunicode:
        found.append((start, sys.maxunicode))
    return tuple(found)


def intersect(left: Ranges, right: Ranges) -> Ranges:
    """What is in both."""
    return negate(union(negate(left), negate(right)))


def both_cases(chars: Ranges, beyond_ascii: bool) -> Ranges:
    """The set with the other case of its letters: of the ASCII ones, or of all.

    >>> both_cases(ranges("b-d"), False) == ranges("b-dB-D")
    True
    """
    shifted = [
        (max(low, first) + step, min(high, last) + step)
        for first, last, step in ((65, 90, 32), (97, 122, -32))
        for low, high in chars
        if max(low, first) <= min(high, last)
    ]
    if beyond_ascii:
        letters = (chr(code) for low, high in chars for code in range(max(low, 128), min(high, 0x1FFFF) + 1))
        others = {other for letter in letters for other in (letter.lower(), letter.upper()) if len(other) == 1}
        shifted += [(ord(other), ord(other)) for other in others]
    return union(chars, tuple(shifted))


DIGIT, WORD, SPACE = ranges("0-9"), ranges("a-zA-Z0-9_"), ranges("\t-\r ")
LINE_ENDS = ranges("\n\r\x85\u2028\u2029")
#: those of a letter after a backslash; in upper case, the rest
PREDEFINED = {
    "d": DIGIT,
    "w": WORD,
    "s": SPACE,
    "h": ranges("\t \xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"),
    "v": ranges("\n-\r\x85\u2028\u2029"),
}
_PUNCT = ranges("!-/:-@[-`{-~")
_POSIX = {
    "Lower": ranges("a-z"),
    "Upper": ranges("A-Z"),
    "ASCII": ranges("\0-\x7f"),
    "Alpha": ranges("a-zA-Z"),
    "Digit": DIGIT,
    "Alnum": ranges("a-zA-Z0-9"),
    "Punct": _PUNCT,
    "Graph": ranges("!-~"),
    "Print": ranges(" -~"),
    "Blank": ranges(" \t"),
    "Cntrl": ranges("\0-\x1f\x7f"),
    "XDigit": ranges("0-9a-fA-F"),
    "Space": SPACE,
    "L1": ranges("\0-\xff"),
}


@cache
def _categories() -> dict[str, Ranges]:
    """The characters of each general category of Unicode."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code in range(sys.maxunicode + 1):
        pairs = found[unicodedata.category(chr(code))]
        if pairs and pairs[-1][1] == code - 1:
            pairs[-1] = (pairs[-1][0], code)
        else:
            pairs.append((code, code))
    return {name: tuple(pairs) for name, pairs in found.items()}


def named(name: str) -> Ranges | None:
    r"""The characters of ``\p{name}``: a POSIX class or a general category; ``None`` for others.

    >>> named("Lu")[0], named("IsDigit"), named("Greek")
    ((65, 90), None, None)
    """
    if name in _POSIX:
        return _POSIX[name]
    for prefix in ("Is", "gc=", "general_category="):
        name = name.removeprefix(prefix)
    members = ("Lu", "Ll", "Lt") if name == "LC" else (name,)
    found = [chars for kind, chars in _categories().items() if kind.startswith(members)] if name else []
    return union(*found) if found else None


@cache
def letters_and_digits() -> Ranges:
    r"""What Java's ``\b`` takes for a character of a word."""
    return union(named("L") or (), named("Nd") or (), ranges("_"))
