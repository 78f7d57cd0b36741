"""The tree of a regular expression: without flags and names of classes, so every language can write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bigdata.sql.hive.java.charsets import Ranges


@dataclass(frozen=True)
class Chars:
    """One character of a set."""

    set: Ranges


@dataclass(frozen=True)
class Anchor:
    r"""A place: ``A z Z b B`` as in Java, ``^`` and ``$`` those of lines."""

    kind: str


@dataclass(frozen=True)
class Back:
    """What a group matched."""

    number: int


@dataclass(frozen=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    """One of several."""

    branches: tuple[Node, ...]


@dataclass(frozen=True)
class Group:
    """Parentheses.

    :param opening: ``(``, ``(?:``, ``(?>``, ``(?=``, ``(?!``, ``(?<=``, ``(?<!``
    """

    opening: str
    body: Node


@dataclass(frozen=True)
class Repeat:
    """A quantifier.

    :param most: ``None`` is any number
    :param mode: ``""`` greedy, ``"?"`` reluctant, ``"+"`` possessive
    """

    body: Node
    least: int
    most: int | None
    mode: str


Node = Chars | Anchor | Back | Sequence | Choice | Group | Repeat


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in _children(node):
        yield from walk(child)


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Choice):
        return node.branches
    return (node.body,) if isinstance(node, Group | Repeat) else ()


def may_be_empty(node: Node) -> bool:
    """Whether a node may match no character."""
    if isinstance(node, Sequence):
        return all(map(may_be_empty, node.items))
    if isinstance(node, Choice):
        return any(map(may_be_empty, node.branches))
    if isinstance(node, Group):
        return node.opening not in ("(", "(?:", "(?>") or may_be_empty(node.body)
    if isinstance(node, Repeat):
        return node.least == 0 or may_be_empty(node.body)
    return not isinstance(node, Chars)


def always(node: Node, numbers: Iterator[int]) -> set[int]:
    """The groups that take part in every match of a node; the numbers of its groups are taken from an iterator."""
    if isinstance(node, Group) and node.opening == "(":
        own = next(numbers)
        return {own} | always(node.body, numbers)
    below = [always(child, numbers) for child in _children(node)]
    if isinstance(node, Choice) or (isinstance(node, Repeat) and node.least == 0):
        return set()
    return set().union(*below)
