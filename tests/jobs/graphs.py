"""Edge lists for the tests of the graph jobs: awkward ones, random ones."""

from collections.abc import Iterable

from hypothesis import strategies as st

#: comments, empty lines, CRLF, several kinds of white space, repetitions, loops, no ASCII, no UTF-8, no last newline
AWKWARD = {
    "awkward.txt": b"# Nodes: 6\r\na b\r\n\r\n#b a\n  b\t \tc \nc a\na\tb\nb a\n \nd d\n1 a\na 1.0\n1\t1.0\n"
    + "é\u2028 ΟΔΟΣ\nΟΔΟΣ\t\u00a0a\n! é\n".encode()
    + b"\xe9 \xff\n\xff a",
    "empty.txt": b"",
}

#: edges of small dense graphs, with repetitions and loops
EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)


def snap(edges: Iterable[tuple[object, object]]) -> bytes:
    """Edges as a file of SNAP's."""
    return "".join(["# FromNodeId\tToNodeId\n", *(f"{source}\t{target}\n" for source, target in edges)]).encode()
