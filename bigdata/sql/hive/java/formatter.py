"""Values as Java's String.format writes them: the conversions ``s S b B c C d o x X e E f g G n %``.

Source: the documentation of java.util.Formatter, for the locale en-US.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from struct import pack, unpack

from bigdata.errors import UsageError

_SPECIFIER = re.compile(r"%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])")
_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}


@dataclass(frozen=True)
class _Specifier:
    """What begins with a percent sign in a format.

    :param number: of the value that it shows, from 1; ``None`` for the next one
    :param digits: its precision
    """

    text: str
    number: int | None
    flags: str
    width: int
    digits: int | None
    letter: str

    def padded(self, text: str) -> str:
        return text.ljust(self.width) if "-" in self.flags else text.rjust(self.width)

    def signed(self, text: str, negative: bool) -> str:
        """Digits with the sign that the flags ask for, and zeros up to the width."""
        head, tail = ("(", ")") if negative and "(" in self.flags else ("-", "") if negative else ("", "")
        if not negative:
            head = "+" if "+" in self.flags else " " if " " in self.flags else ""
        room = self.width - len(head + tail)
        return head + (text.rjust(room, "0") if "0" in self.flags else text) + tail


@lru_cache(maxsize=256)
def _read(form: str) -> tuple[str | _Specifier, ...]:
    """The texts and the specifiers of a format.

    :raises UsageError: for a percent sign that begins none
    """
    parts: list[str | _Specifier] = []
    place = 0
    for found in (*_SPECIFIER.finditer(form), None):
        plain = form[place : found.start() if found else len(form)]
        if "%" in plain:
            raise UsageError(f"The format {form!r} has a % that begins no conversion. Write %% for a percent sign.")
        parts.append(plain)
        if found:
            number, flags, width, digits, letter = found.groups()
            whole = [None if each is None else int(each) for each in (number, digits)]
            parts.append(_Specifier(found[0], whole[0], flags, int(width or 0), whole[1], letter))
            place = found.end()
    return tuple(parts)


def formatted(form: str, kinds: Sequence[str], values: Sequence[str | None]) -> str:
    """A text with values in the places of its specifiers.

    :param kinds: Hive's name of the type of each value
    :param values: as text
    :raises UsageError: where Java raises: for a conversion that the value's type has not, or a value too few

    >>> formatted("%s|%5d|%.1f|%x", ["string", "int", "double", "int"], ["a", "3", "0.25", "-1"])
    'a|    3|0.3|ffffffff'
    """
    taken, index, made = 0, -1, []
    for part in _read(form):
        if isinstance(part, str):
            made.append(part)
            continue
        if part.letter in "n%":
            made.append("\n" if part.letter == "n" else part.padded("%"))
            continue
        if part.number is not None:
            index = part.number - 1
        elif "<" not in part.flags:
            index, taken = taken, taken + 1
        if not 0 <= index < len(values):
            raise UsageError(f"The format {form!r} asks for a value at {part.text!r}; there are {len(values)} values.")
        made.append(part.padded(_converted(part, kinds[index], values[index])))
    return "".join(made)


def _converted(spec: _Specifier, kind: str, value: str | None) -> str:
    """A value as its specifier shows it, not yet padded."""
    lower = spec.letter.lower()
    if lower == "b":
        text = "true" if value is not None and (kind != "boolean" or value == "true") else "false"
    elif lower == "s" or (value is None and lower in "cdoxefg"):
        text = "null" if value is None else value
    elif value is not None and lower == "c" and kind in _BITS and kind != "bigint":
        text = chr(int(value))
    elif value is not None and spec.letter in "doxX" and kind in _BITS:
        text = _whole(spec, lower, kind, int(value))
    elif value is not None and lower in "efg" and kind in ("float", "double", "decimal"):
        text = _real(spec, lower, _as_double(value) if kind == "float" else value)
    else:
        raise UsageError(f"The conversion {spec.text!r} isn't one for a value of type {kind}.")
    if lower in "bs" or value is None:
        text = text[: spec.digits]
    return text.upper() if spec.letter.isupper() else text


def _whole(spec: _Specifier, letter: str, kind: str, value: int) -> str:
    if letter == "d":
        return spec.signed(f"{abs(value):,}" if "," in spec.flags else str(abs(value)), value < 0)
    digits = format(value % (1 << _BITS[kind]), letter)
    digits = ({"o": "0", "x": "0x"}[letter] if "#" in spec.flags else "") + digits
    return digits.rjust(spec.width, "0") if "0" in spec.flags else digits


def _as_double(shown: str) -> str:
    """The digits that a float has as a double."""
    return repr(unpack("f", pack("f", float(shown)))[0])


def _real(spec: _Specifier, letter: str, value: str) -> str:
    negative = value.startswith("-")
    if value.endswith(("NaN", "Infinity")):
        return (
            value if value == "NaN" else replace(spec, flags=spec.flags.replace("0", "")).signed("Infinity", negative)
        )
    exact = Decimal(value).copy_abs()  # Java too rounds the digits that it shows, not the binary fraction
    digits = 6 if spec.digits is None else spec.digits
    if letter == "g":
        digits = digits or 1
        rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)
        if not exact or Decimal("0.0001") <= rounded < Decimal(10) ** digits:
            letter, digits = "f", max(digits - 1 - (rounded.adjusted() if exact else 0), 0)
        else:
            letter, digits = "e", digits - 1
    if letter == "e":
        text = _scientific(exact, digits)
    else:
        text = f"{exact.quantize(Decimal(1).scaleb(-digits), context=_EXACT):f}"
    if "," in spec.flags and letter == "f":
        whole, point, fraction = text.partition(".")
        text = f"{int(whole):,}{point}{fraction}"
    return spec.signed(text, negative)


def _scientific(exact: Decimal, digits: int) -> str:
    rounded = Context(prec=digits + 1, rounding=ROUND_HALF_UP).plus(exact) if exact else exact
    power = rounded.adjusted() if exact else 0
    mantissa = rounded.scaleb(-power, _EXACT).quantize(Decimal(1).scaleb(-digits), context=_EXACT)
    return f"{mantissa:f}e{'-' if power < 0 else '+'}{abs(power):02d}"
