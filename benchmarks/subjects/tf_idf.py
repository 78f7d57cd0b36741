"""tf-idf: the weights of the terms of documents."""

from collections import Counter
from math import log
from pathlib import Path

import pyarrow as pa

from benchmarks import data
from benchmarks.answers import PAIRS, query, rows
from benchmarks.peers.wordcount.counter_loop import count
from benchmarks.subject import THREE_TIMES, Subject, text_family

OWN = "{python} -m benchmarks.peers.tf_idf"
FILES = "{input} {output}"
JOB = f"{OWN}.bigdata_native {{input}}"


def reference(folder: Path) -> pa.Table:
    """Count each document with the standard library."""
    documents = {}
    for path in sorted(folder.iterdir()):
        with open(path, encoding="utf-8") as lines:
            documents[path.name] = count(lines)
    df = Counter(term for terms in documents.values() for term in terms)
    idf = {term: log((1 + len(documents)) / (1 + number)) + 1 for term, number in df.items()}
    weights = ((name, term, tf * idf[term]) for name, terms in documents.items() for term, tf in terms.items())
    return pa.table(dict(zip(("document", "term", "weight"), map(list, zip(*weights)))))


SUBJECT = Subject(
    summary="Weigh the terms of documents of a megabyte each.",
    data=data.documents,
    reference=reference,
    answers={
        "rows": query(f"SELECT * FROM {rows(document='VARCHAR', term='VARCHAR', weight='DOUBLE')}"),
        "pairs": query(f"SELECT key->>0 AS document, key->>1 AS term, value::DOUBLE AS weight FROM {PAIRS}"),
    },
    peers=text_family(OWN, FILES, JOB, "bigdata, native and columnar"),
    targets=THREE_TIMES,
)
