"""Functions of partitioned tables in FROM: noop and its kin hand rows through in order, matchpath finds paths of rows.

A pattern of matchpath is matched at each row, from its last symbol to its first: each symbol adds a column that says
where the match of what begins with it ends, as the number of the row behind it, or -1 where there is none. Nothing is
tried again with fewer rows; a star takes the partition's last row along, met or not, and a plus that meets it leaves
that row to the next symbol. A condition that is NULL is not met; Hive fails there. Source: Hive's MatchPath.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from bigdata.errors import UsageError
from bigdata.sql.hive.dialect import parse
from bigdata.sql.hive.from_clause import PARTITIONED, TableFunction
from bigdata.sql.hive.functions import is_aggregate
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries import ordering, windows
from bigdata.sql.hive.queries.compiler import Compiler
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.scope import Field, Relation, Scope, Source, unknown
from bigdata.sql.types import BIGINT, BOOLEAN, STRING, HiveType, literal, quoted

#: makes SQL of expressions over a scope
Over = Callable[[Scope], Expressions]

_MATCHPATH, _PATH = "matchpath", "tpath"


def source(node: TableFunction, given: Source, compiler: Compiler, over: Over) -> Source:
    """The rows that a function makes of those that it is given, in the order of their partitions."""
    name = node.name.lower()
    if name not in PARTITIONED:
        raise unknown("function of partitioned tables", node.name, PARTITIONED)
    if name == _MATCHPATH:
        found = _matched(node, _numbered(node, given, compiler, over), compiler, over)
    else:
        found = _ordered(node, given, over)
    [relation] = found.scope.relations
    return Source(found.sql, Scope([replace(relation, alias=node.alias.lower(), database="")]))


def _ordered(node: TableFunction, given: Source, over: Over) -> Source:
    partition, order = _own_keys(node)
    keys = [windows.ordered(key, over(given.scope).typed) for key in [*map(ordering.ascending, partition), *order]]
    return given.within(tail=f" ORDER BY {', '.join(keys)}") if keys else given


def _own_keys(node: TableFunction) -> tuple[list[exp.Expr], list[exp.Ordered]]:
    order = node.args.get("order")
    return node.args.get("partition_by") or [], order.expressions if order else []


def _keys(node: TableFunction) -> tuple[list[exp.Expr], list[exp.Ordered]]:
    """By what rows are partitioned and ordered; what was handed through keeps its keys."""
    inner = node.args["input"]
    has_none = not any(_own_keys(node)) and isinstance(inner, TableFunction) and inner.name.lower() != _MATCHPATH
    return _keys(inner) if has_none else _own_keys(node)


@dataclass(frozen=True)
class _Numbered:
    """Rows with columns that say where they stand.

    :param part: the column that rows of one partition have in common
    :param row: that of their numbers in it, from 1
    :param size: that of how many they are
    :param order: what ORDER BY says of the partitions
    """

    source: Source
    part: str
    row: str
    size: str
    order: str

    def over(self, frame: str = "") -> str:
        return f"OVER (PARTITION BY {self.part} ORDER BY {self.row}{frame})"


def _numbered(node: TableFunction, given: Source, compiler: Compiler, over: Over) -> _Numbered:
    """Rows in the partitions and the order of a function."""
    typed = over(given.scope).typed
    partition, order = _keys(node)
    window = exp.Window(partition_by=partition, order=exp.Order(expressions=order) if order else None)
    part, row, size = (compiler.name(name) for name in ("part", "row", "size"))
    keys = ", ".join(typed(key).sql for key in partition)
    made = given.within(
        f"row({keys or 0}) AS {part}", f"row_number() OVER ({windows.over(window, {}, typed)}) AS {row}"
    )
    made = made.within(f"count(*) OVER (PARTITION BY {part}) AS {size}")
    sorting = [windows.ordered(ordering.ascending(key), typed) for key in partition]
    return _Numbered(made, part, row, size, ", ".join([*sorting, row]))


def _matched(node: TableFunction, rows: _Numbered, compiler: Compiler, over: Over) -> Source:
    """A row for each at which the pattern is met."""
    pattern, symbols, results = _arguments(node, over(rows.source.scope))
    met = {name: quoted(compiler.name("met")) for name in symbols}
    made = rows.source.within(*(f"{_met(symbols[name], rows, over)} AS {column}" for name, column in met.items()))
    end, behind = rows.row, f"{rows.size} + 1"
    for symbol, sign in reversed(pattern):
        if symbol not in met:
            raise UsageError(f"matchpath: Unknown Symbol {symbol!r}. The symbols are: {', '.join(met)}.")
        found = quoted(compiler.name("end"))
        made = made.within(f"{_ENDS[sign](met[symbol], end, behind, rows)} AS {found}")
        end, behind = found, behind if sign == "*" else "-1"
    return _results(results, rows, made, end, compiler, over)


def _one(met: str, end: str, behind: str, rows: _Numbered) -> str:
    """Where a match ends that begins with a symbol for one row.

    :param met: the column that says whether a row meets the symbol's condition
    :param end: that of where a match of the rest of the pattern ends
    :param behind: where it ends if no row is left
    """
    return f"CASE WHEN {met} THEN lead({end}, 1, {behind}) {rows.over()} ELSE -1 END"


def _star(met: str, end: str, behind: str, rows: _Numbered) -> str:
    first = f"CASE WHEN NOT {met} AND {rows.row} < {rows.size} THEN {end} END"
    return f"coalesce(first_value({first} IGNORE NULLS) {rows.over(_AHEAD)}, {behind})"


def _plus(met: str, end: str, behind: str, rows: _Numbered) -> str:
    first = f"first_value(CASE WHEN NOT {met} THEN {end} END IGNORE NULLS) {rows.over(_AHEAD)}"
    return f"CASE WHEN {met} THEN coalesce({first}, last_value({end}) {rows.over(_AHEAD)}) ELSE -1 END"


_AHEAD = " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"
_ENDS = {"": _one, "*": _star, "+": _plus}


def _met(condition: exp.Expr, rows: _Numbered, over: Over) -> str:
    """Whether a row meets a symbol's condition, in which lag and lead look at the rows beside it."""
    [relation] = rows.source.scope.relations
    places = [Field(name, BIGINT, f"{rows.source.name}.{name}", hidden=True) for name in (rows.part, rows.row)]
    part, row = (exp.column(field.name) for field in places)
    window = {"partition_by": [part], "order": exp.Order(expressions=[ordering.ascending(row)])}

    def windowed(inner: exp.Expr) -> exp.Expr:
        is_neighbour = isinstance(inner, exp.Anonymous) and inner.name.lower() in ("lag", "lead")
        return exp.Window(this=inner, **window) if is_neighbour else inner

    scope = Scope([replace(relation, fields=(*relation.fields, *places))])
    met = over(scope).typed(condition.copy().transform(windowed))
    if met.type != BOOLEAN:
        raise UsageError(f"matchpath: the condition of a symbol is to be a boolean; got {met.type}.")
    return f"coalesce({met.sql}, false)"


def _arguments(
    node: TableFunction, expressions: Expressions
) -> tuple[list[tuple[str, str]], Mapping[str, exp.Expr], list[exp.Expr]]:
    """The pattern as symbols with their signs, the conditions of symbols, and the list of results.

    :raises UsageError: for others
    """
    given = node.expressions
    if len(given) < 4 or len(given) % 2:
        raise UsageError(
            f"matchpath takes a pattern, symbols with conditions, and a list of results; got {len(given)}."
        )

    def text(argument: exp.Expr, what: str) -> str:
        value = expressions.constant(argument, f"matchpath: {what}")
        if not isinstance(value, str):
            raise UsageError(f"matchpath: {what} must be a text; got {argument.sql('hive')}.")
        return value

    # as Java's split takes a text apart: without the empty pieces at its end
    pieces = re.sub(r"(?<=.)\.+$", "", text(given[0], "the pattern")).lower().split(".")
    pattern = [(piece[:-1], piece[-1]) if piece.endswith(("*", "+")) else (piece, "") for piece in pieces]
    symbols = {text(name, "a symbol").lower(): condition for name, condition in zip(given[1:-1:2], given[2:-1:2])}
    return pattern, symbols, _listed(text(given[-1], "the list of results"))


def _listed(text: str) -> list[exp.Expr]:
    """The members of the list of results, before which SELECT may stand."""
    tree = parse(text if re.match(r"\s*select\b", text, re.IGNORECASE) else f"SELECT {text}")
    items = tree.expressions if isinstance(tree, exp.Select) else []
    calls = [call.name for item in items for call in item.find_all(exp.Anonymous) if is_aggregate(call.name.lower())]
    if not items or any(value for name, value in tree.args.items() if name != "expressions"):
        raise UsageError(f"matchpath: expected a list of expressions as of SELECT; got {text!r}.")
    if calls or any(item.is_star or item.find(exp.Window) for item in items):
        raise UsageError(f"matchpath: {text!r}: results have no *, no aggregates and no windows. Name columns.")
    return items


def _results(
    items: Sequence[exp.Expr], rows: _Numbered, made: Source, end: str, compiler: Compiler, over: Over
) -> Source:
    """What the list of results gives for each match; the rows of one are in ``tpath``."""
    [relation] = rows.source.scope.relations
    members = [field for field in relation.fields if not field.hidden]
    texts = [Typed(literal(field.name), STRING, field.name) for field in members]
    pairs = [one for name, field in zip(texts, members) for one in (name, field.typed)]
    row = over(Scope()).call("named_struct", pairs)
    path = quoted(compiler.name(_PATH))
    ahead = f" ROWS BETWEEN CURRENT ROW AND greatest({end} - {rows.row}, 1) - 1 FOLLOWING"
    if any(name.this.lower() == _PATH for item in items for name in item.find_all(exp.Identifier)):
        made = made.within(f"list({row.sql}) {rows.over(ahead)} AS {path}")
    kind = HiveType("array", fields=(("", row.type),))
    fields = (*relation.fields, Field(_PATH, kind, f"{made.name}.{path}"))
    typed = over(Scope([replace(relation, fields=fields)])).typed
    values = [(ordering.output_name(item, place), typed(item.unalias())) for place, item in enumerate(items)]
    listed = ", ".join(f'{value.sql} AS "c{place}"' for place, (_, value) in enumerate(values))
    name = quoted(compiler.name(_MATCHPATH))
    sql = f"(SELECT {listed} FROM {made.sql} WHERE {end} > 0 ORDER BY {rows.order}) AS {name}"
    found = [Field(held, value.type, f'{name}."c{place}"') for place, (held, value) in enumerate(values)]
    return Source(sql, Scope([Relation("", tuple(found))]))
