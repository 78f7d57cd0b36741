"""UNIQUEJOIN: the rows of several tables that have one key, each with each.

A key gives rows where all tables have it, or one that is preserved; NULL is no key. Source: Hive's CommonJoinOperator
(checkAndGenObject).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bigdata.errors import UsageError
from bigdata.sql.common_types import comparison_type
from bigdata.sql.hive.from_clause import UniqueJoin
from bigdata.sql.hive.queries.compiler import Compiler
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.scope import Scope, Source
from bigdata.sql.types import STRING, HiveType, quoted


def source(
    node: UniqueJoin, members: Sequence[Source], compiler: Compiler, over: Callable[[Scope], Expressions]
) -> Source:
    """The join of some tables.

    :param over: what makes SQL of expressions over a scope
    :raises UsageError: where one has another number of keys
    """
    scopes = [over(held.scope) for held in members]
    keys = [[scope.typed(key) for key in one.expressions] for one, scope in zip(node.expressions, scopes)]
    if len({len(listed) for listed in keys}) > 1:
        raise UsageError("UNIQUEJOIN: one table has more keys than another. Give each as many.")
    names = [quoted(compiler.name("key")) for _ in keys[0]]
    there = quoted(compiler.name("there"))
    kinds = [_common([key.type for key in column]) for column in zip(*keys)]
    sql, known = "", [""] * len(names)
    for place, (held, scope, listed) in enumerate(zip(members, scopes, keys)):
        values = [scope.as_type(key, kind, "a key of UNIQUEJOIN") for key, kind in zip(listed, kinds)]
        columns = [f"{value} AS {name}" for value, name in zip(values, names)]
        made = held.within(*columns, f"true AS {there}").sql
        own = [f"{held.name}.{name}" for name in names]
        condition = " AND ".join(f"{before} = {key}" for before, key in zip(known, own))
        sql = f"{sql} FULL JOIN {made} ON {condition}" if place else made
        known = [f"coalesce({before}, {key})" if place else key for before, key in zip(known, own)]
    every = " AND ".join(f"{held.name}.{there}" for held in members)
    kept = [f"{held.name}.{there}" for one, held in zip(node.expressions, members) if one.args["preserve"]]
    relations = [relation for held in members for relation in held.scope.relations]
    # a join rather than WHERE, which would need a query around with all columns
    return Source(f"{sql} JOIN (SELECT 1) ON {' OR '.join([*kept, f'({every})'])}", Scope(relations))


def _common(kinds: Sequence[HiveType]) -> HiveType:
    """The type in which keys are compared."""
    common = kinds[0]
    for kind in kinds[1:]:
        common = comparison_type(common, kind) or STRING
    return common
