"""Expressions of Hive as SQL for DuckDB with their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from typing import Any

from sqlglot import exp

from bigdata.errors import SqlSyntaxError, UnsupportedStatement, UsageError
from bigdata.sql.common_types import common_type
from bigdata.sql.hive import constants, intervals, operators
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions import TABLE, functions, is_aggregate, refusals
from bigdata.sql.hive.functions.aggregates import WIDE
from bigdata.sql.hive.functions.rules import Rule, Typed, convert
from bigdata.sql.hive.queries import literals, membership, windows
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.scope import Field, Relation, Scope, unknown
from bigdata.sql.types import BIGINT, BOOLEAN, STRING, TIMESTAMP, VOID, HiveType, literal

_ARITHMETIC: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.Mod: "%",
    exp.IntDiv: "div",
    exp.BitwiseAnd: "&",
    exp.BitwiseOr: "|",
    exp.BitwiseXor: "^",
}
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.NullSafeEQ: "<=>",
}
#: operators that are calls of a function
_CALLS: dict[type[exp.Expr], str] = {
    exp.DPipe: "concat",
    exp.RegexpLike: "regexp",
    exp.CurrentDate: "current_date",
    exp.CurrentTimestamp: "current_timestamp",
    exp.CurrentUser: "current_user",
}


@dataclass
class Expressions:
    """Makes SQL of expressions over a scope.

    :param query: makes SQL of a subquery, whose outer scope is given
    :param aliases: names of the SELECT list that hide columns, for ORDER BY
    :param fallback: names of the SELECT list that columns hide, for HAVING
    :param windows: named windows
    :param grouped: the expressions of GROUP BY, for GROUPING__ID
    """

    compiler: Compiler
    scope: Scope
    query: Callable[[exp.Expr, Scope], Lowered]
    aliases: Mapping[str, Typed] = field(default_factory=dict)
    fallback: Mapping[str, Typed] = field(default_factory=dict)
    windows: Mapping[str, exp.Window] = field(default_factory=dict)
    grouped: Sequence[str] = ()

    def typed(self, node: exp.Expr) -> Typed:
        """An expression with its type.

        :raises UsageError: for names that nothing has and arguments that a function doesn't take
        """
        kind = type(node)
        if kind in _ARITHMETIC:
            left, right = self.typed(node.this), self.typed(node.expression)
            return operators.arithmetic(_ARITHMETIC[kind], left, right, self.compiler.wrap)
        if kind in _COMPARISONS:
            return self._compared(_COMPARISONS[kind], node.this, node.expression)
        if kind in _CALLS:
            arguments = [self.typed(part) for part in (node.args.get("this"), node.args.get("expression")) if part]
            return self.call(_CALLS[kind], arguments)
        method = getattr(self, f"_{kind.__name__.lower()}", None)
        if node is None:
            raise SqlSyntaxError("an expression is missing: nothing stands between two commas, or behind an operator.")
        if method is None:
            raise UnsupportedStatement(f"{node.sql('hive')}: this is no expression of Hive that is known here.")
        made: Typed = method(node)
        return made

    def condition(self, node: exp.Expr) -> str:
        """An expression as a boolean's SQL."""
        return self.as_type(self.typed(node), BOOLEAN, "a condition")

    def filter(self, node: exp.Expr) -> str:
        """A condition of WHERE or ON, where NULL is as good as false."""
        inner = node.unnest()
        if isinstance(inner, exp.And):
            return f"({self.filter(inner.this)} AND {self.filter(inner.expression)})"
        return membership.between(self, inner, True).sql if isinstance(inner, exp.Between) else self.condition(node)

    def as_type(self, value: Typed, target: HiveType, what: str) -> str:
        """A value's SQL as a type, converted as an assignment does."""
        sql = cast(value.sql, value.type, target)
        if sql is None:
            raise UsageError(f"{what} is to be {target}, but is {value.type}.")
        return sql

    def constant(self, node: exp.Expr, what: str) -> Any:
        """The value of a literal."""
        value = self.typed(node).constant
        if value is None:
            raise UsageError(f"{what} must be a constant; got {node.sql('hive')}.")
        return value

    # names

    def _column(self, node: exp.Column) -> Typed:
        names = [part.name.lower() for part in node.parts]
        found = self._resolved(names)
        if found is not None:
            return found
        if names == ["grouping__id"] and self.grouped:
            return Typed(f"CAST(GROUPING({', '.join(self.grouped)}) AS BIGINT)", BIGINT)
        known = [field.name for _, field in self.scope.visible()]
        if len(names) > 1 and self.scope.relation(names[0]) is None:
            aliases = [relation.alias for relation in self.scope.relations]
            raise unknown("table or column", names[0], [*aliases, *known])
        raise unknown("column", ".".join(names), known)

    def _resolved(self, names: Sequence[str]) -> Typed | None:
        if len(names) == 1 and names[0] in self.aliases:
            return self.aliases[names[0]]
        # the longest prefix that names a table wins; what follows the column are fields of structs
        for count in (2, 1, 0):
            if len(names) <= count:
                continue
            database, alias = ["", "", *names[:count]][-2:]
            found = self.scope.column(names[count], alias, database)
            if found is not None:
                return reduce(self._member, names[count + 1 :], found)
        return self.fallback.get(names[0]) if len(names) == 1 else None

    def _dot(self, node: exp.Dot) -> Typed:
        return self._member(self.typed(node.this), node.expression.name.lower())

    def _member(self, value: Typed, name: str) -> Typed:
        """A field of a struct; of an array of structs, the array of their fields."""
        if value.type.name == "array":
            member = self._member(Typed("e", value.type.members[0]), name)
            return Typed(
                f"list_transform({value.sql}, lambda e: {member.sql})", HiveType("array", fields=(("", member.type),))
            )
        fields = dict(value.type.fields) if value.type.name == "struct" else {}
        if name not in fields:
            if fields:
                raise unknown(f"field of {value.type}", name, fields)
            raise UsageError(f".{name}: {value.type} has no fields; only structs have.")
        return Typed(f"struct_extract({value.sql}, {literal(name)})", fields[name])

    def _bracket(self, node: exp.Bracket) -> Typed:
        return self.call("index", [self.typed(node.this), self.typed(node.expressions[0])])

    # literals

    def _literal(self, node: exp.Literal) -> Typed:
        return literals.text(node.this) if node.is_string else literals.number(node.this)

    def _null(self, node: exp.Null) -> Typed:
        return Typed("NULL", VOID)

    def _boolean(self, node: exp.Boolean) -> Typed:
        return Typed(str(node.this).lower(), BOOLEAN, node.this)

    def _interval(self, node: exp.Interval) -> Typed:
        if node.args.get("unit") is None:
            raise SqlSyntaxError(f"{node.sql('hive')} has no unit. Write INTERVAL '1' DAY.")
        unit = " ".join(part.name for part in node.args["unit"].find_all(exp.Var))
        if isinstance(node.args["unit"], exp.IntervalSpan):
            unit = f"{node.args['unit'].this.name} to {node.args['unit'].expression.name}"
        if isinstance(node.this, exp.Literal):
            return intervals.interval_literal(node.this.this, unit.lower())
        return intervals.interval_of(self.typed(node.this), unit.lower())

    def _concat(self, node: exp.Concat) -> Typed:
        return literals.text("".join(str(self.constant(part, "a literal")) for part in node.expressions))

    # logic

    def _and(self, node: exp.And) -> Typed:
        return Typed(f"({self.condition(node.this)} AND {self.condition(node.expression)})", BOOLEAN)

    def _or(self, node: exp.Or) -> Typed:
        return Typed(f"({self.condition(node.this)} OR {self.condition(node.expression)})", BOOLEAN)

    def _not(self, node: exp.Not) -> Typed:
        return Typed(f"(NOT {self.condition(node.this)})", BOOLEAN)

    def _paren(self, node: exp.Paren) -> Typed:
        inner = self.typed(node.this)
        return Typed(f"({inner.sql})", inner.type, inner.constant)

    def _tuple(self, node: exp.Tuple) -> Typed:
        return self.call("struct", [self.typed(part) for part in node.expressions])

    def _is(self, node: exp.Is) -> Typed:
        value = self.typed(node.this)
        if isinstance(node.expression, exp.Null):
            return Typed(f"({value.sql} IS NULL)", BOOLEAN)
        return self.call("istrue" if node.expression.this else "isfalse", [value])

    def _nullsafeneq(self, node: exp.NullSafeNEQ) -> Typed:
        return Typed(f"(NOT {self._compared('<=>', node.this, node.expression).sql})", BOOLEAN)

    def _compared(self, operator: str, left: exp.Expr, right: exp.Expr) -> Typed:
        return operators.compare(operator, self.typed(left), self.typed(right))

    def _between(self, node: exp.Between) -> Typed:
        return membership.between(self, node)

    def _in(self, node: exp.In) -> Typed:
        return membership.among(self, node)

    def _exists(self, node: exp.Exists) -> Typed:
        inner = node.this.unnest()
        if isinstance(inner, exp.Select) and isinstance(inner.expressions[0], exp.Star):
            inner.set("expressions", [exp.Literal.number(1)])  # which reads no columns
        return Typed(f"EXISTS ({self.query(inner, self.scope).sql})", BOOLEAN)

    def _subquery(self, node: exp.Subquery) -> Typed:
        lowered = self.query(node.unnest(), self.scope)
        if len(lowered.fields) != 1:
            raise UsageError(f"a subquery for one value gives {len(lowered.fields)} columns.")
        return Typed(f"({lowered.sql})", lowered.fields[0].type)

    def _like(self, node: exp.Like) -> Typed:
        name, patterns = "like", [node.expression]
        if isinstance(node.expression, (exp.Any, exp.All)):
            name = "likeany" if isinstance(node.expression, exp.Any) else "likeall"
            listed = node.expression.this
            patterns = listed.expressions if isinstance(listed, exp.Tuple) else [listed]
        found = self.call(name, [self.typed(node.this), *map(self.typed, patterns)])
        return Typed(f"(NOT {found.sql})", BOOLEAN) if node.args.get("negate") else found

    def _case(self, node: exp.Case) -> Typed:
        branches = []
        for branch in node.args["ifs"]:
            if node.this is None:
                condition = self.condition(branch.this)
            else:
                condition = self._compared("=", node.this, branch.this).sql
            branches.append((condition, self.typed(branch.args["true"])))
        default = node.args.get("default")
        last = Typed("NULL", VOID) if default is None else self.typed(default)
        kind = self.common([value for _, value in branches] + [last], "CASE")
        whens = " ".join(f"WHEN {test} THEN {self.as_type(value, kind, 'CASE')}" for test, value in branches)
        return Typed(f"(CASE {whens} ELSE {self.as_type(last, kind, 'CASE')} END)", kind)

    def common(self, values: Sequence[Typed], what: str) -> HiveType:
        """The type that some values have in common."""
        kind: HiveType | None = VOID
        for value in values:
            kind = kind and common_type(kind, value.type)
            if kind is None:
                kinds = ", ".join(dict.fromkeys(str(value.type) for value in values))
                raise UsageError(f"the values of {what} have no type in common: {kinds}.")
        assert kind is not None
        return kind

    # arithmetic

    def _neg(self, node: exp.Neg) -> Typed:
        value = self.typed(node.this)
        if isinstance(node.this, exp.Literal) and isinstance(value.constant, (int, float, Decimal)):
            return Typed(f"(-{value.sql})", value.type, -value.constant)
        return operators.negated(value, self.compiler.wrap)

    def _bitwisenot(self, node: exp.BitwiseNot) -> Typed:
        return operators.inverted(self.typed(node.this))

    def _trycast(self, node: exp.TryCast) -> Typed:
        return self._cast(node)

    def _cast(self, node: exp.Cast) -> Typed:
        return self._converted(self.typed(node.this), literals.type_of(node.args["to"]))

    def _converted(self, value: Typed, target: HiveType) -> Typed:
        target = self.compiler.kind(target)
        sql = cast(value.sql, value.type, target)
        if sql is None:
            raise UsageError(f"CAST: no {value.type} becomes {target}.")
        return Typed(sql, target, constants.converted(value, target))

    def _extract(self, node: exp.Extract) -> Typed:
        return self.call(node.this.name.lower(), [self.typed(node.expression)])

    # calls

    def rows(self, node: exp.Expr) -> Typed:
        """What stands after LATERAL VIEW: an array of structs, a row each."""
        return self._called(node) if isinstance(node, exp.Anonymous) else self.typed(node)

    def _anonymous(self, node: exp.Anonymous, over: str = "") -> Typed:
        if node.name.lower() in TABLE:
            raise UsageError(f"{node.name} gives rows. Write it first in SELECT, or after LATERAL VIEW.")
        return self._called(node, over)

    def _called(self, node: exp.Anonymous, over: str = "") -> Typed:
        name = node.name.lower()
        arguments, distinct = list(node.expressions), ""
        if arguments and isinstance(arguments[0], exp.Distinct):
            arguments, distinct = list(arguments[0].expressions), "DISTINCT "
        if len(arguments) == 1 and isinstance(arguments[0], exp.Star) and name == "count":
            arguments = []
        if name == "current_database":
            return Typed(literal(self.compiler.database), STRING, self.compiler.database)
        if name == "grouping":
            return Typed(f"CAST(GROUPING({', '.join(self.typed(part).sql for part in arguments)}) AS BIGINT)", BIGINT)
        if name in self.compiler.macros:
            return self._macro(name, arguments)
        # what an aggregate takes are columns, whatever the SELECT list calls by their names
        inner = replace(self, aliases={}, fallback={}) if is_aggregate(name) else self
        values = [value for part in arguments for value in inner._values_of(part)]
        if name in ("timestamp", "interval_day_time") and len(values) == 1:
            return self._converted(values[0], HiveType(name))
        moved = values[:1] if name in ("from_utc_timestamp", "to_utc_timestamp") else []
        if moved and (moved[0].type.is_text or moved[0].type.is_number):
            values[0] = self._converted(moved[0], TIMESTAMP)
        return self.call(name, values, distinct, over)

    def _values_of(self, node: exp.Expr) -> list[Typed]:
        """An argument; of a star, the columns that it stands for."""
        if not node.is_star:
            return [self.typed(node)]
        alias = node.table.lower() if isinstance(node, exp.Column) else ""
        return [held.typed for _, held in self.scope.visible(alias)]

    def call(self, name: str, arguments: Sequence[Typed], distinct: str = "", over: str = "") -> Typed:
        """A function of some arguments."""
        if name == "in_file" and self.compiler.confined:
            raise UnsupportedStatement("in_file reads any file, which a session confined to folders can't have.")
        found = self.compiler.functions.get(name) or (self.compiler.wrap and WIDE.get(name)) or functions().get(name)
        if found is None:
            if name in refusals():
                raise UnsupportedStatement(f"{name}: {refusals()[name]}")
            raise unknown("function", name, [*functions(), *self.compiler.functions, *self.compiler.macros])
        for rule in [found] if isinstance(found, Rule) else found:
            if over and not (rule.aggregate or rule.window):
                raise UsageError(f"{name} is no window function; it can't have OVER.")
            if rule.window and not over:
                raise UsageError(f"{name} is a window function. Write OVER (...) after it.")
            if distinct and not rule.aggregate:
                raise UsageError(f"{name} is no aggregate; it can't have DISTINCT.")
            made = rule.apply(arguments, distinct, over)
            if made is not None:
                return made
        expected = " or ".join(rule.signature for rule in ([found] if isinstance(found, Rule) else found))
        raise UsageError(f"{name}({', '.join(str(one.type) for one in arguments)}): expected {expected}.")

    def _macro(self, name: str, arguments: Sequence[exp.Expr]) -> Typed:
        macro = self.compiler.macros[name]
        if len(arguments) != len(macro.parameters):
            raise UsageError(f"macro {name} takes {len(macro.parameters)} arguments; got {len(arguments)}.")
        fields = []
        for parameter, argument in zip(macro.parameters, arguments):
            kind, given = self.compiler.kind(parameter.type), self.typed(argument)
            if parameter.type == TIMESTAMP and given.type.is_text:
                given = self._converted(given, TIMESTAMP)
            value = convert(given, kind)
            if value is None:
                raise UsageError(f"macro {name}: {parameter.name} is to be {kind}.")
            fields.append(Field(parameter.name, kind, value.sql))
        body = self.compiler.parse(f"SELECT {macro.expression}")
        inner = Expressions(self.compiler, Scope([Relation("", tuple(fields))]), self.query)
        return inner.typed(body.expressions[0])

    def _ignorenulls(self, node: exp.IgnoreNulls) -> Typed:
        raise UnsupportedStatement("IGNORE NULLS: write first_value(x, true).")

    def _window(self, node: exp.Window) -> Typed:
        if not isinstance(node.this, exp.Anonymous):
            raise UsageError(f"{node.this.sql('hive')} is no window function; it can't have OVER.")
        made = self._anonymous(node.this, over=f" OVER ({windows.over(node, self.windows, self.typed)})")
        if (nulls := windows.over_nulls(node, self.windows, self.typed)) is None:
            return made
        condition, frame = nulls
        other = self._anonymous(node.this, over=f" OVER ({frame})")
        return replace(made, sql=f"(CASE WHEN {condition} THEN {other.sql} ELSE {made.sql} END)")
