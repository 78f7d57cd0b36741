"""Hive's functions, a module a family; each has a table ``FUNCTIONS`` from names to rules (see :mod:`.rules`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bigdata.sql.hive.functions.rules import Rule

#: what looks like a function and is the compiler's own
SPECIAL = frozenset({"current_database", "grouping"})
#: functions that give rows, in a SELECT list or after LATERAL VIEW
TABLE = frozenset({"explode", "posexplode", "inline", "stack", "json_tuple", "parse_url_tuple"})


_CHANGING = frozenset({"rand", "uuid"})


@cache
def functions() -> Mapping[str, Sequence[Rule]]:
    """The meanings of every function by its name."""
    found: dict[str, Sequence[Rule]] = {}
    for module in iter_modules(__path__):
        table = getattr(import_module(f"{__name__}.{module.name}"), "FUNCTIONS", {})
        for names, rules in table.items():
            found.update(dict.fromkeys(names.split(), [rules] if isinstance(rules, Rule) else rules))
    return found


@cache
def refusals() -> Mapping[str, str]:
    """The functions of Hive that can't be here, with the reason."""
    return dict(import_module(f"{__name__}.refused").REFUSED)


def is_constant(name: str) -> bool:
    """Whether a function gives the same for the same arguments."""
    return name in functions() and not is_aggregate(name) and name not in _CHANGING


def is_aggregate(name: str) -> bool:
    """Whether a function folds many rows to one."""
    return any(rule.aggregate for rule in functions().get(name, ()))
