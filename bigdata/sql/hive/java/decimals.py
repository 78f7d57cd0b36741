"""Numbers as Java's DecimalFormat writes them.

Halves go to the even digit, by the exact value of a double.

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
_PATTERN = re.compile(rf"({_QUOTED})([#,]*[0,]*)(?:(\.)(0*)(#*))?(?:E(?P<exponent>0+))?(?P<suffix>{_QUOTED})")


@dataclass(frozen=True)
class DecimalPattern:
    """A pattern that has been read.

    :param group: digits between two commas; 0 is no commas
    :param whole: digits before the point, at least; ``widest`` is at most, where there is an exponent
    :param least: digits after the point, at least; ``most`` is at most
    :param point: whether it has a point
    :param negative: prefix and suffix of a number below 0
    :param shift: places that the point moves: 2 for a percentage
    :param exponent: digits of the exponent, at least; 0 is no exponent
    """

    prefix: str
    suffix: str
    group: int
    whole: int
    widest: int
    least: int
    most: int
    point: bool
    negative: tuple[str, str]
    shift: int
    exponent: int


@lru_cache(maxsize=256)
def decimal_pattern(text: str) -> DecimalPattern:
    """Read a pattern of DecimalFormat.

    :raises UsageError: for what is none

    >>> decimal_pattern("#,##0.0#").group
    3
    """
    positive, negative = _subpatterns(text)
    found = _PATTERN.fullmatch(positive)
    if found is None or (not found["exponent"] and found["suffix"].startswith("E")):
        raise UsageError(f"{text!r} is no number format. Expected one like '#,##0.00' or '0.###E0'.")
    prefix, digits, point, zeros, hashes, exponent, suffix = found.groups(default="")
    shift = 2 if "%" in prefix + suffix else 3 if "\u2030" in prefix + suffix else 0
    prefix, suffix = _unquoted(prefix), _unquoted(suffix)
    other = _PATTERN.fullmatch(negative) if negative else None
    signs = (_unquoted(other[1]), _unquoted(other["suffix"])) if other else ("-" + prefix, suffix)
    group = len(digits) - digits.rfind(",") - 1 if "," in digits else 0
    whole, least = digits.count("0"), len(zeros)
    if point and not whole and not least:  # without any 0, Java takes the # beside the point for one
        whole, least = (1, 0) if digits else (0, 1)
    widest, most = len(digits.replace(",", "")), len(zeros + hashes)
    return DecimalPattern(prefix, suffix, group, whole, widest, least, most, bool(point), signs, shift, len(exponent))


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
    size = value.copy_abs().scaleb(form.shift, _EXACT)
    return prefix + (_scientific(size, form) if form.exponent else _plain(size, form)) + suffix


def _plain(size: Decimal, form: DecimalPattern) -> str:
    """Digits before and after the point."""
    rounded = size.quantize(Decimal(1).scaleb(-form.most), context=_EXACT)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(form.whole, "0")
    fraction = fraction[: form.least] + fraction[form.least :].rstrip("0")
    if not whole and not fraction:
        whole = "0"
    if form.group:
        head = len(whole) % form.group
        pieces = [whole[:head], *(whole[at : at + form.group] for at in range(head, len(whole), form.group))]
        whole = ",".join(piece for piece in pieces if piece)
    return _pointed(whole, fraction, form)


def _scientific(size: Decimal, form: DecimalPattern) -> str:
    """Digits and an exponent, which goes in steps where the pattern has room for more digits than it needs."""
    significant = Context(prec=max(form.widest + form.most, 1), rounding=ROUND_HALF_EVEN)
    rounded = (significant.plus(size) if form.widest + form.most else size).normalize(_EXACT)
    in_steps = form.widest > max(form.whole, 1)
    exponent, before, digits = 0, 1 if in_steps else form.whole, ""
    if rounded:
        digits, place = "".join(map(str, rounded.as_tuple().digits)), rounded.adjusted() + 1
        exponent = (place - 1) // form.widest * form.widest if in_steps else place - form.whole
        before = place - exponent
    digits = digits.ljust(max(before, form.whole + form.least), "0")
    sign = "-" if exponent < 0 else ""
    return _pointed(digits[:before], digits[before:], form) + f"E{sign}{abs(exponent):0{form.exponent}d}"


def _pointed(whole: str, fraction: str, form: DecimalPattern) -> str:
    point = "." if fraction or (form.point and not form.most) else ""
    return whole + point + fraction
