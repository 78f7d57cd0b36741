"""Types of command-line arguments, for argparse."""

from __future__ import annotations

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
