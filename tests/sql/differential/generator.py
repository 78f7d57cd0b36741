"""Queries drawn from the grammar: typed, over the generated tables, with rows that don't hang on the engine's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from .grammar import AGGREGATES, EVERY, GRAMMAR, LITERALS, TABLE_FUNCTIONS, WINDOWS, WORDS
from .tables import COLUMNS

#: the symbols of the types of columns; what isn't here has the type's own name
_SYMBOLS = {
    "decimal(12,3)": "decimal",
    "array<int>": "ints",
    "array<string>": "strings",
    "map<string,int>": "map",
    "struct<a:int,b:string>": "struct",
}
_COLUMNS = {name: _SYMBOLS.get(kind, kind) for name, (kind, _) in COLUMNS.items()}
_NAMES = _COLUMNS.keys()
_SYMBOL = re.compile(r"\{([^{}]*)\}")
#: types by which rows can be grouped, joined and ordered
_KEYS = ("tinyint", "smallint", "int", "bigint", "decimal", "string", "boolean", "date", "timestamp")
_DEPTH = 3


@dataclass(frozen=True)
class Query:
    """A query of Hive.

    :param parts: the expressions that it selects, for what is said of those that differ
    :param ordered: whether its rows have an order
    """

    text: str
    parts: Sequence[str] = ()
    ordered: bool = False


class Generator:
    """Draws expressions and queries.

    :param seed: equal ones give equal queries
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._columns = dict(_COLUMNS)

    def expression(self, kind: str, depth: int = _DEPTH) -> str:
        """An expression of a type: a column or a literal, or one made of others."""
        random = self.random
        if depth == 0 or random.random() < 0.3:
            columns = [name for name, symbol in self._columns.items() if symbol == kind]
            return random.choice(columns if columns and random.random() < 0.8 else LITERALS[kind])
        alternatives = EVERY if random.random() < 0.08 else GRAMMAR[kind]
        return self.filled(random.choice(alternatives), depth - 1, kind)

    def filled(self, template: str, depth: int = _DEPTH - 1, kind: str = "") -> str:
        """A template with something for each of its symbols.

        :param kind: the type that ``{=}`` stands for
        """
        return _SYMBOL.sub(lambda found: self._symbol(self.random.choice(found[1].split("|")), depth, kind), template)

    def _symbol(self, symbol: str, depth: int, kind: str) -> str:
        symbol = kind if symbol == "=" and kind else symbol
        if symbol in WORDS:
            return self.filled(self.random.choice(WORDS[symbol]), depth, kind)
        return self.expression(symbol, depth) if symbol in GRAMMAR else symbol

    def queries(self, count: int) -> Iterator[Query]:
        """Queries of each form in turn."""
        forms = [self._projection, self._filter, self._aggregation, self._windows, self._join, self._subquery]
        forms += [self._projection, self._rows, self._sets, self._union, self._having, self._top]
        forms += [self._distinct, self._joins, self._ranks, self._stored]
        for number in range(count):
            yield forms[number % len(forms)]()

    # forms

    def _select(self, parts: Sequence[str], rest: str, ordered: bool = False) -> Query:
        listed = ", ".join(f"{part} AS c{number}" for number, part in enumerate(parts))
        return Query(f"SELECT {listed} {rest}", parts, ordered)

    def _projection(self) -> Query:
        return self._select(["id", *(self.filled("{any}", _DEPTH) for _ in range(8))], "FROM t")

    def _filter(self) -> Query:
        return self._select(["id"], f"FROM t WHERE {self.expression('boolean', _DEPTH + 1)}")

    def _keys(self, count: int) -> list[str]:
        """Expressions to group and order by; a constant would be a column's position."""
        drawn = iter(lambda: self.expression(self.random.choice(_KEYS), 1), None)
        return list(islice((key for key in drawn if _NAMES & set(re.findall(r"\w+", key))), count))

    def _aggregates(self, count: int) -> list[str]:
        kinds = self.random.choices(list(AGGREGATES), k=count)
        return [self.filled(self.random.choice(AGGREGATES[kind]), 1) for kind in kinds]

    def _aggregation(self) -> Query:
        keys = self._keys(self.random.randrange(3))
        grouping = f"GROUP BY {', '.join(keys)}" if keys else ""
        return self._select([*keys, *self._aggregates(5)], f"FROM t {grouping}")

    def _having(self) -> Query:
        key = self.expression("string", 1)
        condition = self.filled("count(*) > {0|1|2} {OR|AND} max(i) {comparison} {0|3|1000}")
        return self._select([key, *self._aggregates(2)], f"FROM t GROUP BY {key} HAVING {condition}")

    def _sets(self) -> Query:
        clause = self.random.choice(
            [
                "GROUP BY b, ti WITH ROLLUP",
                "GROUP BY b, ti WITH CUBE",
                "GROUP BY b, ti GROUPING SETS ((b), (b, ti), ())",
            ]
        )
        return self._select(["b", "ti", "GROUPING__ID", *self._aggregates(2)], f"FROM t {clause}")

    def _windows(self) -> Query:
        parts = [self.filled(template, 1) for template in self.random.sample(WINDOWS, 4)]
        return self._select(["id", *parts], "FROM t")

    def _join(self) -> Query:
        kind = self.random.choice(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT SEMI JOIN"])
        key = self.random.choice(["ti", "si", "b", "dt", "s", "de", "ts"])
        parts = ["l.id", self._of("l", "{any}")]
        if kind != "LEFT SEMI JOIN":
            parts += ["r.id", self._of("r", "{any}")]
        more = f" AND {self._of('l', '{boolean}')}" if kind == "JOIN" else ""
        return self._select(parts, f"FROM t l {kind} u r ON l.{key} = r.{key}{more}")

    def _of(self, alias: str, template: str) -> str:
        """A template filled with columns of one table of several."""
        self._columns = {f"{alias}.{name}": kind for name, kind in _COLUMNS.items()}
        try:
            return self.filled(template, 1)
        finally:
            self._columns = dict(_COLUMNS)

    def _subquery(self) -> Query:
        column = self.random.choice(["ti", "s", "dt", "de"])
        condition = self.random.choice(
            [
                f"{column} IN (SELECT {column} FROM u WHERE {self.expression('boolean', 1)})",
                f"{column} NOT IN (SELECT {column} FROM u WHERE {column} IS NOT NULL)",
                f"EXISTS (SELECT 1 FROM u WHERE u.{column} = t.{column})",
                f"NOT EXISTS (SELECT 1 FROM u WHERE u.{column} = t.{column})",
                f"id > (SELECT {self.filled('{count(ti)|max(ti)|min(ti)}')} FROM u)",
            ]
        )
        inner = (
            f"SELECT *, {self.expression('int', 2)} AS x, {self.expression('string', 2)} AS y FROM t WHERE {condition}"
        )
        if self.random.random() < 0.5:
            return Query(f"WITH q AS ({inner}) SELECT id, x, y FROM q WHERE {self.expression('boolean', 1)}")
        return Query(f"SELECT q.id, q.x, q.y FROM ({inner}) q")

    def _rows(self) -> Query:
        """Rows of a table function for each row."""
        function, names = self.random.choice(TABLE_FUNCTIONS)
        outer = self.random.choice(["", "OUTER "])
        view = f"LATERAL VIEW {outer}{self.filled(function, 1)} v AS {names}"
        return self._select(["id", *names.split(", ")], f"FROM t {view}")

    def _union(self) -> Query:
        kinds = self.random.choices(["int", "decimal", "string", "date", "boolean", "bigint"], k=3)
        selects = [
            f"SELECT {', '.join(f'{self.expression(kind, 1)} AS c{n}' for n, kind in enumerate(kinds))} FROM {table}"
            for table in ("t", "u")
        ]
        operator = self.random.choice(["UNION", "UNION ALL", "INTERSECT", "EXCEPT"])
        return Query(f" {operator} ".join(selects))

    def _top(self) -> Query:
        """Rows in an order that their ids make certain."""
        directions = ["", " ASC", " DESC", " ASC NULLS LAST", " DESC NULLS FIRST"]
        keys = [key + self.random.choice(directions) for key in self._keys(2)]
        rest = f"FROM t ORDER BY {', '.join(keys)}, id LIMIT {self.random.choice([5, 20, 100])}"
        return self._select(["id", self.expression("string", 1)], rest, ordered=True)

    def _distinct(self) -> Query:
        parts = [self.filled("{scalar|ints|strings|struct}", 1), *self._keys(1)]
        query = self._select(parts, f"FROM t WHERE {self.expression('boolean', 1)}")
        return Query(query.text.replace("SELECT", "SELECT DISTINCT", 1), parts)

    def _joins(self) -> Query:
        """Three tables, one of them of groups."""
        kinds = self.random.choices(["JOIN", "LEFT JOIN"], k=2)
        groups = f"(SELECT s, {self._aggregates(1)[0]} AS x FROM u GROUP BY s) g"
        rest = (
            f"FROM t l {kinds[0]} {groups} ON l.s = g.s {kinds[1]} u r ON r.id = l.id AND {self._of('l', '{boolean}')}"
        )
        return self._select(["l.id", "g.x", self._of("r", "{any}")], f"{rest} WHERE {self._of('l', '{boolean}')}")

    def _ranks(self) -> Query:
        """Window functions of groups."""
        key = self._keys(1)[0]
        parts = [key, "count(*)", f"rank() OVER (ORDER BY count(*) DESC, {key})", "sum(count(*)) OVER ()"]
        return self._select([*parts, *self._aggregates(1)], f"FROM t GROUP BY {key}")

    def _stored(self) -> Query:
        """Rows that go through the files of a table; not maps, which Spark writes in the order of their hash codes."""
        kind = "{scalar|ints|strings|struct}"
        made = self._select(["id", *(self.filled(kind, 1) for _ in range(5))], "FROM t")
        form = self.random.choice(["TEXTFILE", "ORC", "PARQUET"])
        drop = "DROP TABLE IF EXISTS stored"
        return Query(f"{drop}; CREATE TABLE stored STORED AS {form} AS {made.text}; SELECT * FROM stored", made.parts)
