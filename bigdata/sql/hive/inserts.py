"""INSERT as sqlglot parses it: its query, and where the rows go."""

from __future__ import annotations

from sqlglot import exp

from bigdata.errors import SqlSyntaxError, UsageError
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.ddl.storage import file_format, parse_row_format, storage
from bigdata.sql.hive.ddl.tokens import Tokens
from bigdata.sql.hive.dialect import parse
from bigdata.sql.hive.writes import Target
from bigdata.sql.serdes.partition_values import normal
from bigdata.sql.tables import Storage


def query_of(tree: exp.Insert, context: Context) -> exp.Expr:
    """The query of an INSERT, with what the WITH before it names, and the values that DEFAULT stands for."""
    query: exp.Expr = tree.expression
    if tree.args.get("with_"):
        query.set("with_", tree.args["with_"])
    for row in query.expressions if isinstance(query, exp.Values) else ():
        for place, value in enumerate(row.expressions):
            if isinstance(value, exp.Var) and value.name.upper() == "DEFAULT":
                value.replace(_default(target_of(tree, context), place))
    return query


def _default(target: Target, place: int) -> exp.Expr:
    """What DEFAULT stands for among the values of a row; NULL where the column has no default."""
    names = [*(target.columns or [column.name for column in target.table.columns]), ""]
    for constraint in target.table.constraints:
        if constraint.kind == "DEFAULT" and constraint.enabled and names[place : place + 1] == list(constraint.columns):
            value: exp.Expr = parse(f"SELECT {constraint.text}").expressions[0]
            return value
    return exp.null()


def target_of(tree: exp.Insert, context: Context) -> Target:
    """The table of an INSERT, the partitions that it names, and its list of columns.

    :raises TableNotFound: if there is no such table
    """
    named, columns = tree.this, list[str]()
    if isinstance(named, exp.Schema):
        columns = [column.name.lower() for column in named.expressions]
        named = named.this
    if not isinstance(named, exp.Table):
        raise SqlSyntaxError("INSERT is into a table or a directory. Name one.")
    table = context.table((named.db or None, named.name))
    partition = named.args.get("partition") or tree.args.get("partition")
    kinds = {column.name: column for column in table.partition_columns}
    given = (_member(one) for one in (partition.expressions if partition else []))
    spec = {name: value if value is None or name not in kinds else normal(value, kinds[name]) for name, value in given}
    return Target(table, bool(tree.args.get("overwrite")), spec, columns, bool(tree.args.get("exists")))


def refuse_twins(tree: exp.MultitableInserts, context: Context) -> None:
    """Let each table, and each partition that is named in full, get rows once.

    :raises UsageError: for one that two INSERTs write to; Hive's error 10087
    """
    places = set()
    for insert in tree.expressions:
        if isinstance(insert.this, exp.Directory):
            continue
        target = target_of(insert, context)
        spec = {column.name: target.spec.get(column.name) for column in target.table.partition_columns}
        if None in spec.values():
            continue
        named = "/".join(f"{name}={value}" for name, value in spec.items())
        place = f"{target.table.database}.{target.table.name} {named}".strip()
        if place in places:
            raise UsageError(f"two INSERTs of one statement write to {place}. Write UNION ALL, or two statements.")
        places.add(place)


def _member(node: exp.Expr) -> tuple[str, str | None]:
    """A column of a PARTITION clause and its value; ``None`` for a dynamic one."""
    if isinstance(node, exp.EQ):
        return node.this.name.lower(), _constant(node.expression)
    return node.name.lower(), None


def _constant(value: exp.Expr) -> str:
    """The value of a partition column as text: of 1, 'a', true, -1 or DATE '2024-01-01'."""
    if isinstance(value, exp.Boolean):
        return str(value.this).lower()
    inner = value.this if isinstance(value, exp.Cast) else value
    return inner.name if isinstance(inner, exp.Literal) else inner.sql("hive")


def storage_of(tree: exp.Insert) -> Storage:
    """ROW FORMAT and STORED AS of INSERT OVERWRITE DIRECTORY."""
    row_format, stored = tree.this.args.get("row_format"), tree.args.get("stored")
    tokens = Tokens(row_format.sql("hive") if row_format else "", 1)
    rows = parse_row_format(tokens) if tokens.take("ROW FORMAT") else None
    if stored and stored.this is None:
        raise SqlSyntaxError("STORED AS: expected a file format, as in STORED AS ORC.")
    return storage(rows, file_format(stored.this.name) if stored else None, {})
