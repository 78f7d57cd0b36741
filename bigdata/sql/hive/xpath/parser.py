"""The reader of XPath 1.0: an expression becomes a function from a place in a document to a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bigdata.sql.hive.xpath.nodes import AXES, Node, document, in_order
from bigdata.sql.hive.xpath.values import (
    CONVERSIONS,
    FUNCTIONS,
    Place,
    Value,
    compare,
    divided,
    number,
    remainder,
    truth,
)

Expression = Callable[[Place], Value]
Test = Callable[[Node], bool]

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|({_NAME}(?::(?:{_NAME}|\*))?(?!:[^:])|{_NAME})
    |(::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*]))""",
    re.VERBOSE,
)
_KINDS = ("node", "text", "comment", "processing-instruction")
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_WORDS = ("or", "and", "div", "mod")
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": divided,
    "mod": remainder,
}


class InvalidPath(ValueError):
    """The text is no XPath expression."""


def evaluate(xml: str, path: str) -> Value:
    """The value of an expression at the root of a document.

    :raises InvalidPath: for what is no expression
    :raises UsageError: for what is no well-formed XML

    >>> evaluate("<a><b>1</b><b>2</b></a>", "sum(a/b)")
    3.0
    """
    return _read(path)(Place(document(xml)))


@lru_cache(maxsize=256)
def _read(path: str) -> Expression:
    return _Parser(path).whole()


class _Parser:
    """Reads one expression."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tokens = self._tokens()
        self.place = 0

    def _tokens(self) -> list[str]:
        """Literals keep their quotes; ``*`` and words are operators, marked by a blank, where one must stand."""
        found: list[str] = []
        place, end = 0, len(self.path.rstrip())
        while place < end:
            match = _TOKEN.match(self.path, place)
            if match is None:
                raise InvalidPath(self.path)
            token = match[1] or match[2] or match[3] or match[4]
            operand_before = bool(found) and (
                found[-1] in (")", "]", ".", "..") or found[-1][0] not in "@:([,/|+-=<>! "
            )
            found.append(f" {token}" if operand_before and token in ("*", *_WORDS) else token)
            place = match.end()
        return found

    def whole(self) -> Expression:
        expression = self._level(0)
        if self.place < len(self.tokens):
            raise InvalidPath(self.path)
        return expression

    def _peek(self, ahead: int = 0) -> str:
        return self.tokens[self.place + ahead] if self.place + ahead < len(self.tokens) else ""

    def _next(self) -> str:
        self.place += 1
        if self.place > len(self.tokens):
            raise InvalidPath(self.path)
        return self.tokens[self.place - 1]

    def _took(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self.place += 1
        return True

    def _must(self, token: str) -> None:
        if not self._took(token):
            raise InvalidPath(self.path)

    def _level(self, level: int) -> Expression:
        """Operators of one strength, from the left."""
        if level == len(_LEVELS):
            return self._negative()
        left = self._level(level + 1)
        while self._peek().strip() in _LEVELS[level] and (self._peek()[0] == " " or self._peek() not in ("*", *_WORDS)):
            left = _binary(self._next().strip(), left, self._level(level + 1))
        return left

    def _negative(self) -> Expression:
        if self._took("-"):
            inner = self._negative()
            return lambda place: -number(inner(place))
        return self._union()

    def _union(self) -> Expression:
        parts = [self._path()]
        while self._took("|"):
            parts.append(self._path())
        if len(parts) == 1:
            return parts[0]
        return lambda place: in_order(node for part in parts for node in self._nodes(part(place)))

    def _nodes(self, value: Value) -> list[Node]:
        if not isinstance(value, list):
            raise InvalidPath(self.path)
        return value

    def _path(self) -> Expression:
        start = self._start()
        if start is None:
            steps = [self._step()]
        elif self._peek() in ("/", "//"):
            steps = []
        else:
            return start
        while self._peek() in ("/", "//"):
            if self._next() == "//":
                steps.append(_Step("descendant-or-self", lambda node: True, ()))
            steps.append(self._step())
        return _walk(start, steps, self._nodes)

    def _start(self) -> Expression | None:
        """What a path begins with: the root, a value with its predicates, or ``None`` for the place itself."""
        token = self._peek()
        if token == "/" and not self._begins_step(self._peek(1)):
            self.place += 1
            return _root
        if token in ("/", "//"):
            return _root
        is_call = self._peek(1) == "(" and token not in _KINDS
        if not (token[:1] in ("'", '"', "(") or re.match(r"\.?\d", token) or is_call):
            return None
        value = self._primary()
        predicates = self._predicates()
        if not predicates:
            return value
        return lambda place: _filtered(self._nodes(value(place)), predicates)

    def _begins_step(self, token: str) -> bool:
        return token in ("@", ".", "..", "*") or bool(re.match(_NAME, token))

    def _primary(self) -> Expression:
        token = self._next()
        if token == "(":
            inner = self._level(0)
            self._must(")")
            return inner
        if token[0] in "'\"":
            shown = token[1:-1]
            return lambda place: shown
        if token[0].isdigit() or token[0] == ".":
            value = float(token)
            return lambda place: value
        return self._call(token)

    def _call(self, name: str) -> Expression:
        self._must("(")
        arguments: list[Expression] = []
        while not self._took(")"):
            if arguments:
                self._must(",")
            arguments.append(self._level(0))
        if name not in FUNCTIONS or not FUNCTIONS[name][0] <= len(arguments) <= FUNCTIONS[name][1]:
            raise InvalidPath(self.path)
        _, most, letters, of_node, call = FUNCTIONS[name]
        if of_node and not arguments:
            arguments.append(lambda place: [place.node])
        kinds = letters.ljust(len(arguments), letters[-1:] or " ")

        def called(place: Place) -> Value:
            values = [argument(place) for argument in arguments]
            return call(
                place,
                *(
                    self._nodes(value) if kind == "n" else CONVERSIONS[kind](value)
                    for kind, value in zip(kinds, values)
                ),
            )

        return called

    def _step(self) -> _Step:
        if self._took("."):
            return _Step("self", lambda node: True, ())
        if self._took(".."):
            return _Step("parent", lambda node: True, ())
        axis = "child"
        if self._took("@"):
            axis = "attribute"
        elif self._peek(1) == "::":
            axis = self._next()
            self._next()
        if axis not in AXES:
            raise InvalidPath(self.path)
        return _Step(axis, self._test("attribute" if axis == "attribute" else "element"), self._predicates())

    def _test(self, principal: str) -> Test:
        token = self._next()
        if token in _KINDS and self._took("("):
            target = "" if self._peek() == ")" else self._next()[1:-1]
            self._must(")")
            return lambda node: token == "node" or (node.kind == token and (not target or node.name == target))
        if token == "*":
            return lambda node: node.kind == principal
        if not re.match(_NAME, token):
            raise InvalidPath(self.path)
        # without namespaces no prefix stands for anything: such a name finds nothing
        return lambda node: node.kind == principal and node.name == token and ":" not in token

    def _predicates(self) -> tuple[Expression, ...]:
        found = []
        while self._took("["):
            found.append(self._level(0))
            self._must("]")
        return tuple(found)


class _Step:
    """A step of a path."""

    def __init__(self, axis: str, test: Test, predicates: tuple[Expression, ...]) -> None:
        self.axis, self.test, self.predicates = AXES[axis], test, predicates

    def __call__(self, node: Node) -> list[Node]:
        return _filtered([each for each in self.axis(node) if self.test(each)], self.predicates)


def _root(place: Place) -> Value:
    node = place.node
    while node.parent is not None:
        node = node.parent
    return [node]


def _walk(start: Expression | None, steps: list[_Step], nodes: Callable[[Value], list[Node]]) -> Expression:
    def walked(place: Place) -> Value:
        found = [place.node] if start is None else nodes(start(place))
        for step in steps:
            found = in_order(each for node in found for each in step(node))
        return found

    return walked


def _filtered(nodes: list[Node], predicates: tuple[Expression, ...]) -> list[Node]:
    for predicate in predicates:
        kept = []
        for position, node in enumerate(nodes, 1):
            value = predicate(Place(node, position, len(nodes)))
            if value == position if isinstance(value, float) else truth(value):
                kept.append(node)
        nodes = kept
    return nodes


def _binary(operator: str, left: Expression, right: Expression) -> Expression:
    if operator == "or":
        return lambda place: truth(left(place)) or truth(right(place))
    if operator == "and":
        return lambda place: truth(left(place)) and truth(right(place))
    if operator in _ARITHMETIC:
        calculate = _ARITHMETIC[operator]
        return lambda place: calculate(number(left(place)), number(right(place)))
    return lambda place: compare(operator, left(place), right(place))
