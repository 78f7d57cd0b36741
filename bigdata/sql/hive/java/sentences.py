r"""Sentences and words where Java's BreakIterator finds their borders.

A ``!`` or ``?`` ends a sentence at once. A full stop ends one before a blank and a letter that isn't small, before two
blanks and a letter, or before a sign and a letter. A word is letters and digits, with a hyphen, an underscore, an
apostrophe or a full stop between letters, and a comma or a full stop between digits. Marks belong to what is before.

Source: the JDK's sun.text.resources.BreakIteratorRules, as far as Western text and CJK need them. The pattern of
sentences is Java's too, for the classes that Python hasn't.
"""

from __future__ import annotations

import re
from functools import cache

from bigdata.sql.hive.java.regex import compiled

_BLANK = r"[\t\r\f\n\u2028\p{Zs}]"
_PERIOD, _TERM = r".\uff0e", r"!?\u3002\uff01\uff1f"
_START, _END = r"\p{Ps}\p{Pi}\"'", r"\p{Pe}\p{Pf}\"'"
_SIGN = rf"[{_START}[^\p{{L}}\p{{N}}\p{{M}}\p{{Cf}}\t\r\f\n\u2028\u2029\p{{Zs}},{_PERIOD}{_TERM}{_END}]]"
_OTHERS = rf"[^{_PERIOD}{_TERM}\u2029]*+"
_SENTENCE = rf"""(?x){_OTHERS}(?:[{_PERIOD}{_TERM}\u2029]{_OTHERS})*?(?:
    [{_TERM}][{_PERIOD}{_TERM}{_END}]*{_BLANK}*\u2029?
    |[{_PERIOD}][{_PERIOD}{_END}]*(?:{_BLANK}*\u2029|{_BLANK}{{2,}}(?=\p{{L}})
        |{_BLANK}(?=[\p{{L}}&&[^\p{{Ll}}]])|{_BLANK}*(?={_SIGN}+\p{{L}}))
    |\u2029|\z)"""
_KANJI, _KANA = "\u3005\u4e00-\u9fff\uf900-\ufaff", "\u3040-\u30ff\uff66-\uff9f"
_TIE = r"[-_\u00ad\u2010-\u2015\u2027\u203f\u2040\u2054\ufe31-\ufe34\ufe4d-\ufe4f\uff3f\"'.]"


def _words(mark: str) -> re.Pattern[str]:
    """What finds words, and characters between them.

    Python's own classes stand in it: those of Unicode that are written out take it ten times as long.

    :param mark: the pattern of what belongs to the character before it
    """
    letter, digit = rf"(?:(?![{_KANJI}{_KANA}])[^\W\d_]{mark})", rf"(?:\d{mark})"
    word = rf"(?:{letter}+(?:{_TIE}{letter}+)*)"
    number = rf"(?:{digit}+(?:[\"',.\u066b]{digit}+)*)"
    mixed = rf"(?:{number}{word})*(?:{number}[%&\u00a2\u066a\u2030\u2031]?)?"
    return re.compile(rf"[$#.\u00a3-\u00a5\u20a0-\u20bf]{mixed}|{word}?{mixed}|[{_KANJI}]+|[{_KANA}]+|(?s:.)")


_ASCII_WORDS = _words("")


@cache
def _words_with_marks() -> re.Pattern[str]:
    return _words(compiled(r"[\p{Mn}\p{Me}\p{Cf}&&[^\u00ad]]*").python.pattern)


@cache
def _sentences() -> re.Pattern[str]:
    return compiled(_SENTENCE).python


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a text.

    >>> sentences("Hello there! I am a UDF.")
    [['Hello', 'there'], ['I', 'am', 'a', 'UDF']]
    """
    found = [match[0] for match in _sentences().finditer(text) if match[0]]
    words = _ASCII_WORDS if text.isascii() else _words_with_marks()
    return [[word for word in words.findall(sentence) if word[:1].isalnum()] for sentence in found]
