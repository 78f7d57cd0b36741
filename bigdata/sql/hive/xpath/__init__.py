"""XPath 1.0 over XML: :func:`evaluate` gives what a path finds, as Java's javax.xml.xpath does without namespaces.

An expression is read once, into functions from a place in a document to a value: a list of nodes, a text, a number or
a truth value.

Source: XML Path Language (XPath) Version 1.0, W3C.
"""

from bigdata.sql.hive.xpath.nodes import Node
from bigdata.sql.hive.xpath.parser import InvalidPath, evaluate
from bigdata.sql.hive.xpath.values import number, text, truth

__all__ = ["InvalidPath", "Node", "evaluate", "number", "text", "truth"]
