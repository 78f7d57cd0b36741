"""What stands after FROM: tables, views, subqueries, joins, lateral views and samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, product

from sqlglot import exp

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql import serdes
from bigdata.sql.hive import operators
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.from_clause import TableFunction, UniqueJoin
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries import partitioned, pushdown, samples, unique_joins
from bigdata.sql.hive.queries.compiler import Compiler, Lowered, Read
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.scope import VIRTUAL, Field, Relation, Scope, Source
from bigdata.sql.tables import Column, Partition, Table
from bigdata.sql.types import BIGINT, STRING, literal, quoted

_VIRTUAL_TYPES = dict(zip(VIRTUAL, (STRING, BIGINT)))


class Relations:
    """Makes SQL of FROM clauses.

    :param query: makes SQL of a subquery, whose outer scope is given
    :param view: makes SQL of a view's query, with a compiler of its own
    """

    def __init__(
        self,
        compiler: Compiler,
        query: Callable[[exp.Expr, Scope | None], Lowered],
        view: Callable[[Compiler, exp.Expr], Lowered],
    ) -> None:
        self._compiler = compiler
        self._query = query
        self._lowered_view = view
        self._conditions: list[exp.Expr] = []

    def source(self, node: exp.Select, outer: Scope | None) -> Source | None:
        """The FROM clause of a query; ``None`` if it has none."""
        first = node.args.get("from_")
        if first is None:
            return None
        around = self._conditions
        self._conditions = pushdown.conjuncts(node.args["where"].this) if node.args.get("where") else []
        try:
            return self._joined(self._relation(first.this, outer), node.args.get("joins") or [], outer)
        finally:
            self._conditions = around

    def expressions(self, scope: Scope) -> Expressions:
        """What makes SQL of expressions over a scope."""
        return Expressions(self._compiler, scope, self._query)

    def _relation(self, node: exp.Expr, outer: Scope | None) -> Source:
        if isinstance(node, exp.Table):
            found = self._table(node, outer)
        elif isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            found = self._relation(node.this, outer)  # joins between parentheses
        elif isinstance(node, (exp.Subquery, exp.Values)):
            found = self._derived(node, outer)
        elif isinstance(node, TableFunction):
            found = partitioned.source(node, self._input(node, outer), self._compiler, self.expressions)
        elif isinstance(node, UniqueJoin):
            found = self._unique(node, outer)
        else:
            raise UnsupportedStatement(f"FROM {node.sql('hive')}: no table, subquery or join.")
        return self._joined(found, node.args.get("joins") or [], outer)

    def _input(self, node: TableFunction, outer: Scope | None) -> Source:
        """What a function is given, whose results WHERE is about."""
        around, self._conditions = self._conditions, []
        try:
            return self._relation(node.args["input"], outer)
        finally:
            self._conditions = around

    def _derived(self, node: exp.Expr, outer: Scope | None) -> Source:
        if node.args.get("sample") is not None:
            raise UsageError("TABLESAMPLE stands behind the name of a table, not behind a subquery. Put it inside.")
        alias, names = node.alias.lower(), [name.lower() for name in node.alias_column_names]
        query = node.this if isinstance(node, exp.Subquery) else node
        lowered = self._query(pushdown.within(query, self._conditions, alias, names, _columns(self._compiler)), outer)
        if names:
            lowered = replace(lowered, fields=tuple(replace(f, name=n) for f, n in zip(lowered.fields, names)))
        return self._named(f"({lowered.sql})", alias, lowered.fields)

    def _named(self, sql: str, alias: str, fields: Sequence[Field], database: str = "") -> Source:
        """A relation under a name of its own."""
        name = quoted(self._compiler.name(alias or "q"))
        found = tuple(field.within(name) for field in fields)
        return Source(f"{sql} AS {name}", Scope([Relation(alias, found, database)]))

    def _table(self, node: exp.Table, outer: Scope | None) -> Source:
        database, name = node.db.lower(), node.name.lower()
        alias = (node.alias or name).lower()
        if not database and name in self._compiler.queries:
            held = self._compiler.queries[name]
            return self._named(held.sql, alias, held.fields)
        table = self._compiler.table(database or self._compiler.database, name)
        if self._compiler.nanoseconds:
            table = serdes.fine(table)
        found = self._view(table, alias) if table.view is not None else self._scan(table, alias)
        sample = node.args.get("sample")
        return found if sample is None else self._sampled(found, sample, table)

    def _view(self, table: Table, alias: str) -> Source:
        place = f"{table.database}.{table.name}"
        if place in self._compiler.views:
            raise UsageError(f"view {place} reads itself.")
        self._compiler.reads.append(Read(table, views=self._compiler.views))
        compiler = replace(self._compiler, database=table.database, queries={}, views=(*self._compiler.views, place))
        names = [column.name for column in (*table.columns, *table.partition_columns)]
        query = pushdown.within(
            self._compiler.parse(table.view or ""), self._conditions, alias, names, _columns(compiler)
        )
        lowered = self._lowered_view(compiler, query)
        fields = [replace(held, name=name) for held, name in zip(lowered.fields, names)]
        return self._named(f"({lowered.sql})", alias, fields, table.database)

    def _scan(self, table: Table, alias: str) -> Source:
        partitions = self._partitions(table, alias) if table.partition_columns else []
        self._compiler.reads.append(Read(table, partitions, self._compiler.views))
        if self._compiler.nanoseconds:
            partitions = [serdes.fine_partition(partition) for partition in partitions]
        name, settings = self._compiler.name("scan"), self._compiler.settings
        self._compiler.scans[name] = lambda wanted: serdes.scan(table, partitions, name, settings, wanted)
        columns = [*table.columns, *table.partition_columns]
        fields = [Field(column.name, column.type, column.name) for column in columns]
        fields += [Field(name, kind, name.upper(), hidden=True) for name, kind in _VIRTUAL_TYPES.items()]
        return self._named(f"({name})", alias, fields, table.database)

    def _partitions(self, table: Table, alias: str) -> list[Partition]:
        """The partitions that WHERE leaves to be read."""
        partitions = self._compiler.partitions(table)
        names = [column.name for column in table.partition_columns]
        conditions = [one for one in self._conditions if pushdown.is_of(one, alias, names)]
        if not conditions or not partitions or self._compiler.run is None:
            return partitions
        fields = [Field(column.name, column.type, f"p.{quoted(column.name)}") for column in table.partition_columns]
        expressions = self.expressions(Scope([Relation(alias, tuple(fields))]))
        test = " AND ".join(expressions.condition(one) for one in conditions)
        rows = ", ".join(
            f"({number}, {', '.join(map(literal, partition.values))})" for number, partition in enumerate(partitions)
        )
        values = [f"{cast(f'v.{quoted(held.name)}', STRING, held.type)} AS {quoted(held.name)}" for held in fields]
        listed = f"(VALUES {rows}) AS v(number, {', '.join(map(quoted, names))})"
        sql = f"SELECT number FROM (SELECT number, {', '.join(values)} FROM {listed}) AS p WHERE {test} ORDER BY number"
        return [partitions[number] for number in self._compiler.run(sql).read_all().column(0).to_pylist()]

    def _sampled(self, source: Source, sample: exp.TableSample, table: Table) -> Source:
        """TABLESAMPLE: some of a table's rows."""
        [relation] = source.scope.relations
        partitions = self._partitions(table, relation.alias) if table.partition_columns else []
        rows = f"SELECT {', '.join(field.sql for field in relation.fields)} FROM {source.sql}"
        tail = samples.tail(sample, table, partitions, self.expressions(source.scope))
        return self._renamed(f"{rows}{tail}", relation)

    def _renamed(self, sql: str, relation: Relation) -> Source:
        """A query over a relation in its place, with the relation's names."""
        fields = [replace(held, sql=held.sql.rpartition('."')[2][:-1].replace('""', '"')) for held in relation.fields]
        return self._named(f"({sql})", relation.alias, fields, relation.database)

    def _joined(self, left: Source, following: Sequence[exp.Expr], outer: Scope | None) -> Source:
        """A relation with the joins and lateral views that follow it."""
        for node in following:
            is_view = isinstance(node, exp.Lateral)
            left = self.unnested(left, node, outer) if is_view else self._join(left, node, outer)
        return left

    def _join(self, left: Source, join: exp.Expr, outer: Scope | None) -> Source:
        right = self._relation(join.this, outer)
        assert isinstance(join, exp.Join)
        side, kind = join.side.upper(), join.kind.upper()
        self._refuse_twins(left.scope, right.scope)
        both = Scope([*left.scope.relations, *right.scope.relations], outer, dict(left.scope.merged))
        using = [name.name.lower() for name in join.args.get("using") or []]
        on = join.args.get("on")
        if isinstance(on, exp.Boolean):
            on = None if on.this else on
        if using:
            condition = " AND ".join(self._using(left.scope, right.scope, both, name, side) for name in using)
        else:
            condition = "" if on is None else self.expressions(both).filter(on)
        if kind in ("SEMI", "ANTI"):
            return Source(f"{left.sql} {kind} JOIN {right.sql} ON {condition or 'true'}", left.scope)
        if not condition and not side:
            return Source(f"{left.sql} CROSS JOIN {right.sql}", both)
        return Source(f"{left.sql} {side or 'INNER'} JOIN {right.sql} ON {condition or 'true'}", both)

    def _unique(self, node: UniqueJoin, outer: Scope | None) -> Source:
        """UNIQUEJOIN of tables; no two have one name."""
        members = [self._relation(one.this, outer) for one in node.expressions]
        for left, right in combinations(members, 2):
            self._refuse_twins(left.scope, right.scope)
        return unique_joins.source(node, members, self._compiler, self.expressions)

    def _refuse_twins(self, left: Scope, right: Scope) -> None:
        """Refuse one name for two tables, unless both are called so in databases of their own."""
        for one, other in product(left.relations, right.relations):
            are_apart = one.database != other.database and "" not in (one.database, other.database)
            if one.alias and one.alias == other.alias and not are_apart:
                raise UsageError(f"Ambiguous table alias {one.alias}: two tables have it. Give one another by AS.")

    def _using(self, left: Scope, right: Scope, both: Scope, name: str, side: str) -> str:
        """The condition of a column that two relations share; the column becomes one."""
        ours, theirs = left.column(name), right.column(name)
        if ours is None or theirs is None:
            raise UsageError(f"USING ({name}): both sides of the join must have the column.")
        one = {"RIGHT": theirs.sql, "FULL": f"coalesce({ours.sql}, {theirs.sql})"}.get(side, ours.sql)
        both.merged[name] = Typed(one, ours.type)
        for number, relation in enumerate(both.relations):
            if relation in right.relations:
                fields = tuple(replace(f, hidden=f.hidden or f.name == name) for f in relation.fields)
                both.relations[number] = replace(relation, fields=fields)
        return operators.compare("=", ours, theirs).sql

    def unnested(self, source: Source | None, lateral: exp.Expr, outer: Scope | None, where: str = "") -> Source:
        """LATERAL VIEW: each row with the rows that a table function gives for it.

        :param where: of the rows, before they are multiplied
        """
        scope = source.scope if source is not None else Scope([], outer)
        rows = self.expressions(Scope(scope.relations, outer, scope.merged)).rows(lateral.this)
        alias = lateral.args.get("alias")
        names = [column.name.lower() for column in (alias.columns if alias else [])]
        name = quoted(self._compiler.name("lateral"))
        kept: list[Relation] = []
        columns: list[str] = []
        for relation in scope.relations:
            fields = []
            for held in relation.fields:
                column = quoted(f"c{len(columns)}")
                columns.append(f"{held.sql} AS {column}")
                fields.append(replace(held, sql=f"{name}.{column}"))
            kept.append(replace(relation, fields=tuple(fields)))
        merged = {}
        for held_name, value in scope.merged.items():
            column = quoted(f"c{len(columns)}")
            columns.append(f"{value.sql} AS {column}")
            merged[held_name] = Typed(f"{name}.{column}", value.type)
        listed = rows.sql
        if lateral.args.get("outer"):
            listed = f"CASE WHEN len({rows.sql}) > 0 THEN {rows.sql} ELSE [NULL] END"
        columns.append(f'unnest({listed}) AS "r"')
        made = self._rows(rows, names, name)
        inner = f"SELECT {', '.join(columns)}" + (f" FROM {source.sql}" if source else "") + where
        found = Relation(alias.name.lower() if alias and alias.this else "", made)
        return Source(f"({inner}) AS {name}", Scope([*kept, found], outer, merged))

    def _rows(self, rows: Typed, names: Sequence[str], name: str) -> tuple[Field, ...]:
        """The columns of a table function's rows."""
        if rows.type.name != "array" or rows.type.members[0].name != "struct":
            raise UsageError("LATERAL VIEW wants a table function such as explode, inline or json_tuple.")
        held = rows.type.members[0].fields
        if names and len(names) != len(held):
            raise UsageError(f"the table function gives {len(held)} columns, but {len(names)} are named.")
        return tuple(
            Field(new, kind, f"""struct_extract({name}."r", '{old}')""")
            for new, (old, kind) in zip(names or [old for old, _ in held], held)
        )


def _columns(compiler: Compiler) -> pushdown.Columns:
    """What gives a table's columns."""

    def columns(node: exp.Table) -> list[Column]:
        name = node.name.lower()
        if not node.db and name in compiler.queries:
            return compiler.queries[name].columns
        table = compiler.table(node.db.lower() or compiler.database, name)
        return [*table.columns, *table.partition_columns]

    return columns
