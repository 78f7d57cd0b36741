"""XPath's four kinds of values, what one is as another, how two compare, and the functions of its core library."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bigdata.sql.hive.xpath.nodes import Node, ancestors

Value = list[Node] | str | float | bool


@dataclass(frozen=True)
class Place:
    """Where an expression is evaluated.

    :param position: the node's place, from 1, among ``size`` nodes
    """

    node: Node
    position: int = 1
    size: int = 1


def text(value: Value) -> str:
    """A value as a text; of nodes, the first.

    >>> text(3.0), text(0.5), text(True)
    ('3', '0.5', 'true')
    """
    if isinstance(value, list):
        return value[0].string if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"


def number(value: Value) -> float:
    """A value as a number; what is none is NaN.

    >>> number(" 12.5 "), number("1e3")
    (12.5, nan)
    """
    if isinstance(value, bool | float):
        return float(value)
    shown = text(value).strip(" \t\r\n")
    return float(shown) if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", shown, re.ASCII) else math.nan


def truth(value: Value) -> bool:
    """A value as true or false: are there nodes, characters, is the number not zero?"""
    return not math.isnan(value) and value != 0 if isinstance(value, float) else bool(value)


def compare(operator: str, left: Value, right: Value) -> bool:
    """Whether two values compare so; of nodes, whether any do."""
    test = _COMPARISONS[operator]
    if isinstance(left, list) and not isinstance(right, bool):
        return any(compare(operator, node.string, right) for node in left)
    if isinstance(right, list) and not isinstance(left, bool):
        return any(compare(operator, left, node.string) for node in right)
    if operator not in ("=", "!="):
        return test(number(left), number(right))
    for kind, convert in ((bool, truth), (float, number)):
        if isinstance(left, kind) or isinstance(right, kind):
            return test(convert(left), convert(right))
    return test(text(left), text(right))


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def divided(left: float, right: float) -> float:
    """A quotient as IEEE 754 has it."""
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def remainder(left: float, right: float) -> float:
    """What is left of a division; it has the sign of the first."""
    return math.nan if not right or math.isinf(left) or math.isnan(left + right) else math.fmod(left, right)


def _rounded(value: float) -> float:
    return value if math.isnan(value) or math.isinf(value) else float(math.floor(value + 0.5))


def _floor(value: float) -> float:
    return value if math.isnan(value) or math.isinf(value) else float(math.floor(value))


def _substring(shown: str, start: float, length: float = math.inf) -> str:
    first, last = _rounded(start), _rounded(start) + _rounded(length)
    return "".join(char for place, char in enumerate(shown, 1) if first <= place < last)


def _translated(shown: str, old: str, new: str) -> str:
    table: dict[str, str] = {}
    for place, char in enumerate(old):
        table.setdefault(char, new[place : place + 1])
    return "".join(table.get(char, char) for char in shown)


def _speaks(place: Place, language: str) -> bool:
    for node in (place.node, *ancestors(place.node)):
        for attribute in node.attributes:
            if attribute.name == "xml:lang":
                spoken = attribute.value.lower()
                return spoken == language.lower() or spoken.startswith(language.lower() + "-")
    return False


def _named(nodes: list[Node]) -> str:
    return nodes[0].name if nodes else ""


def _local(nodes: list[Node]) -> str:
    return nodes[0].local_name if nodes else ""


#: a function's least and most arguments; what it makes of them (a letter each: nodes, text, number, any; the last one
#: is repeated); whether the node itself stands for a missing argument; and the function
FUNCTIONS: dict[str, tuple[int, int, str, bool, Callable[..., Value]]] = {
    "last": (0, 0, "", False, lambda place: float(place.size)),
    "position": (0, 0, "", False, lambda place: float(place.position)),
    "count": (1, 1, "n", False, lambda place, nodes: float(len(nodes))),
    "id": (1, 1, "a", False, lambda place, value: []),  # only a DTD would say which attributes are identifiers
    "local-name": (0, 1, "n", True, lambda place, nodes: _local(nodes)),
    "namespace-uri": (0, 1, "n", True, lambda place, nodes: ""),
    "name": (0, 1, "n", True, lambda place, nodes: _named(nodes)),
    "string": (0, 1, "t", True, lambda place, shown: shown),
    "concat": (2, 999, "t", False, lambda place, *shown: "".join(shown)),
    "starts-with": (2, 2, "t", False, lambda place, shown, part: shown.startswith(part)),
    "contains": (2, 2, "t", False, lambda place, shown, part: part in shown),
    "substring-before": (
        2,
        2,
        "t",
        False,
        lambda place, shown, part: shown.partition(part)[0] if part in shown else "",
    ),
    "substring-after": (2, 2, "t", False, lambda place, shown, part: shown.split(part, 1)[1] if part in shown else ""),
    "substring": (2, 3, "td", False, lambda place, shown, *bounds: _substring(shown, *bounds)),
    "string-length": (0, 1, "t", True, lambda place, shown: float(len(shown))),
    "normalize-space": (0, 1, "t", True, lambda place, shown: " ".join(shown.split())),
    "translate": (3, 3, "t", False, lambda place, shown, old, new: _translated(shown, old, new)),
    "boolean": (1, 1, "a", False, lambda place, value: truth(value)),
    "not": (1, 1, "a", False, lambda place, value: not truth(value)),
    "true": (0, 0, "", False, lambda place: True),
    "false": (0, 0, "", False, lambda place: False),
    "lang": (1, 1, "t", False, _speaks),
    "number": (0, 1, "d", True, lambda place, value: value),
    "sum": (1, 1, "n", False, lambda place, nodes: float(sum(number(node.string) for node in nodes))),
    "floor": (1, 1, "d", False, lambda place, value: _floor(value)),
    "ceiling": (1, 1, "d", False, lambda place, value: -_floor(-value)),
    "round": (1, 1, "d", False, lambda place, value: _rounded(value)),
}
#: what a letter of an argument makes of a value
CONVERSIONS: dict[str, Callable[[Value], Value]] = {"a": lambda value: value, "t": text, "d": number}
