"""XML as a tree of nodes, and the axes along which XPath walks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from bigdata.errors import UsageError


@dataclass(eq=False, slots=True)
class Node:
    """A node of a document.

    :param kind: root, element, attribute, text, comment or processing-instruction
    :param order: its place in the document; an attribute's is that of its element
    """

    kind: str
    name: str = ""
    value: str = ""
    parent: Node | None = None
    order: int = 0
    children: list[Node] = field(default_factory=list)
    attributes: list[Node] = field(default_factory=list)

    @property
    def string(self) -> str:
        """Its string-value: of a root and an element, all text below."""
        if self.kind in ("root", "element"):
            return "".join(node.value for node in descendants(self) if node.kind == "text")
        return self.value

    @property
    def local_name(self) -> str:
        return self.name.rpartition(":")[2]


@lru_cache(maxsize=64)
def document(xml: str) -> Node:
    """The tree of a document.

    :raises UsageError: for what is no well-formed XML

    >>> document("<a><b>1</b>2</a>").string
    '12'
    """
    root = Node("root")
    reader = _Reader(root)
    try:
        reader.parser.Parse(xml.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise UsageError(f"The XML {xml[:60]!r} is not well formed: {error}.") from None
    return root


class _Reader:
    """Builds the tree from expat's events."""

    def __init__(self, root: Node) -> None:
        self.open, self.count = [root], 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = lambda name: self.open.pop()
        self.parser.CharacterDataHandler = self.characters
        self.parser.CommentHandler = lambda data: self.add("comment", "", data)
        self.parser.ProcessingInstructionHandler = lambda name, data: self.add("processing-instruction", name, data)

    def add(self, kind: str, name: str, value: str) -> Node:
        self.count += 1
        node = Node(kind, name, value, self.open[-1], self.count)
        self.open[-1].children.append(node)
        return node

    def begin(self, name: str, attributes: list[str]) -> None:
        node = self.add("element", name, "")
        node.attributes = [
            Node("attribute", key, value, node, node.order)
            for key, value in zip(attributes[::2], attributes[1::2])
            if key != "xmlns" and not key.startswith("xmlns:")
        ]
        self.open.append(node)

    def characters(self, data: str) -> None:
        before = self.open[-1].children[-1:]
        if before and before[0].kind == "text":
            before[0].value += data
        else:
            self.add("text", "", data)


def descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from descendants(child)


def ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _after(node: Node) -> Iterator[Node]:
    siblings = [] if node.parent is None or node.kind == "attribute" else node.parent.children
    yield from siblings[siblings.index(node) + 1 :] if siblings else ()


def _before(node: Node) -> Iterator[Node]:
    siblings = [] if node.parent is None or node.kind == "attribute" else node.parent.children
    yield from reversed(siblings[: siblings.index(node)] if siblings else ())


def _following(node: Node) -> Iterator[Node]:
    if node.kind == "attribute" and node.parent is not None:
        yield from descendants(node.parent)
        node = node.parent
    for each in (node, *ancestors(node)):
        for sibling in _after(each):
            yield sibling
            yield from descendants(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind == "attribute" and node.parent is not None:
        node = node.parent
    for each in (node, *ancestors(node)):
        for sibling in _before(each):
            yield from reversed([sibling, *descendants(sibling)])


#: nodes along each axis, in its order
AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "self": lambda node: (node,),
    "child": lambda node: node.children,
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "attribute": lambda node: node.attributes,
    "descendant": descendants,
    "descendant-or-self": lambda node: (node, *descendants(node)),
    "ancestor": ancestors,
    "ancestor-or-self": lambda node: (node, *ancestors(node)),
    "following-sibling": _after,
    "preceding-sibling": _before,
    "following": _following,
    "preceding": _preceding,
    "namespace": lambda node: (),
}


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Nodes in the order of the document, each once."""
    return sorted(dict.fromkeys(nodes), key=lambda node: node.order)
