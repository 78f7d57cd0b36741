"""EXPLAIN: the SQL that a query becomes, instead of its rows; or what the query reads.

Source: LanguageManual Explain. Its words for parts of Hive's plans are all taken for the SQL, but DEPENDENCY, which
gives the manual's JSON (Hive's ExplainTask.getJSONDependencies).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bigdata.sql.hive.queries.compiler import Read
from bigdata.sql.partitions import partition_name

_WORDS = re.compile(
    r"""EXPLAIN\b\s*(?:(?P<word>EXTENDED | FORMATTED | AST | LOGICAL | DEPENDENCY | AUTHORIZATION | LOCKS | ANALYZE
        | REWRITE | REOPTIMIZATION | CBO(?:\s+(?:COST|JOINCOST))?
        | VECTORIZATION(?:\s+ONLY)?(?:\s+(?:SUMMARY|OPERATOR|EXPRESSION|DETAIL))?)\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Explain:
    """``EXPLAIN [word] statement``.

    :param statement: as it would run
    :param dependency: whether it is what the statement reads that is asked for
    """

    statement: Any
    dependency: bool


def begin(text: str) -> tuple[int, bool] | None:
    """Where the statement that EXPLAIN is about begins, and whether its DEPENDENCY is meant; ``None`` for another.

    >>> begin("EXPLAIN VECTORIZATION ONLY SELECT 1")
    (27, False)
    """
    found = _WORDS.match(text)
    return None if found is None else (found.end(), (found["word"] or "").upper() == "DEPENDENCY")


def dependencies(reads: Iterable[Read]) -> str:
    """The tables and partitions that a query reads, as JSON."""
    found: dict[str, dict[str, dict[str, str]]] = {"input_tables": {}, "input_partitions": {}}
    for read in reads:
        name = f"{read.table.database}@{read.table.name}"
        parents = [view.replace(".", "@") for view in read.views[-1:]]
        found["input_tables"][name] = {"tablename": name, "tabletype": read.table.kind} | _of("tableParents", parents)
        for part in _names(read):
            held = {"partitionName": f"{name}@{part}"} | _of("partitionParents", parents)
            found["input_partitions"][held["partitionName"]] = held
    return json.dumps({kind: list(held.values()) for kind, held in found.items()}, separators=(",", ":"))


def _of(name: str, parents: list[str]) -> dict[str, str]:
    return {name: f"[{', '.join(parents)}]"} if parents else {}


def _names(read: Read) -> Iterator[str]:
    columns = [column.name for column in read.table.partition_columns]
    return (partition_name(columns, partition.values) for partition in read.partitions)
