"""Floating numbers as Double.toString and Float.toString of Java before 19 write them.

The digits are those of the number up to the first place where what is left, or what rounding up would add, is less than
half of the distance to the next floating number. Powers of two get half of that, and a number that is written with an
exponent gets two digits at least, so that they aren't always the fewest: 2^-44 is 5.6843418860808015E-14. Whole numbers
below 2^63 only lose digits that their bits surely don't hold.

Source: jdk.internal.math.FloatingDecimal of OpenJDK 8, BinaryToASCIIBuffer.dtoa.
"""

from __future__ import annotations

import math
import struct


def text(number: float, single: bool = False) -> str:
    """A number other than zero, NaN and the infinite ones.

    :param single: whether it is one of Java's floats

    >>> text(1e10), text(5e-324), text(2.0**-44), text(1234567890123456768.0), text(123456792.0, single=True)
    ('1.0E10', '4.9E-324', '5.6843418860808015E-14', '1.23456789012345677E18', '1.23456792E8')
    """
    size = abs(number)
    bits = 24 if single else 53
    digits, place = _whole(int(size), bits) if size.is_integer() and size < 1 << 63 else _digits(size, single)
    sign, digits = "-" if number < 0 else "", digits.rstrip("0")
    if not 1e-3 <= size < 1e7:
        return f"{sign}{digits[0]}.{digits[1:] or '0'}E{place}"
    if place < 0:
        return f"{sign}0.{'0' * (-place - 1)}{digits}"
    return f"{sign}{digits[: place + 1].ljust(place + 1, '0')}.{digits[place + 1 :] or '0'}"


def _whole(number: int, bits: int) -> tuple[str, int]:
    """The digits of a whole number, and the place of the first one before the point."""
    beyond = max(number.bit_length() - bits - 2, 0)
    dropped = len(str(1 << beyond)) - 1
    digits = str((number + 10**dropped // 2) // 10**dropped)
    return digits, len(digits) + dropped - 1


def _digits(number: float, single: bool) -> tuple[str, int]:
    """The digits of a number, and the place of the first one before the point."""
    fraction, exponent, bits = _unpacked(number, single)
    trailing = (fraction & -fraction).bit_length() - 1
    width = 53 - trailing
    tiny = max(0, width - exponent - 1)
    # an estimate, which is right or one too high
    place = math.floor((fraction / 2**52 - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981)
    # number = value / unit * 10 ** place; half is half of the distance to the next one, as a part of the unit
    fives, twos = max(0, -place), max(0, -place) + tiny + exponent - (width - 1)
    unit_fives, unit_twos = max(0, place), max(0, place) + tiny
    common = min(twos, unit_twos)
    half_twos = fives + tiny + exponent - bits - common - (width == 1)
    up = max(0, -half_twos)
    twos, unit_twos, half_twos = twos - common + up, unit_twos - common + up, half_twos + up
    value = ((fraction >> trailing) * 5**fives) << twos
    unit, half = 5**unit_fives << unit_twos, 5**fives << half_twos
    room = max(width + twos + _bits_of_five(fives), unit_twos + 1 + _bits_of_five(unit_fives + 1))
    bound = 1 << 31 if room < 32 else 1 << 63 if room < 64 else 0

    def held(term: int) -> int:
        """A term in Java's int or long, in which it computes where all seem to have room."""
        return (term + bound) % (2 * bound) - bound if bound else term

    digits: list[int] = []
    low = high = False
    while not (low or high):
        digit, rest = divmod(value, unit)
        value, half = 10 * rest, held(10 * half)
        low = value < half or (half <= 0 and bool(digits))
        high = held(value + half) > 10 * unit - (not bound) or (half <= 0 and bool(digits))
        if not digits:
            if digit or high:
                digits.append(digit)
            else:
                place -= 1
                digits.append(-1)  # no digit
            if place < -3 or place >= 8:
                low = high = False
        else:
            digits.append(digit)
    found = [digit for digit in digits if digit >= 0]
    more = held(held(2 * value) - 10 * unit)
    if high and (not low or more > 0 or (more == 0 and found[-1] % 2)):
        rounded = str(int("".join(map(str, found))) + 1).rjust(len(found), "0")
        return rounded, place + len(rounded) - len(found)
    return "".join(map(str, found)), place


def _unpacked(number: float, single: bool) -> tuple[int, int, int]:
    """A fraction of 53 bits, the exponent of its first one, and how many bits the number has."""
    size, bias = (24, 127) if single else (53, 1023)
    [raw] = struct.unpack(">i" if single else ">q", struct.pack(">f" if single else ">d", number))
    exponent, fraction = raw >> (size - 1), raw & ((1 << (size - 1)) - 1)
    bits = size
    if exponent:
        fraction |= 1 << (size - 1)
    else:
        bits = fraction.bit_length()
        fraction <<= size - bits
        exponent = 1 - (size - bits)
    return fraction << (53 - size), exponent - bias, bits


def _bits_of_five(power: int) -> int:
    """How many bits a power of five has, as Java reckons it."""
    return (5**power).bit_length() if 0 < power < 27 else 3 * power
