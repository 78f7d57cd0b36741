"""Hive's estimates of the most frequent n-grams: ngrams and context_ngrams.

Counts are kept of twice so many n-grams as k times the precision factor (1,000 at least); beyond, the rarest are
forgotten. Of equally frequent ones, those go that a java.util.HashMap would give first.

Sources: Hive's GenericUDAFnGrams, GenericUDAFContextNGrams and NGramEstimator; java.util.HashMap, List and String for
the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from bigdata.errors import JobError
from bigdata.sql.hive.functions.aggregates import listed
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import function

Gram = tuple[str, ...]
_GRAMS = "STRUCT(ngram VARCHAR[], estfrequency DOUBLE)[]"
_MOST_KEPT = 1000


@cache
def string_hash(text: str) -> int:
    """Java's ``String.hashCode``, without a sign.

    >>> string_hash("hello")
    99162322
    """
    units = text.encode("utf-16-be")
    value = 0
    for place in range(0, len(units), 2):
        value = (31 * value + (units[place] << 8 | units[place + 1])) & 0xFFFFFFFF
    return value


def list_hash(words: Gram) -> int:
    """Java's ``List.hashCode`` of texts, as HashMap spreads it."""
    value = 1
    for word in words:
        value = (31 * value + string_hash(word)) & 0xFFFFFFFF
    return value ^ value >> 16


class Estimator:
    """Counts of n-grams, and room for some of them.

    >>> estimator = Estimator(1, 1)
    >>> for word in "abcb": estimator.add((word,))
    >>> estimator.most_frequent()
    [{'ngram': ['b'], 'estfrequency': 2.0}]
    """

    def __init__(self, k: int, factor: int) -> None:
        for name, value in (("k", k), ("pf", factor)):
            if value < 1:
                raise JobError(f"n-grams need {name} to be at least 1; got {value}.")
        self._k = k
        self._kept = k * factor if k * factor >= _MOST_KEPT else k * (_MOST_KEPT // k)
        self._counts: dict[Gram, float] = {}
        self._slots = 16

    def add(self, gram: Gram) -> None:
        """Count one."""
        self._counts[gram] = self._counts.get(gram, 0.0) + 1.0
        if 4 * len(self._counts) > 3 * self._slots:
            self._slots *= 2
        if len(self._counts) > 2 * self._kept:
            self._forget(self._kept)

    def most_frequent(self) -> list[dict[str, Any]] | None:
        """The k most frequent, equals by their words; ``None`` without any."""
        self._forget(self._k)
        ranked = sorted(
            self._counts.items(), key=lambda item: (-item[1], [word.encode("utf-16-be") for word in item[0]])
        )
        return [{"ngram": list(gram), "estfrequency": count} for gram, count in ranked] or None

    def _forget(self, most: int) -> None:
        surplus = len(self._counts) - most
        if surplus > 0:
            by_slot = sorted(self._counts, key=lambda gram: list_hash(gram) % self._slots)
            for gram in sorted(by_slot, key=self._counts.__getitem__)[:surplus]:
                del self._counts[gram]


def _windows(sentences: Iterable[Sequence[str]], width: int) -> Iterator[Sequence[str]]:
    """Each run of so many words of a sentence, from its end as Hive takes them."""
    for words in sentences:
        for start in range(len(words) - width, -1, -1):
            yield words[start : start + width]


@function("hive_ngrams", ["VARCHAR[][][]", "INTEGER", "INTEGER", "INTEGER"], _GRAMS)
def ngrams(rows: Sequence[Sequence[Sequence[str]]], n: int, k: int, factor: int) -> list[dict[str, Any]] | None:
    """The most frequent runs of n words.

    >>> ngrams([[["to", "be", "or", "not", "to", "be"]]], 2, 1, 1)
    [{'ngram': ['to', 'be'], 'estfrequency': 2.0}]
    """
    if n < 1:
        raise JobError(f"n-grams need n to be at least 1; got {n}.")
    estimator = Estimator(k, factor)
    for sentences in rows:
        for words in _windows(sentences, n):
            estimator.add(tuple(words))
    return estimator.most_frequent()


@function("hive_context_ngrams", ["VARCHAR[][][]", "VARCHAR[]", "INTEGER", "INTEGER"], _GRAMS)
def context_ngrams(
    rows: Sequence[Sequence[Sequence[str]]], context: Sequence[str | None], k: int, factor: int
) -> list[dict[str, Any]] | None:
    """The most frequent words at the places of a context that are ``None``.

    >>> context_ngrams([[["i", "love", "you"], ["i", "love", "tea"], ["i", "love", "tea"]]], ["i", "love", None], 1, 1)
    [{'ngram': ['tea'], 'estfrequency': 2.0}]
    """
    if None not in context:
        raise JobError("context_ngrams needs a NULL in the context, where the words are counted; got none.")
    estimator = Estimator(k, factor)
    for sentences in rows:
        for words in _windows(sentences, len(context)):
            if all(wanted in (None, word) for wanted, word in zip(context, words)):
                estimator.add(tuple(word for wanted, word in zip(context, words) if wanted is None))
    return estimator.most_frequent()


def _estimated(name: str, nested: bool) -> Any:
    def sql(*arguments: Typed, distinct: str = "", over: str = "") -> str:
        rows, *rest = arguments
        sentences = rows if nested else Typed(f"CASE WHEN {rows} IS NOT NULL THEN [{rows}] END", rows.type)
        settings = [*(f"any_value({argument}){over}" for argument in rest), *(["1"] if len(rest) == 2 else [])]
        return f"{name}({listed(sentences, distinct, over)}, {', '.join(settings)})"

    return sql


def _rules(name: str, second: str) -> list[Rule]:
    gives = "array<struct<ngram:array<string>,estfrequency:double>>"
    return [
        Rule(f"{words}, {second}, int [int] -> {gives}", _estimated(name, words.count("<") == 2), aggregate=True)
        for words in ("array<array<string>>", "array<string>")
    ]


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "ngrams": _rules("hive_ngrams", "int"),
    "context_ngrams": _rules("hive_context_ngrams", "array<string>"),
}
