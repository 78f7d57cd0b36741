"""Types of command-line arguments, for argparse."""

from __future__ import annotations

import math
import re
from argparse import ArgumentTypeError
from collections.abc import Callable


def at_least(least: int) -> Callable[[str], int]:
    """A type for argparse: whole numbers, the least of them given.

    >>> at_least(1)("12")
    12
    """

    def number(text: str) -> int:
        if not re.fullmatch("-?[0-9]+", text) or int(text) < least:
            raise ArgumentTypeError(f"expected a whole number of at least {least}; got {text!r}")
        return int(text)

    return number


def positive(text: str) -> float:
    """A type for argparse: finite numbers over 0.

    >>> positive("0.5")
    0.5
    """
    number = _number(text)
    if not 0 < number < math.inf:
        raise ArgumentTypeError(f"expected a number over 0; got {text!r}")
    return number


def share(text: str) -> float:
    """A type for argparse: numbers over 0 and up to 1, parts of a whole.

    >>> share("0.25")
    0.25
    """
    number = _number(text)
    if not 0 < number <= 1:
        raise ArgumentTypeError(f"expected a share over 0 and up to 1; got {text!r}")
    return number


def _number(text: str) -> float:
    """What `text` says; no number is NaN, which is in no range."""
    try:
        return float(text)
    except ValueError:
        return math.nan
