"""SET and RESET.

Source: LanguageManual Commands; Hive's SetProcessor and ResetProcessor.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from bigdata.errors import UsageError
from bigdata.sql.hive.context import DEFAULTS, Answer, Configuration
from bigdata.sql.hive.script import substituted, system, value

_SPACES = {
    "system": "as a system property",
    "env": "as an environmental variable",
    "hiveconf": "as a hive configuration variable",
    "hivevar": "as a hive variable",
}


@dataclass(frozen=True)
class Set:
    """``SET name=value``; a name without ``hivevar:`` or ``system:`` is a setting."""

    name: str
    value: str

    def run(self, context: Configuration) -> None:
        space, colon, rest = self.name.partition(":")
        if colon and space == "env":
            raise UsageError("env:* variables can not be set. Set them before the session begins.")
        named = {"hiveconf": context.settings, "hivevar": context.variables, "system": context.system}
        held, name = (named[space], rest) if colon and space in named else (context.settings, self.name)
        held[name] = substituted(self.value, context)


@dataclass(frozen=True)
class ShowSetting:
    """``SET name``."""

    name: str

    def run(self, context: Configuration) -> Answer:
        space, colon, _ = self.name.partition(":")
        if colon and space in _SPACES:
            held = value(self.name, context)
            missing = f"{self.name} is undefined {_SPACES[space]}"
        else:
            held = context.settings.get(self.name, DEFAULTS.get(self.name, context.variables.get(self.name)))
            missing = f"{self.name} is undefined"
        return _lines([missing if held is None else f"{self.name}={held}"])


@dataclass(frozen=True)
class ShowSettings:
    """``SET``, for what was set; ``SET -v``, for all that is known."""

    every: bool = False

    def run(self, context: Configuration) -> Answer:
        held = {**context.settings, **{f"hivevar:{name}": text for name, text in context.variables.items()}}
        if self.every:
            outside = {f"env:{name}": text for name, text in os.environ.items()}
            outside |= {f"system:{name}": text for name, text in {**system(), **context.system}.items()}
            held = {**DEFAULTS, **held, **outside}
        return _lines([f"{name}={held[name]}" for name in sorted(held)])


@dataclass(frozen=True)
class Reset:
    """``RESET [-d] [name ...]``: settings are again what they are by default."""

    names: tuple[str, ...] = ()

    def run(self, context: Configuration) -> None:
        for name in self.names or list(context.settings):
            context.settings.pop(name, None)


Setting = Set | ShowSetting | ShowSettings | Reset


def _lines(lines: list[str]) -> Answer:
    return Answer(("set",), tuple((line,) for line in lines))


def parse(text: str) -> Setting | None:
    """SET or RESET, or ``None`` for another statement.

    >>> parse("SET hivevar:day = 2024-01-01")
    Set(name='hivevar:day', value='2024-01-01')
    """
    word, *rest = text.split(None, 1)
    words = rest[0].strip() if rest else ""
    if word.upper() == "RESET":
        return Reset(tuple(name for name in words.split() if name != "-d"))
    if word.upper() != "SET" or re.match(r"(role|autocommit)\b", words, re.IGNORECASE):
        return None
    name, sign, given = words.partition("=")
    if sign:
        return Set(name.strip(), given.strip())
    return ShowSetting(words) if words not in ("", "-v") else ShowSettings(every=words == "-v")
