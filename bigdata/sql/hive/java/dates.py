"""Dates by the patterns of Java's SimpleDateFormat, in English, in UTC: ``yyyy-MM-dd HH:mm:ss``.

A pattern is cut into fields (a letter and how often it stands) and literal text. Formatting writes a field with at
least so many digits, or as a name. Parsing is lenient as Java's: it begins at the text's start and leaves what follows
the pattern, takes numbers out of range (the 32nd of January is the 1st of February), and reads a number by its field's
width only where the next field follows without a break. Weeks and weekdays within a month are read and then left out of
account; days are Gregorian (those before the 15th of October 1582 are Julian in Java, as callers see to).

Sources: the documentation and the behaviour of java.text.SimpleDateFormat and java.util.GregorianCalendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_LETTERS = "GyYMLwWDdFEuaHkKhmsSzZX"
#: hours from UTC of the zones that text names
_ZONES = {
    **{"Z": 0, "UTC": 0, "GMT": 0},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}


@dataclass(frozen=True)
class Part:
    """A field of a pattern, or literal text where ``letter`` is empty."""

    letter: str
    count: int
    text: str = ""


@lru_cache(maxsize=256)
def parts(pattern: str) -> tuple[Part, ...]:
    """The fields and the literal text of a pattern.

    :raises ValueError: for a letter that means nothing, or a quotation without an end

    >>> [(part.letter, part.count, part.text) for part in parts("yyyy 'at' H")]
    [('y', 4, ''), ('', 0, ' at '), ('H', 1, '')]
    """
    found: list[Part] = []
    text = ""
    for piece in re.finditer(r"''|'(?:[^']|'')*'|'|([A-Za-z])\1*|[^A-Za-z']+", pattern):
        if piece[1] is None:
            if piece[0] == "'":
                raise ValueError(f"the pattern {pattern!r} has a quotation without an end")
            quoted = piece[0].startswith("'") and len(piece[0]) > 2
            text += piece[0][1:-1].replace("''", "'") if quoted else piece[0].replace("''", "'")
            continue
        if piece[1] not in _LETTERS or (piece[1] == "X" and len(piece[0]) > 3):
            raise ValueError(f"the pattern {pattern!r} has the letter {piece[0]!r}, which means nothing")
        if text:
            found.append(Part("", 0, text))
            text = ""
        found.append(Part(piece[1], len(piece[0])))
    return (*found, Part("", 0, text)) if text else tuple(found)


def _week_one(year: int) -> date:
    """The Sunday on which the week of the 1st of January begins."""
    first = date(year, 1, 1)
    return first - timedelta(first.isoweekday() % 7)


def _week_year(day: date) -> int:
    return day.year + 1 if day.year < 9999 and day >= _week_one(day.year + 1) else day.year


#: the number that a letter stands for
_NUMBERS: dict[str, Callable[[datetime], int]] = {
    "y": lambda moment: moment.year,
    "Y": lambda moment: _week_year(moment.date()),
    "M": lambda moment: moment.month,
    "L": lambda moment: moment.month,
    "w": lambda moment: (moment.date() - _week_one(_week_year(moment.date()))).days // 7 + 1,
    "W": lambda moment: (moment.day + moment.replace(day=1).isoweekday() % 7 - 1) // 7 + 1,
    "D": lambda moment: moment.timetuple().tm_yday,
    "d": lambda moment: moment.day,
    "F": lambda moment: (moment.day - 1) // 7 + 1,
    "u": lambda moment: moment.isoweekday(),
    "H": lambda moment: moment.hour,
    "k": lambda moment: moment.hour or 24,
    "K": lambda moment: moment.hour % 12,
    "h": lambda moment: moment.hour % 12 or 12,
    "m": lambda moment: moment.minute,
    "s": lambda moment: moment.second,
    "S": lambda moment: moment.microsecond // 1000,
}


def formatted(moment: datetime, pattern: str) -> str:
    """A moment by a pattern.

    :raises ValueError: for what is no pattern

    >>> formatted(datetime(2015, 4, 8, 13, 5), "EEE, d MMM yy h:mm a")
    'Wed, 8 Apr 15 1:05 PM'
    """
    return "".join(_field(moment, part) for part in parts(pattern))


def _field(moment: datetime, part: Part) -> str:
    letter, count = part.letter, part.count
    if not letter:
        return part.text
    if letter in "ML" and count >= 3:
        return _MONTHS[moment.month - 1][: None if count > 3 else 3]
    if letter == "E":
        return _DAYS[moment.isoweekday() % 7][: None if count > 3 else 3]
    if letter in "yY" and count == 2:
        return f"{_NUMBERS[letter](moment) % 100:02d}"
    if letter in _NUMBERS:
        return f"{_NUMBERS[letter](moment):0{count}d}"
    return {
        "G": "AD",
        "a": "AM" if moment.hour < 12 else "PM",
        "z": "UTC" if count < 4 else "Coordinated Universal Time",
        "Z": "+0000",
        "X": "Z",
    }[letter]


#: fields as DuckDB's strftime writes them
_STRFTIME = {
    "yyyy": "%Y",
    "yy": "%y",
    "MM": "%m",
    "M": "%-m",
    "MMM": "%b",
    "MMMM": "%B",
    "dd": "%d",
    "d": "%-d",
    "E": "%a",
    "EEE": "%a",
    "EEEE": "%A",
    "HH": "%H",
    "H": "%-H",
    "hh": "%I",
    "h": "%-I",
    "mm": "%M",
    "m": "%-M",
    "ss": "%S",
    "s": "%-S",
    "SSS": "%g",
    "a": "%p",
    "DDD": "%j",
    "D": "%-j",
}


def strftime(pattern: str, only: Sequence[str] = tuple(_STRFTIME)) -> str | None:
    """A pattern as one of DuckDB's ``strftime``; ``None`` where that has none.

    :param only: the fields that may stand in it
    :raises ValueError: for what is no pattern

    >>> strftime("dd.MM.yyyy 'at' HH"), strftime("ww")
    ('%d.%m.%Y at %H', None)
    """
    found = []
    for part in parts(pattern):
        field = part.letter * part.count
        if part.letter and field not in only:
            return None
        found.append(_STRFTIME[field] if part.letter else part.text.replace("%", "%%"))
    return "".join(found)


def parsed(text: str, pattern: str, today: date) -> datetime | None:
    """The moment that a text names by a pattern; ``None`` where it doesn't fit.

    :param today: years of two digits are those from 80 years before it
    :raises ValueError: for what is no pattern

    >>> parsed("2015-4-31 and more", "yyyy-MM-dd", date(2020, 1, 1))
    datetime.datetime(2015, 5, 1, 0, 0)
    """
    fields: dict[str, int] = {}
    position = 0
    pieces = parts(pattern)
    for number, part in enumerate(pieces):
        if not part.letter:
            if not text.startswith(part.text, position):
                return None
            position += len(part.text)
            continue
        while text[position : position + 1] in (" ", "\t"):
            position += 1
        close = number + 1 < len(pieces) and bool(pieces[number + 1].letter)
        end = _read(text, position, part, close, today, fields)
        if end is None:
            return None
        position = end
    try:
        return _resolved(fields)
    except (OverflowError, ValueError):
        return None


def _read(text: str, position: int, part: Part, close: bool, today: date, fields: dict[str, int]) -> int | None:
    """Read a field into ``fields``; where it ends, or ``None``."""
    letter, count = part.letter, part.count
    if (letter in "ML" and count >= 3) or letter in "EGa":
        names = {"M": _MONTHS, "L": _MONTHS, "E": _DAYS, "G": ["BC", "AD"], "a": ["AM", "PM"]}[letter]
        return _read_name(text, position, letter, names, fields)
    if letter in "zZX":
        return _read_zone(text, position, fields)
    number = re.compile(r"-?\d+").match(text, position, position + count if close else len(text))
    if number is None or (close and len(text) < position + count):
        return None
    value = int(number[0])
    if letter in "yY" and count <= 2 and re.fullmatch(r"\d\d", number[0]):
        first = today.year - 80
        value += first // 100 * 100 + (100 if value < first % 100 else 0)
    fields.pop(letter, None)  # the field that is set last wins, which is the last one of the dictionary
    fields["M" if letter == "L" else letter] = value
    return number.end()


def _read_name(text: str, position: int, letter: str, names: Sequence[str], fields: dict[str, int]) -> int | None:
    for short in (None, 3):
        for index, name in enumerate(names):
            if text[position : position + len(name[:short])].lower() == name[:short].lower():
                fields["M" if letter == "L" else letter] = index + 1 if letter in "ML" else index
                return position + len(name[:short])
    return None


_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d\d?):?(\d\d)?|([A-Za-z]+)")


def _read_zone(text: str, position: int, fields: dict[str, int]) -> int | None:
    found = _OFFSET.match(text, position)
    if found is None or (found[4] and found[4].upper() not in _ZONES):
        return None
    if found[4]:
        minutes = _ZONES[found[4].upper()] * 60
    else:
        minutes = (int(found[2]) * 60 + int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    fields["zone"] = minutes
    return found.end()


def _resolved(fields: dict[str, int]) -> datetime:
    """The moment of some fields, with the beginning of 1970 for those that are missing."""
    order = list(fields)
    year = fields.get("y", 1970)
    week_year = "Y" in fields and ("y" not in fields or order.index("Y") > order.index("y"))
    if week_year or ("w" in fields and "d" not in fields and "D" not in fields):
        weekday = fields["E"] if "E" in fields else fields.get("u", 7) % 7
        first = _week_one(fields["Y"] if week_year else year)
        day = first + timedelta(weeks=fields.get("w", 1) - 1, days=weekday)
    elif "D" in fields and ("d" not in fields or order.index("D") > order.index("d")):
        day = date(year, 1, 1) + timedelta(fields["D"] - 1)
    else:
        years, month = divmod(fields.get("M", 1) - 1, 12)
        day = date(year + years, month + 1, 1) + timedelta(fields.get("d", 1) - 1)
    hour = 0
    for letter in order:
        if letter in "Hk":
            hour = 0 if letter == "k" and fields[letter] == 24 else fields[letter]
        elif letter in "Kh":
            hour = (0 if letter == "h" and fields[letter] == 12 else fields[letter]) + 12 * fields.get("a", 0)
    return datetime(day.year, day.month, day.day) + timedelta(
        hours=hour,
        minutes=fields.get("m", 0) - fields.get("zone", 0),
        seconds=fields.get("s", 0),
        milliseconds=fields.get("S", 0),
    )
