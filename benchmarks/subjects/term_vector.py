"""Term vectors: the terms that are most frequent in each document."""

from heapq import nsmallest
from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query
from benchmarks.peers.wordcount.counter_loop import count
from benchmarks.subject import THREE_TIMES, Subject, text_family

OWN = "{python} -m benchmarks.peers.term_vector"
FILES = "{input} {output}"
JOB = "{python} -m jobs.term_vector {input}"
# a term a row, with its place in the list
VECTORS = """
    SELECT document, generate_subscripts(terms, 1) AS place, unnest(terms, recursive := true) FROM ({vectors})
"""
OF_PEERS = """
    SELECT * FROM read_json($files, format = 'newline_delimited',
        columns = {'document': 'VARCHAR', 'terms': 'STRUCT(term VARCHAR, count BIGINT)[]'})
"""
OF_PAIRS = f"""
    SELECT key->>'$' AS document, list_transform(
        from_json(value, '["JSON"]'), lambda p: {{'term': p->>0, 'count': (p->1)::BIGINT}}
    ) AS terms FROM {PAIRS}
"""


def reference(folder: Path) -> pa.Table:
    """Count each document with the standard library."""
    rows = []
    for path in sorted(folder.iterdir()):
        with open(path, encoding="utf-8") as lines:
            entries = ((-number, term) for term, number in count(lines).items() if number >= 2)
            rows += [(path.name, place, term, -n) for place, (n, term) in enumerate(nsmallest(10, entries), start=1)]
    return pa.table(dict(zip(("document", "place", "term", "count"), map(list, zip(*rows)))))


SUBJECT = Subject(
    summary="Find the ten terms that are most frequent in each document of a megabyte.",
    data=data.documents,
    reference=reference,
    answers={
        "rows": query(VECTORS.replace("{vectors}", OF_PEERS)),
        "pairs": query(VECTORS.replace("{vectors}", OF_PAIRS)),
    },
    peers=text_family(OWN, FILES, JOB, "bigdata, native and columnar"),
    targets=THREE_TIMES,
)
