"""Numbers as Java's DecimalFormat writes them.

Of a pattern's letters ``0 # , . % E`` and quotes, all but the exponent are known; halves go to the even digit, by the
exact value of a double.

Source: the documentation of java.text.DecimalFormat, for the locale en-US.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from bigdata.errors import UsageError

_EXACT = Context(prec=800, rounding=ROUND_HALF_EVEN)
_QUOTED = r"(?:'[^']*'|[^'#0,.;])*"
_PATTERN = re.compile(rf"({_QUOTED})([#,]*[0,]*)(?:(\.)(0*)(#*))?({_QUOTED})")


@dataclass(frozen=True)
class DecimalPattern:
    """A pattern that has been read.

    :param group: digits between two commas; 0 is no commas
    :param whole: digits before the point, at least
    :param least: digits after the point, at least; ``most`` is at most
    :param point: whether it has a point
    :param negative: prefix and suffix of a number below 0
    :param shift: places that the point moves: 2 for a percentage
    """

    prefix: str
    suffix: str
    group: int
    whole: int
    least: int
    most: int
    point: bool
    negative: tuple[str, str]
    shift: int


@lru_cache(maxsize=256)
def decimal_pattern(text: str) -> DecimalPattern:
    """Read a pattern of DecimalFormat.

    :raises UsageError: for what is none, or asks for an exponent

    >>> decimal_pattern("#,##0.0#").group
    3
    """
    positive, negative = _subpatterns(text)
    found = _PATTERN.fullmatch(positive)
    if found is None or "E0" in positive:
        raise UsageError(f"{text!r} is no number format that is supported. Expected one like '#,##0.00'.")
    prefix, digits, point, zeros, hashes, suffix = found.groups(default="")
    shift = 2 if "%" in prefix + suffix else 3 if "\u2030" in prefix + suffix else 0
    prefix, suffix = _unquoted(prefix), _unquoted(suffix)
    other = _PATTERN.fullmatch(negative) if negative else None
    signs = (_unquoted(other[1]), _unquoted(other[6])) if other else ("-" + prefix, suffix)
    group = len(digits) - digits.rfind(",") - 1 if "," in digits else 0
    whole, least = digits.count("0"), len(zeros)
    if point and not whole and not least:  # without any 0, Java takes the # beside the point for one
        whole, least = (1, 0) if digits else (0, 1)
    return DecimalPattern(prefix, suffix, group, whole, least, len(zeros + hashes), bool(point), signs, shift)


def _subpatterns(text: str) -> tuple[str, str]:
    """The pattern of what is not negative, and that of what is, if there is one."""
    parts = re.findall(r"(?:'[^']*'|[^;'])+", text) or [""]
    return parts[0], parts[1] if len(parts) > 1 else ""


def _unquoted(text: str) -> str:
    return re.sub(r"'([^']*)'", lambda found: found[1] or "'", text).replace("\xa4", "$")


def formatted(number: Decimal | float, pattern: str) -> str:
    """A number by a pattern.

    >>> formatted(12332.123456, "#,##0.0000"), formatted(0.125, "0.00"), formatted(-0.001, "0.0")
    ('12,332.1235', '0.12', '-0.0')
    """
    form = decimal_pattern(pattern)
    # of a double that is large, Java has the digits that it shows
    value = Decimal(repr(number) if isinstance(number, float) and abs(number) >= 1e17 else number)
    if value.is_nan():
        return "NaN"
    negative = value.is_signed()
    prefix, suffix = form.negative if negative else (form.prefix, form.suffix)
    if value.is_infinite():
        return f"{prefix}\u221e{suffix}"
    rounded = value.copy_abs().scaleb(form.shift, _EXACT).quantize(Decimal(1).scaleb(-form.most), context=_EXACT)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(form.whole, "0")
    fraction = fraction[: form.least] + fraction[form.least :].rstrip("0")
    if not whole and not fraction:
        whole = "0"
    if form.group:
        head = len(whole) % form.group
        pieces = [whole[:head], *(whole[at : at + form.group] for at in range(head, len(whole), form.group))]
        whole = ",".join(piece for piece in pieces if piece)
    point = "." if fraction or (form.point and not form.most) else ""
    return f"{prefix}{whole}{point}{fraction}{suffix}"
