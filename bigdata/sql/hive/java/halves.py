"""Texts as Java counts them: a character beyond the first 65,536 is two halves (surrogates)."""

from __future__ import annotations


def halved(text: str) -> str:
    """A text with each such character as its two halves.

    >>> len(halved("a\\U0001f600"))
    3
    """
    if text.isascii() or max(text) < "\U00010000":
        return text
    return "".join(map(chr, memoryview(text.encode("utf-16-le")).cast("H")))


def joined(halves: str) -> str:
    """A text of halves; one that stands alone is written as a question mark, as Hadoop's Text does.

    >>> joined(halved("a\\U0001f600")[:2])
    'a?'
    """
    if halves.isascii() or not any("\ud800" <= half < "\ue000" for half in halves):
        return halves
    paired = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return paired.encode("utf-8", "replace").decode()
