"""SELECT: its list, WHERE, GROUP BY, windows, ORDER BY, LIMIT; and queries made of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql.common_types import union_type
from bigdata.sql.hive import orders
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.dialect import changed
from bigdata.sql.hive.functions import is_aggregate, is_constant
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries import grouping, ordering, table_functions, transform, windows
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.grouping import Grouping
from bigdata.sql.hive.queries.relations import Relations
from bigdata.sql.hive.queries.scope import VIRTUAL, Field, Scope, Source, unknown
from bigdata.sql.types import VOID, HiveType, quoted

_SETS: dict[type[exp.Expr], str] = {exp.Union: "UNION", exp.Intersect: "INTERSECT", exp.Except: "EXCEPT"}
#: what Hive calls the subquery that a set operation becomes
_UNION = "_u1"


@dataclass(frozen=True)
class Item:
    """A member of a SELECT list.

    :param table: the name of its table, where the list or ``*`` gives it
    :param constant: whether no row changes it
    """

    name: str
    value: Typed
    table: str = ""
    constant: bool = False


@dataclass(frozen=True)
class Several:
    """Queries that read the same rows.

    :param name: of the table in which they look for them
    :param sql: what gives the rows
    """

    name: str
    sql: str
    queries: list[Lowered]

    @property
    def created(self) -> str:
        """The statement that makes the table."""
        return f"CREATE TABLE {self.name} AS {self.sql}"  # which scripts of TRANSFORM see, unlike a temporary one


class Queries:
    """Makes SQL of queries."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._relations = Relations(compiler, self.lowered, lambda inner, tree: Queries(inner).lowered(tree))
        self._shared: Source | None = None

    def result(self, node: exp.Expr) -> Lowered:
        """A query whose rows are shown, in the order in which one reducer would give them."""
        if isinstance(node, exp.Select) and not ordering.members(node) and not transform.is_in(node):
            order = _implied_order(node)
            node = changed(node, order=exp.Order(expressions=order) if order else None)
        if type(node) in _SETS and node.args.get("distinct") and not ordering.members(node):
            made = self.lowered(changed(node, limit=None, offset=None))
            keys = ", ".join(f"q.{quoted(field.sql)} ASC NULLS FIRST" for field in made.fields)
            return replace(made, sql=f"SELECT * FROM ({made.sql}) AS q ORDER BY {keys}{ordering.limit(node)}")
        return self.lowered(node)

    def expression(self, text: str, scope: Scope) -> Typed:
        """An expression that stands by itself."""
        return self._relations.expressions(scope).typed(self._compiler.parse(f"SELECT {text}").expressions[0])

    def several(
        self, source: exp.Expr, selects: Sequence[exp.Select], common: exp.With | None, ordered: bool = False
    ) -> Several:
        """Queries over one FROM clause, whose rows are read once: FROM ... INSERT ... INSERT."""
        first = exp.Select(from_=exp.From(this=source))
        ctes = self._named_queries(common, None)
        found = self._relations.source(first, None)
        assert found is not None
        name = quoted(self._compiler.name("several"))
        held: list[str] = []
        relations = []
        for relation in found.scope.relations:
            fields = []
            for field in relation.fields:
                held.append(field.sql)
                fields.append(replace(field, sql=f'{name}."c{len(held)}"'))
            relations.append(replace(relation, fields=tuple(fields)))
        self._shared = Source(name, Scope(relations))
        queries = [(self.result if ordered else self.lowered)(select) for select in selects]
        scripts = [one.sql for one in self._compiler.sources.values() if isinstance(one, transform.Script)]
        text = " ".join([*(query.sql for query in queries), *scripts])
        used = [f'{sql} AS "c{place}"' for place, sql in enumerate(held, start=1) if f'{name}."c{place}"' in text]
        head = f"WITH {', '.join(ctes)} " if ctes else ""
        sql = f"{head}SELECT {', '.join(used) or '1'} FROM {found.sql}"
        return Several(name, self._compiler.read(sql), queries)

    def lowered(self, node: exp.Expr, outer: Scope | None = None) -> Lowered:
        """A query as SQL.

        :param outer: what a subquery sees of the query around it
        """
        held = dict(self._compiler.queries)
        ctes = self._named_queries(node.args.get("with_"), outer)
        try:
            made = self._query(node, outer)
        finally:
            self._compiler.queries = held
        sql = f"WITH {', '.join(ctes)} {made.sql}" if ctes else made.sql
        return replace(made, sql=self._compiler.read(sql))

    def _named_queries(self, common: exp.With | None, outer: Scope | None) -> list[str]:
        """What WITH names.

        :raises UsageError: for a name that is given twice
        """
        if common is None:
            return []
        if common.recursive:
            raise UnsupportedStatement("WITH RECURSIVE: Hive has no recursive queries.")
        names = [one.alias.lower() for one in common.expressions]
        if (twin := next((name for name in names if names.count(name) > 1), None)) is not None:
            raise UsageError(f"WITH: two queries are named {twin}. Give one another name.")
        return [self._common(one, outer) for one in common.expressions]

    def _common(self, node: exp.CTE, outer: Scope | None) -> str:
        """A common table expression, known by its name from here on."""
        made = self.lowered(node.this, outer)
        columns = node.args["alias"].columns
        if columns:
            made = replace(made, fields=tuple(replace(f, name=c.name.lower()) for f, c in zip(made.fields, columns)))
        name = quoted(self._compiler.name(node.alias.lower()))
        self._compiler.queries[node.alias.lower()] = Lowered(name, made.fields)
        return f"{name} AS ({made.sql})"

    def _query(self, node: exp.Expr, outer: Scope | None) -> Lowered:
        if isinstance(node, exp.Select):
            return self._select(node, outer)
        if type(node) in _SETS:
            return self._limited(self._set(node, outer), node, outer)
        if isinstance(node, exp.Subquery):
            return self._limited(self.lowered(node.this, outer), node, outer)
        if isinstance(node, exp.Values):
            return self._values(node)
        if isinstance(node, exp.Table):  # FROM t INSERT: all of it
            return self._select(exp.select("*").from_(node), outer)
        raise UnsupportedStatement(f"{node.sql('hive')[:80]}: no query.")

    def _set(self, node: exp.Expr, outer: Scope | None) -> Lowered:
        """UNION and its kin: columns by place, in the types that they have in common."""
        left, right = self.lowered(node.this, outer), self.lowered(node.expression, outer)
        name = _SETS[type(node)]
        if len(left.fields) != len(right.fields):
            raise UsageError(f"{name}: one side has {len(left.fields)} columns, the other {len(right.fields)}.")
        kinds = []
        for one, other in zip(left.fields, right.fields):
            kind = union_type(one.type, other.type)
            if kind is None:
                raise UsageError(f"{name}: column {one.name} is {one.type} on one side, {other.type} on the other.")
            kinds.append(kind)
        word = name if node.args.get("distinct") else f"{name} ALL"
        fields = tuple(replace(held, type=kind, table=_UNION, constant="") for held, kind in zip(left.fields, kinds))
        return Lowered(f"{self._as(left, kinds, fields)} {word} {self._as(right, kinds, fields)}", fields)

    def _as(self, query: Lowered, kinds: Sequence[HiveType], fields: Sequence[Field]) -> str:
        """A side of a set operation, its columns as some types under the names of the first."""
        name = quoted(self._compiler.name("side"))
        columns = [
            f"{cast(f'{name}.{quoted(held.sql)}', held.type, kind)} AS {quoted(field.sql)}"
            for held, kind, field in zip(query.fields, kinds, fields)
        ]
        return f"(SELECT {', '.join(columns)} FROM ({query.sql}) AS {name})"

    def _values(self, node: exp.Values) -> Lowered:
        expressions = self._relations.expressions(Scope())
        rows = [[expressions.typed(value) for value in row.expressions] for row in node.expressions]
        if len({len(row) for row in rows}) > 1:
            raise UsageError("VALUES: one row has more values than another.")
        kinds = [expressions.common(column, "VALUES") for column in zip(*rows)]
        names = [f"col{number}" for number in range(1, len(kinds) + 1)]
        text = ", ".join(
            f"({', '.join(expressions.as_type(value, kind, 'VALUES') for value, kind in zip(row, kinds))})"
            for row in rows
        )
        columns = ", ".join(map(quoted, names))
        fields = tuple(Field(name, kind, name) for name, kind in zip(names, kinds))
        return Lowered(f"SELECT * FROM (VALUES {text}) AS v({columns})", fields)

    def _limited(self, query: Lowered, node: exp.Expr, outer: Scope | None) -> Lowered:
        """ORDER BY and LIMIT of a query made of queries, by the names of its columns."""
        order, limit = ordering.members(node), ordering.limit(node)
        if not order and not limit:
            return query
        name = quoted(self._compiler.name("q"))
        values = {held.name: replace(held.typed, sql=f"{name}.{quoted(held.sql)}") for held in query.fields}
        expressions = Expressions(self._compiler, Scope([], outer), self.lowered, aliases=values)
        keys = self._keys(order, expressions, list(values.values()))
        tail = f" ORDER BY {', '.join(keys)}" if keys else ""
        return Lowered(f"SELECT * FROM ({query.sql}) AS {name}{tail}{limit}", query.fields)

    # SELECT

    def _select(self, node: exp.Select, outer: Scope | None) -> Lowered:
        source = self._relations.source(node, outer)
        if source is None and outer is None:
            source = self._shared
        scope = Scope(source.scope.relations if source else [], outer, source.scope.merged if source else {})
        node = _with_cast_names(node, scope)
        plain = self._expressions(node, scope)
        where = f" WHERE {plain.filter(node.args['where'].this)}" if node.args.get("where") else ""
        first = node.expressions[0]
        if isinstance(first, exp.QueryTransform):
            if len(node.expressions) > 1:
                raise UsageError("TRANSFORM: nothing else can stand in its SELECT. Put it into a subquery.")
            if node.args.get("group") or any(is_aggregate(one.name.lower()) for one in first.find_all(exp.Anonymous)):
                return self._select(transform.over_groups(node, first, _implied_order(node)), outer)
            rows = f"{f' FROM {source.sql}' if source else ''}{where}"
            return self._limited(
                transform.lowered(self._compiler, first, plain, rows), ordering.only_order(node), outer
            )
        if (table := table_functions.as_view(first)) is not None:
            table_functions.refuse_beside(node, table.this.name)
            if any(is_aggregate(call.name.lower()) for call in first.find_all(exp.Anonymous)):
                return self._select(table_functions.over_aggregates(node, table), outer)
            source = self._relations.unnested(source, table, outer, where)
            scope, where = Scope(source.scope.relations, outer, source.scope.merged), ""
            items = [Item(field.name, field.typed) for field in source.scope.relations[-1].fields]
            return self._assembled(node, items, source, self._expressions(node, scope), where, Grouping())
        group = grouping.grouping(node, plain, self._flag("groupby", False))
        expressions = replace(plain, grouped=group.keys)
        items = list(self._items(node.expressions, expressions))
        return self._assembled(node, items, source, expressions, where, group)

    def _expressions(self, node: exp.Select, scope: Scope) -> Expressions:
        windows = {window.name.lower(): window for window in node.args.get("windows") or []}
        return Expressions(self._compiler, scope, self.lowered, windows=windows)

    def _assembled(
        self,
        node: exp.Select,
        items: Sequence[Item],
        source: Source | None,
        expressions: Expressions,
        where: str,
        group: Grouping,
    ) -> Lowered:
        """The parts of a SELECT together."""
        values = {item.name: item.value for item in items}
        conditions = [group.condition] if group.condition else []
        if node.args.get("having"):
            grouped = {name for name in values if self._is_key(name, expressions)}
            hiding = {name: value for name, value in values.items() if name not in grouped}
            named = replace(expressions, aliases=hiding, fallback=values)
            conditions.append(named.condition(node.args["having"].this))
        having = f" HAVING {' AND '.join(conditions)}" if conditions else ""
        distinct = "DISTINCT " if node.args.get("distinct") else ""
        fields = _fields(items)
        head = ", ".join(f"{_output(item.value)} AS {quoted(field.sql)}" for item, field in zip(items, fields))
        body = f"SELECT {distinct}{head}{f' FROM {source.sql}' if source else ''}{where}{group.sql}{having}"
        if distinct:
            return self._limited(Lowered(body, fields), ordering.only_order(node), expressions.scope.outer)
        order = self._orders(node, expressions, items)
        return Lowered(f"{body}{order}{ordering.limit(node)}", fields)

    def _is_key(self, name: str, expressions: Expressions) -> bool:
        """Whether a name is that of a column of GROUP BY."""
        return any(f.name == name and f.sql in expressions.grouped for _, f in expressions.scope.visible())

    def _orders(self, node: exp.Select, expressions: Expressions, items: Sequence[Item]) -> str:
        """ORDER BY; on one machine SORT BY and CLUSTER BY are the same."""
        members = ordering.members(node)
        if not members:
            return ""
        named = replace(expressions, aliases={item.name: item.value for item in items})
        return f" ORDER BY {', '.join(self._keys(members, named, [item.value for item in items]))}"

    def _keys(self, members: Sequence[exp.Ordered], expressions: Expressions, columns: Sequence[Typed]) -> list[str]:
        by_place = self._flag("orderby", True)
        keys = []
        for member in members:
            if by_place and ordering.is_place(member.this) and columns:
                value = ordering.at_place(member.this, columns)
                keys.append(f"({orders.key(value)}) {windows.direction(member)}")
            else:
                keys.append(windows.ordered(member, expressions.typed))
        return keys

    def _flag(self, clause: str, default: bool) -> bool:
        """Whether a number in GROUP BY or ORDER BY is a place in the SELECT list."""
        both = self._compiler.flag("hive.groupby.orderby.position.alias", False)
        return both or self._compiler.flag(f"hive.{clause}.position.alias", default)

    def _items(self, nodes: Sequence[exp.Expr], expressions: Expressions) -> Iterator[Item]:
        """The SELECT list with stars and patterns written out, of which one takes one place among those with names."""
        for place, node in enumerate(nodes):
            found = list(self._expanded(node, expressions, place))
            star = node.this if isinstance(node, exp.Column) else node
            if isinstance(star, exp.Star) and "start" in star.meta and not self._compiler.views:
                self._compiler.stars[star.meta["start"]] = [(item.table, item.name) for item in found]
            yield from found

    def _expanded(self, node: exp.Expr, expressions: Expressions, place: int) -> Iterator[Item]:
        scope = expressions.scope
        if isinstance(node, exp.Star):
            if not scope.relations:
                raise UsageError("SELECT *: there is no FROM.")
            merged = [Item(name, value) for name, value in scope.merged.items()]
            yield from merged
            yield from (Item(f.name, f.typed, r.alias) for r, f in scope.visible() if f.name not in scope.merged)
        elif isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
            relation = scope.relation(node.table.lower(), node.db.lower())
            if relation is None:
                raise unknown("table", node.table, [one.alias for one in scope.relations])
            yield from (Item(f.name, f.typed, relation.alias) for f in relation.fields if not f.hidden)
        elif (pattern := self._pattern(node)) is not None:
            alias = node.table.lower()  # type: ignore[attr-defined]
            found = ((one, f) for one, f in scope.visible(alias) if pattern.fullmatch(f.name))
            yield from (Item(f.name, f.typed, one.alias) for one, f in found)
        else:
            table = node.table.lower() if isinstance(node, exp.Column) and scope.relation(node.table.lower()) else ""
            yield Item(ordering.output_name(node, place), expressions.typed(node.unalias()), table, _is_constant(node))

    def _pattern(self, node: exp.Expr) -> re.Pattern[str] | None:
        """A column of the SELECT list that is a regular expression."""
        if not (isinstance(node, exp.Column) and isinstance(node.this, exp.Identifier) and node.this.quoted):
            return None
        if self._compiler.settings.get("hive.support.quoted.identifiers", "column") != "none":
            return None
        return re.compile(node.name, re.IGNORECASE)


def _implied_order(node: exp.Select) -> list[exp.Ordered]:
    """The order in which one reducer gives the rows of a query without ORDER BY: by the keys of what it does last."""
    keys: list[exp.Expr] = []
    plain, special = grouping.members(node)
    is_distinct = node.args.get("distinct") is not None
    if (window := windows.last_keys(node)) and not is_distinct:
        keys = [key for key in window if not isinstance(ordering.ascending(key).this, exp.Literal)]
    elif plain or special is not None:
        keys = [key for key in plain if not isinstance(key, (exp.Literal, exp.Tuple))]
        keys += [exp.column("grouping__id")] if special is not None and keys else []
    elif is_distinct and not node.find(exp.Star):
        keys = [exp.column(ordering.output_name(one, place)) for place, one in enumerate(node.expressions)]
    return [ordering.ascending(key.copy()) for key in keys]


def _with_cast_names(node: exp.Select, scope: Scope) -> exp.Select:
    """A query of a table whose casts of columns have the columns' names, unless others have them.

    Source: SemanticAnalyzer.recommendName, which takes the name within the plan; behind a join, a view and the like
    that is one of the plan's own.
    """
    names = [one.alias for one in scope.relations if one.find(VIRTUAL[0]) is not None]
    is_plain = len(names) == len(scope.relations) == 1
    if not is_plain or node.args.get("group") or node.args.get("distinct") or node.find(exp.Window):
        return node
    taken = {item.alias.lower() for item in node.expressions if isinstance(item, exp.Alias)}
    items = []
    for place, item in enumerate(node.expressions):
        inner = item.unnest()
        column = inner.this if isinstance(inner, exp.Cast) and isinstance(inner.this, exp.Column) else None
        if column is not None and column.table.lower() in ("", *names) and column.name.lower() not in taken:
            item = exp.alias_(item, column.name.lower(), quoted=True)
        taken.add(ordering.output_name(item, place))
        items.append(item)
    return changed(node, expressions=items)


def _is_constant(node: exp.Expr) -> bool:
    """Whether an expression is of literals and Hive's functions alone, which is computed ahead."""
    return not any(
        isinstance(part, (exp.Column, exp.Star, exp.Query, exp.Window))
        or (isinstance(part, exp.Anonymous) and not is_constant(part.name.lower()))
        for part in node.walk()
    )


def _fields(items: Sequence[Item]) -> tuple[Field, ...]:
    """The columns of a SELECT, under names that differ within SQL."""
    taken: set[str] = set()
    fields = []
    for item in items:
        name, number = item.name, 1
        while name.lower() in taken:
            number += 1
            name = f"{item.name}_{number}"
        taken.add(name.lower())
        constant = item.value.sql if item.constant and item.value.type.name == "decimal" else ""
        fields.append(Field(item.name, item.value.type, name, table=item.table, constant=constant))
    return tuple(fields)


def _output(value: Typed) -> str:
    """A value in a SELECT list, in exactly the DuckDB type that holds its type."""
    if value.type == VOID:
        return f"CAST(NULL AS {VOID.duckdb})"
    return f"CAST({value.sql} AS {value.type.duckdb})" if value.type.name == "decimal" else value.sql
