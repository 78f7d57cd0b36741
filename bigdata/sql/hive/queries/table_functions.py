"""Table functions in a SELECT list: the lateral views that do the same.

Source: LanguageManual UDF, Built-in Table-Generating Functions.
"""

from __future__ import annotations

from sqlglot import exp

from bigdata.errors import UsageError
from bigdata.sql.hive.functions import TABLE, functions, is_aggregate


def as_view(node: exp.Expr) -> exp.Lateral | None:
    """A table function in the SELECT list, as the lateral view that does the same."""
    inner = node.this if isinstance(node, (exp.Alias, exp.Aliases)) else node
    if not (isinstance(inner, exp.Anonymous) and inner.name.lower() in TABLE and inner.name.lower() in functions()):
        return None
    names = []
    if isinstance(node, exp.Alias):
        names = [node.args["alias"]]
    elif isinstance(node, exp.Aliases):
        names = node.expressions
    return exp.Lateral(this=inner, alias=exp.TableAlias(columns=names))


def refuse_beside(node: exp.Select, name: str) -> None:
    """Refuse what can't stand beside a table function.

    :raises UsageError: for another expression, or GROUP BY without aggregates
    """
    if len(node.expressions) > 1:
        raise UsageError(f"{name}: only a single expression in SELECT is supported with UDTF's. Use LATERAL VIEW.")
    if node.args.get("group") and not any(is_aggregate(call.name.lower()) for call in node.find_all(exp.Anonymous)):
        raise UsageError(f"{name}: GROUP BY is not supported with a UDTF in SELECT. Use LATERAL VIEW.")


def over_aggregates(node: exp.Select, table: exp.Lateral) -> exp.Select:
    """A table function over aggregates, as a lateral view over the query that folds."""
    inner = node.copy()
    arguments = [exp.alias_(argument.copy(), f"a{number}") for number, argument in enumerate(table.this.expressions)]
    inner.set("expressions", arguments)
    for part in ("order", "limit", "offset", "sort", "cluster", "distinct"):
        inner.set(part, None)
    call = exp.Anonymous(this=table.this.this, expressions=[exp.column(one.alias) for one in arguments])
    view = exp.Lateral(this=call, alias=table.args["alias"])
    view.args["alias"].set("this", exp.to_identifier("u"))
    outer = exp.Select(expressions=[exp.Column(this=exp.Star(), table=exp.to_identifier("u"))], joins=[view])
    outer.set("from_", exp.From(this=exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("f")))))
    for part in ("order", "limit", "offset", "sort", "cluster", "distinct"):
        outer.set(part, node.args.get(part))
    return outer
