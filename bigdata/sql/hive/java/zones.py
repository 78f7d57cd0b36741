"""Time zones by the names that Java knows."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from bigdata.sql.hive.library import function

#: Source: java.util.TimeZone's names of three letters
_SHORT_ZONES = {
    "ACT": "Australia/Darwin",
    "AET": "Australia/Sydney",
    "AGT": "America/Argentina/Buenos_Aires",
    "ART": "Africa/Cairo",
    "AST": "America/Anchorage",
    "BET": "America/Sao_Paulo",
    "BST": "Asia/Dhaka",
    "CAT": "Africa/Harare",
    "CNT": "America/St_Johns",
    "CST": "America/Chicago",
    "CTT": "Asia/Shanghai",
    "EAT": "Africa/Addis_Ababa",
    "ECT": "Europe/Paris",
    "IET": "America/Indiana/Indianapolis",
    "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo",
    "MIT": "Pacific/Apia",
    "NET": "Asia/Yerevan",
    "NST": "Pacific/Auckland",
    "PLT": "Asia/Karachi",
    "PNT": "America/Phoenix",
    "PRT": "America/Puerto_Rico",
    "PST": "America/Los_Angeles",
    "SST": "Pacific/Guadalcanal",
    "VST": "Asia/Ho_Chi_Minh",
}


@function("hive_zone", ["VARCHAR"], "VARCHAR")
@cache
def zone(name: str) -> str:
    """A zone of Java's as DuckDB's; what is none is UTC, as Java's.

    >>> zone("PST"), zone("GMT+8:30"), zone("nowhere")
    ('America/Los_Angeles', 'GMT+08:30', 'UTC')
    """
    return region(_SHORT_ZONES.get(name, name)) or "UTC"


@function("hive_region", ["VARCHAR"], "VARCHAR")
@cache
def region(name: str) -> str | None:
    """A zone of java.time's as DuckDB's: an offset or a region; ``None`` for what is neither.

    >>> region("+5:30"), region("Asia/Tokyo"), region("nowhere")
    ('GMT+05:30', 'Asia/Tokyo', None)
    """
    if offset := re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?", name):
        return f"GMT{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
    return "UTC" if name == "Z" else name if name in available_timezones() else None
