r"""Sentences and words where Java's BreakIterator finds their borders.

A ``!`` or ``?`` ends a sentence at once. A full stop ends one before a blank and a letter that isn't small, before two
blanks and a letter, or before a sign and a letter. A word is letters and digits, with a hyphen, an apostrophe or a full
stop between letters, and a comma or a full stop between digits.

Source: the JDK's sun.text.resources.BreakIteratorRules, as far as Western text and CJK need them. The patterns are
Java's too, for the classes that Python hasn't.
"""

from __future__ import annotations

from functools import cache
from re import Pattern

from bigdata.sql.hive.java.regex import compiled

_BLANK = r"[\t\r\f\n\u2028\p{Zs}]"
_PERIOD, _TERM = r".\uff0e", r"!?\u3002\uff01\uff1f"
_START, _END = r"\p{Ps}\p{Pi}\"'", r"\p{Pe}\p{Pf}\"'"
_SIGN = rf"[{_START}[^\p{{L}}\p{{N}}\p{{M}}\p{{Cf}}\t\r\f\n\u2028\u2029\p{{Zs}},{_PERIOD}{_TERM}{_END}]]"
_SENTENCE = rf"""(?x)(?s:.*?)(?:
    [{_TERM}][{_PERIOD}{_TERM}{_END}]*{_BLANK}*\u2029?
    |[{_PERIOD}][{_PERIOD}{_END}]*(?:{_BLANK}*\u2029|{_BLANK}{{2,}}(?=\p{{L}})
        |{_BLANK}(?=[\p{{L}}&&[^\p{{Ll}}]])|{_BLANK}*(?={_SIGN}+\p{{L}}))
    |\u2029|\z)"""
_KANJI, _KANA = r"[\u3005\u4e00-\u9fff\uf900-\ufaff]", r"[\u3040-\u30ff\uff66-\uff9f]"
_LETTER = r"[\p{L}\p{M}\p{Pc}&&[^\u3005\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uff66-\uff9f]]"
_WORD = rf"(?:{_LETTER}+(?:[\p{{Pd}}\u00ad\u2027\"'.]{_LETTER}+)*)"
_NUMBER = r"(?:\p{N}+(?:[\"',.\u066b]\p{N}+)*)"
_MIXED = rf"(?:{_NUMBER}{_WORD})*(?:{_NUMBER}[\u00a2%\u066a\u2030\u2031]?)?"
_TOKEN = rf"[\p{{Sc}}#.&&[^\u00a2]]{_MIXED}|{_WORD}?{_MIXED}|{_KANJI}+|{_KANA}+|(?s:.)"


@cache
def _read(pattern: str) -> Pattern[str]:
    return compiled(pattern).python


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a text.

    >>> sentences("Hello there! I am a UDF.")
    [['Hello', 'there'], ['I', 'am', 'a', 'UDF']]
    """
    found = [match[0] for match in _read(_SENTENCE).finditer(text) if match[0]]
    return [[word for word in _read(_TOKEN).findall(sentence) if word[:1].isalnum()] for sentence in found]
