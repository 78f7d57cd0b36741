"""Statements that Spark has, and writes otherwise than Hive.

Statistics of the columns of partitions are those of the whole table, and what a table is skewed by is left out: both
are for the optimizer only.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bigdata.errors import UnsupportedStatement

_NAME = r"(?:[\w.]|`[^`]+`)+"
_WITHIN = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_STATISTICS = rf"ANALYZE\s+TABLE\s+({_NAME})\s+(?:PARTITION\s*{_WITHIN}\s*)?COMPUTE\s+STATISTICS\s+FOR\s+COLUMNS"

#: how a statement begins, and what Spark begins it with
_BEGINNINGS = (
    (r"MSCK\s+TABLE\b", "MSCK REPAIR TABLE"),
    (rf"{_STATISTICS}\s*$", r"ANALYZE TABLE \1 COMPUTE STATISTICS FOR ALL COLUMNS"),
    (_STATISTICS, r"ANALYZE TABLE \1 COMPUTE STATISTICS FOR COLUMNS"),
    (rf"CREATE\s+TEMPORARY\s+MACRO\s+(\w+)\s*({_WITHIN})", r"CREATE OR REPLACE TEMPORARY FUNCTION \1\2 RETURN"),
    (r"DROP\s+TEMPORARY\s+MACRO\b", "DROP TEMPORARY FUNCTION"),
    (r"SHOW\s+TABLE\s+EXTENDED\s+((?:IN|FROM)\s+\w+\s+)?LIKE\s+(\w+)", r"SHOW TABLE EXTENDED \1LIKE '\2'"),
    (rf"CREATE\s+EXTERNAL\s+(TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s+LIKE\b)", r"CREATE \1"),
)
_QUERY = r"(?:SELECT|FROM|WITH|INSERT|CREATE|ALTER|EXPLAIN)\b"
#: what stands anywhere in a statement that begins so, and what Spark has there
_ANYWHERE = (
    (r"CREATE\b", rf"\bSKEWED\s+BY\s*{_WITHIN}\s*ON\s*{_WITHIN}(?:\s*STORED\s+AS\s+DIRECTORIES)?", ""),
    (_QUERY, r"\bLIMIT\s+(\d+)\s*,\s*(\d+)", r"LIMIT \2 OFFSET \1"),
    # of the population
    (_QUERY, r"\b(?:stddev|std)\s*\(", "stddev_pop("),
    (_QUERY, r"\bvariance\s*\(", "var_pop("),
    (_QUERY, r"\b(?:\w+\.)?INPUT__FILE__NAME\b", "input_file_name()"),
)
#: what stands in FROM, and Spark has not
_MISSING = r"\bUNIQUEJOIN\b|\b\w+(?=\s*\(\s*ON\b)"
_QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|--[^\n]*"""
_FLAGS = re.IGNORECASE | re.DOTALL


def as_spark(text: str) -> str:
    """A statement as Spark writes it.

    >>> as_spark("MSCK TABLE logs")
    'MSCK REPAIR TABLE logs'
    >>> as_spark("SELECT 'LIMIT 1,2' FROM t LIMIT 1, 2")
    "SELECT 'LIMIT 1,2' FROM t LIMIT 2 OFFSET 1"

    :raises UnsupportedStatement: for what Spark has not
    """
    if re.match(_QUERY, text, _FLAGS):
        for found in re.finditer(f"{_QUOTED}|(?P<part>{_MISSING})", text, _FLAGS):
            if found["part"]:
                raise UnsupportedStatement(f"{found['part']}: Spark SQL doesn't have it in FROM. Run it on DuckDB.")
    for beginning, other in _BEGINNINGS:
        text = re.sub(rf"\A{beginning}", other, text, count=1, flags=_FLAGS)
    for beginning, part, other in _ANYWHERE:
        if re.match(beginning, text, _FLAGS):
            text = re.sub(f"{_QUOTED}|(?P<part>{part})", _replaced(part, other), text, flags=_FLAGS)
    return text


def _replaced(part: str, other: str) -> Callable[[re.Match[str]], str]:
    """What replaces a part of a statement, and leaves what is quoted."""
    return lambda found: re.sub(part, other, found[0], flags=_FLAGS) if found["part"] else found[0]
