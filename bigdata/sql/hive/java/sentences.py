r"""Sentences and words where Java's BreakIterator finds their borders.

A ``!`` or ``?`` ends a sentence at once. A full stop ends one before a blank and a letter that isn't small, before two
blanks and a letter, or before a sign and a letter. A word is letters and digits, with a hyphen, an underscore, an
apostrophe or a full stop between letters, and a comma or a full stop between digits.

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
_LETTER = rf"(?:(?![{_KANJI}{_KANA}])[^\W\d_])"
_TIE = r"[-_\u00ad\u2010-\u2015\u2027\u203f\u2040\u2054\ufe31-\ufe34\ufe4d-\ufe4f\uff3f\"'.]"
_WORD = rf"(?:{_LETTER}+(?:{_TIE}{_LETTER}+)*)"
_NUMBER = r"(?:\d+(?:[\"',.\u066b]\d+)*)"
_MIXED = rf"(?:{_NUMBER}{_WORD})*(?:{_NUMBER}[%&\u00a2\u066a\u2030\u2031]?)?"
#: Python's own classes: those of Unicode that are written out take it ten times as long
_TOKEN = re.compile(rf"[$#.\u00a3-\u00a5\u20a0-\u20bf]{_MIXED}|{_WORD}?{_MIXED}|[{_KANJI}]+|[{_KANA}]+|(?s:.)")


@cache
def _sentences() -> re.Pattern[str]:
    return compiled(_SENTENCE).python


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a text.

    >>> sentences("Hello there! I am a UDF.")
    [['Hello', 'there'], ['I', 'am', 'a', 'UDF']]
    """
    found = [match[0] for match in _sentences().finditer(text) if match[0]]
    return [[word for word in _TOKEN.findall(sentence) if word[:1].isalnum()] for sentence in found]
