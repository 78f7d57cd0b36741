"""Values as Java's String.format writes them: the conversions ``s S b B c C d o x X e E f g G n %``.

Source: the documentation of java.util.Formatter, for the locale en-US.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from bigdata.errors import UsageError

_SPECIFIER = re.compile(r"%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])")
_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}


def formatted(form: str, kinds: Sequence[str], values: Sequence[str | None]) -> str:
    """A text with values in the places of its specifiers.

    :param kinds: Hive's name of the type of each value
    :param values: as text
    :raises UsageError: where Java raises: for a conversion that the value's type has not, or a value too few

    >>> formatted("%s|%5d|%.1f|%x", ["string", "int", "double", "int"], ["a", "3", "0.25", "-1"])
    'a|    3|0.3|ffffffff'
    """
    taken, last, made, place = 0, -1, [], 0
    for found in _SPECIFIER.finditer(form):
        made.append(_plain(form, place, found.start()))
        place = found.end()
        number, flags, width, digits, letter = found.groups()
        if letter in "n%":
            made.append("\n" if letter == "n" else _padded("%", flags, width))
            continue
        if "<" in flags:
            index = last
        elif number:
            index = int(number) - 1
        else:
            index, taken = taken, taken + 1
        last = index
        if not 0 <= index < len(values):
            raise UsageError(f"The format {form!r} asks for a value at {found[0]!r}; there are {len(values)} values.")
        made.append(_converted(found[0], flags, width, digits, letter, kinds[index], values[index]))
    return "".join(made) + _plain(form, place, len(form))


def _plain(form: str, start: int, end: int) -> str:
    if "%" in form[start:end]:
        raise UsageError(f"The format {form!r} has a % that begins no conversion. Write %% for a percent sign.")
    return form[start:end]


def _padded(text: str, flags: str, width: str | None) -> str:
    return text.ljust(int(width or 0)) if "-" in flags else text.rjust(int(width or 0))


def _converted(
    spec: str, flags: str, width: str | None, digits: str | None, letter: str, kind: str, value: str | None
) -> str:
    lower = letter.lower()
    if lower == "b":
        text = "true" if value is not None and (kind != "boolean" or value == "true") else "false"
    elif lower == "s" or (value is None and lower in "cdoxefg"):
        text = "null" if value is None else value
    elif value is not None and lower == "c" and kind in _BITS and kind != "bigint":
        text = chr(int(value))
    elif value is not None and letter in "doxX" and kind in _BITS:
        text = _whole(flags, width, lower, kind, int(value))
    elif value is not None and lower in "efg" and kind in ("float", "double", "decimal"):
        text = _real(flags, width, 6 if digits is None else int(digits), lower, value)
    else:
        raise UsageError(f"The conversion {spec!r} isn't one for a value of type {kind}.")
    if lower in "bs" and digits is not None:
        text = text[: int(digits)]
    return _padded(text.upper() if letter.isupper() else text, flags, width)


def _whole(flags: str, width: str | None, letter: str, kind: str, value: int) -> str:
    if letter == "d":
        return _signed(f"{abs(value):,}" if "," in flags else str(abs(value)), value < 0, flags, width)
    digits = format(value % (1 << _BITS[kind]), letter)
    digits = ({"o": "0", "x": "0x"}[letter] if "#" in flags else "") + digits
    return digits.rjust(int(width or 0), "0") if "0" in flags else digits


def _real(flags: str, width: str | None, digits: int, letter: str, value: str) -> str:
    negative = value.startswith("-")
    if value.endswith(("NaN", "Infinity")):
        return value if value == "NaN" else _signed("Infinity", negative, flags.replace("0", ""), width)
    exact = abs(Decimal(value))  # Java too rounds the digits that it shows, not the binary fraction
    if letter == "g":
        digits = digits or 1
        rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)
        if not exact or Decimal("0.0001") <= rounded < Decimal(10) ** digits:
            after = digits - 1 - (rounded.adjusted() if exact else 0)
            text = f"{exact.quantize(Decimal(1).scaleb(-max(after, 0)), context=_EXACT):f}"
        else:
            text = _scientific(exact, digits - 1)
    elif letter == "e":
        text = _scientific(exact, digits)
    else:
        text = f"{exact.quantize(Decimal(1).scaleb(-digits), context=_EXACT):f}"
    if "," in flags and "e" not in text:
        whole, point, fraction = text.partition(".")
        text = f"{int(whole):,}{point}{fraction}"
    return _signed(text, negative, flags, width)


def _scientific(exact: Decimal, digits: int) -> str:
    rounded = Context(prec=digits + 1, rounding=ROUND_HALF_UP).plus(exact) if exact else exact
    power = rounded.adjusted() if exact else 0
    mantissa = rounded.scaleb(-power, _EXACT).quantize(Decimal(1).scaleb(-digits), context=_EXACT)
    return f"{mantissa:f}e{'-' if power < 0 else '+'}{abs(power):02d}"


def _signed(text: str, negative: bool, flags: str, width: str | None) -> str:
    """Digits with the sign that the flags ask for, and zeros up to the width."""
    head, tail = ("(", ")") if negative and "(" in flags else ("-", "") if negative else ("", "")
    if not negative:
        head = "+" if "+" in flags else " " if " " in flags else ""
    room = int(width or 0) - len(head + tail)
    return head + (text.rjust(room, "0") if "0" in flags else text) + tail
