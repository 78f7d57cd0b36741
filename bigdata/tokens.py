"""Tokenisers: a line of text to its tokens, and keys that are made of them.

Each says the same in up to three ways: in Python, which is the specification, in SQL for columnar twins, and as a form
that native kernels know.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Literal

from bigdata.twins import PLAIN_TEXT, Twin, literal


class Tokenizer:
    r"""Finds the tokens of a text, in lower case.

    :param python: a regular expression that matches a token, as Python's :mod:`re` reads it
    :param re2: one that matches the same tokens over :data:`~bigdata.PLAIN_TEXT`, as RE2 (DuckDB) reads it
    :param ascii: where a token is a longest run of them and of what ``\w`` matches beyond ASCII, its ASCII characters;
        the native form

    >>> from bigdata import words
    >>> words("The fox's den")
    ['the', "fox's", 'den']
    >>> words.sql("line")
    "regexp_extract_all(lower(line), '[\\pL\\pN_'']+')"
    """

    def __init__(self, python: str, re2: str, ascii: str | None = None) -> None:
        self._find = re.compile(python).findall
        self._re2 = re2
        self.ascii = ascii

    def __call__(self, text: str) -> list[str]:
        return [token.lower() for token in self._find(text)]

    def sql(self, text: str) -> str:
        """The DuckDB expression for the list of the tokens of `text`, itself an expression."""
        return f"regexp_extract_all(lower({text}), {literal(self._re2)})"

    def each(self, key: str = "token") -> TokenKeys:
        """A twin that counts each token: for each the pair ``(key, 1)``.

        :param key: SQL over the columns ``token`` and ``file``, the URI of the line's file
        """
        return TokenKeys(self, "each", 1, key)

    def postings(self, document: str) -> TokenKeys:
        """A twin that gives for each token the pair of it and its document; see :class:`~bigdata.Postings`.

        :param document: SQL over the column ``file``
        """
        return TokenKeys(self, "each", 1, "token", document=document)

    def by_document(self, document: str) -> TokenKeys:
        """A twin that counts the lists of a document and each of its tokens.

        :param document: SQL over the column ``file``
        """
        return TokenKeys(self, "each", 1, f"[{document}, token]", source=document)

    def ngrams(self, n: int, key: str = "tokens", separator: str = "") -> TokenKeys:
        """A twin that counts the lists of `n` tokens that follow one another in a line.

        :param key: SQL over the columns ``tokens``, such a list, and ``file``
        :param separator: if given, the keys are texts, the tokens with it between them
        """
        joined = f"array_to_string(tokens, {literal(separator)})"
        return TokenKeys(self, "ngrams", n, joined if separator else key, separator)

    def pairs(self, window: int, key: str = "tokens") -> TokenKeys:
        """A twin that counts the lists of a token and another, at most `window` places from it in the line."""
        return TokenKeys(self, "pairs", window, key)

    def successors(self, key: str = "tokens") -> TokenKeys:
        """A twin that counts, for each token but a line's last, the lists of it and the next, and of it and ``""``."""
        return TokenKeys(self, "successors", 1, key)


@dataclass(frozen=True)
class TokenKeys:
    """What a mapper yields that makes keys of tokens, each with one value; :func:`~bigdata.columnar` takes it.

    :param form: ``each``, ``ngrams``, ``pairs`` or ``successors``; see :class:`Tokenizer`
    :param size: how many tokens, or how far apart
    :param key: SQL over ``token`` or ``tokens``, as :attr:`column` names it, and ``file``
    :param separator: what is between the tokens of a key that is their text, if it is
    :param document: SQL over ``file`` for the value, which is 1 if this is empty
    :param source: SQL over ``file`` for what a key has before its token, if it has anything

    >>> from bigdata import words
    >>> words.ngrams(2, separator=" ").key
    "array_to_string(tokens, ' ')"
    """

    tokenizer: Tokenizer
    form: Literal["each", "ngrams", "pairs", "successors"]
    size: int
    key: str
    separator: str = ""
    document: str = ""
    source: str = ""

    @property
    def column(self) -> str:
        """The column that a key is made of."""
        return "token" if self.form == "each" else "tokens"

    @property
    def by_file(self) -> bool:
        """Whether keys depend on the file that a line is in."""
        return re.search(r"\bfile\b", self.key) is not None

    @property
    def twin(self) -> Twin:
        """The columnar twin."""
        return Twin(
            f"SELECT {self.key} AS key, {self.document or 1} AS value FROM ({self._occurrences()})", PLAIN_TEXT, self
        )

    def _occurrences(self) -> str:
        """The query for the column, and ``file``, of each key that occurs."""
        tokens = f"SELECT {self.tokenizer.sql('line')} AS line, file FROM input"
        if self.form == "each":
            return f"SELECT unnest({self.tokenizer.sql('line')}) AS token, file FROM input"
        if self.form == "ngrams":
            last = f"i + {self.size} - 1"
            places = f"range(1, len(line) - {self.size} + 2)"
            return f"SELECT line[i : {last}] AS tokens, file FROM (SELECT *, unnest({places}) AS i FROM ({tokens}))"
        if self.form == "pairs":
            near = f"range(greatest(i - {self.size}, 1), least(i + {self.size}, len(line)) + 1)"
            each = f"SELECT *, unnest(range(1, len(line) + 1)) AS i FROM ({tokens})"
            both = f"SELECT *, unnest({near}) AS j FROM ({each})"
            return f"SELECT [line[i], line[j]] AS tokens, file FROM ({both}) WHERE i <> j"
        each = f"SELECT *, unnest(range(1, len(line))) AS i FROM ({tokens})"
        return f"SELECT [line[i], unnest(['', line[i + 1]])] AS tokens, file FROM ({each})"


#: A word is a run of letters, digits, underscores and apostrophes.
words = Tokenizer(r"[\w']+", r"[\pL\pN_']+", string.ascii_letters + string.digits + "_'")
