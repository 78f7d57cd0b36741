"""Tokenisers: a line of text to its tokens, said in Python and, for columnar twins, in SQL."""

from __future__ import annotations

import re

from bigdata.twins import literal


class Tokenizer:
    r"""Finds the tokens of a text, in lower case.

    :param python: a regular expression that matches a token, as Python's :mod:`re` reads it
    :param re2: one that matches the same tokens over :data:`~bigdata.PLAIN_TEXT`, as RE2 (DuckDB) reads it

    >>> from bigdata import words
    >>> words("The fox's den")
    ['the', "fox's", 'den']
    >>> words.sql("line")
    "regexp_extract_all(lower(line), '[\\pL\\pN_'']+')"
    """

    def __init__(self, python: str, re2: str) -> None:
        self._find = re.compile(python).findall
        self._re2 = re2

    def __call__(self, text: str) -> list[str]:
        return [token.lower() for token in self._find(text)]

    def sql(self, text: str) -> str:
        """The DuckDB expression for the list of the tokens of `text`, itself an expression."""
        return f"regexp_extract_all(lower({text}), {literal(self._re2)})"


#: A word is a run of letters, digits, underscores and apostrophes.
words = Tokenizer(r"[\w']+", r"[\pL\pN_']+")
