"""A session of Hive on DuckDB: statements of a script, one after the other, over a catalog that lasts."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlglot import exp

from bigdata.errors import BigdataError, TaskFailed, UnsupportedStatement, UsageError
from bigdata.sql.catalog import Catalog
from bigdata.sql.hive import ddl, library, loads, script
from bigdata.sql.hive.context import Answer, Context
from bigdata.sql.hive.dialect import parse
from bigdata.sql.hive.functions import functions
from bigdata.sql.hive.functions.rules import Rule
from bigdata.sql.hive.queries.compiler import Compiler, Lowered, MacroDefinition
from bigdata.sql.hive.queries.selects import Queries
from bigdata.sql.hive.writes import Target, Writer, columns_of
from bigdata.sql.results import Result
from bigdata.sql.tables import Column, Storage, Table
from bigdata.sql.types import STRING, parse_type

#: what DuckDB says where a whole number is too large, which in Hive wraps around
_OVERFLOW = re.compile("Overflow in|out of range", re.IGNORECASE)
_EXPLAIN = re.compile(r"\s*EXPLAIN\s+((EXTENDED|FORMATTED|CBO|AST|LOGICAL|DEPENDENCY|VECTORIZATION)\s+)?", re.IGNORECASE)


class HiveOnDuckDB:
    """Runs HiveQL; :class:`bigdata.Session` is its public face.

    :param warehouse: the folder of the catalog and of managed tables
    :param settings: what SET would give
    """

    def __init__(self, warehouse: str, settings: Mapping[str, str], variables: Mapping[str, str]) -> None:
        import duckdb

        self.catalog = Catalog(warehouse)
        self.context = Context(
            self.catalog,
            self._columns_of,
            settings=dict(settings),
            variables=dict(variables),
            functions=lambda: [*functions(), *self._functions],
        )
        self._functions: dict[str, Rule | list[Rule]] = {}
        self._files: dict[str, str] = {}
        self._known: set[str] = set()
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET TimeZone = 'UTC'")

    def close(self) -> None:
        """Let go of the database and the catalog's file."""
        self._connection.close()
        self.catalog.close()

    def run(self, text: str) -> Iterator[Result]:
        """Run the statements of a script; each that gives rows gives a result.

        :raises UsageError: for a statement that is wrong, with its line; those before it have run
        """
        for statement in script.statements(text):
            with _at(statement.line):
                result = self._statement(statement.text, statement.line)
            if result is not None:
                yield result

    def check(self, text: str) -> None:
        """Read the statements of a script and run none.

        :raises UnsupportedStatement: for one that can't run here
        :raises SqlSyntaxError: for one that can't be read
        """
        for statement in script.statements(text):
            with _at(statement.line):
                self._parsed(statement.text, statement.line)

    def register(self, name: str, function: Callable[..., Any], takes: Sequence[str], gives: str) -> None:
        """Let queries call a Python function; NULL among its arguments gives NULL."""
        kinds, result = [parse_type(kind) for kind in takes], parse_type(gives)
        native = f"hive_session_{name.lower()}"
        takes = [kind.duckdb for kind in kinds]
        library.native(native, takes, result.duckdb, function, volatile=True).define(self._connection.cursor())
        places = ", ".join(f"{{{number}}}" for number in range(len(kinds)))
        self._functions[name.lower()] = Rule(f"{', '.join(map(str, kinds))} -> {result}", f"{native}({places})")

    def explain(self, text: str) -> str:
        """The SQL that DuckDB runs for a query."""
        return self._lowered(parse(text), self._compiler()).sql

    # statements

    def _statement(self, text: str, line: int) -> Result | None:
        text = script.substituted(text, self.context)
        if (answer := script.configure(text, self.context)) is not None:
            return _answer(answer)
        if (explained := _EXPLAIN.match(text)) is not None:
            lines = self.explain(text[explained.end() :]).split("\n")
            return _answer(Answer(("Explain",), tuple((held,) for held in lines)))
        parsed = self._parsed(text, line)
        if isinstance(parsed, loads.Load):
            loads.run(parsed, self.catalog, self.context.database)
            return None
        if isinstance(parsed, exp.Expr):
            return self._query(parsed)
        return self._defined(parsed, text, line)

    def _parsed(self, text: str, line: int) -> Any:
        """A statement as data: of DDL, a LOAD, or a tree of a query or an INSERT."""
        if (known := ddl.parse(text, line)) is not None:
            return known
        first = text.split(maxsplit=1)[0].upper()
        return loads.parse(text, line) if first == "LOAD" else parse(text, line)

    def _columns_of(self, text: str) -> list[Column]:
        return self._lowered(parse(text), self._compiler()).columns

    def _query(self, tree: exp.Expr) -> Result | None:
        """A query, or an INSERT of one or several."""
        return self._retried(lambda wrap: self._executed(tree, self._compiler(wrap)))

    def _retried(self, call: Callable[[bool], Result | None]) -> Result | None:
        """Run with fast whole numbers, and again with those that wrap around if one was too large."""
        import duckdb

        try:
            return call(False)
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as error:
            if not _OVERFLOW.search(str(error)):
                raise _failed(error) from None
        except duckdb.Error as error:
            raise _failed(error) from None
        try:
            return call(True)
        except duckdb.Error as error:
            raise _failed(error) from None

    def _executed(self, tree: exp.Expr, compiler: Compiler) -> Result | None:
        if isinstance(tree, exp.Insert):
            self._insert(tree, compiler)
            return None
        if isinstance(tree, exp.MultitableInserts):
            self._inserts(tree, compiler)
            return None
        lowered = self._lowered(tree, compiler)
        with self._reading(compiler):
            return Result(lowered.columns, self._connection.sql(self._ready(lowered.sql)).to_arrow_table())

    def _lowered(self, tree: exp.Expr, compiler: Compiler) -> Lowered:
        return Queries(compiler).lowered(tree)

    def _compiler(self, wrap: bool = False) -> Compiler:
        context = self.context
        macros = {name: found for name in self.catalog.macros() if (found := self.catalog.macro(name))}
        return Compiler(
            self.catalog.table,
            self.catalog.partitions,
            context.database,
            context.settings,
            self._functions,
            {name: MacroDefinition(held.parameters, held.expression) for name, held in macros.items()},
            self._files,
            wrap,
            self._stream,
        )

    def _stream(self, sql: str) -> Any:
        """The rows of a query beside one that runs."""
        cursor = self._connection.cursor()
        return cursor.sql(self._ready(sql)).to_arrow_reader()

    def _ready(self, sql: str) -> str:
        """A query whose functions are defined."""
        library.define(self._connection.cursor(), sql, self._known)
        return sql

    @contextlib.contextmanager
    def _reading(self, compiler: Compiler) -> Iterator[None]:
        """The connection, with what a statement's SQL reads."""
        for name, source in compiler.sources.items():
            self._connection.register(name, source)
        try:
            yield
        finally:
            for name in compiler.sources:
                self._connection.unregister(name)

    # INSERT

    def _insert(self, tree: exp.Insert, compiler: Compiler) -> None:
        lowered = self._lowered(_with_of(tree), compiler)
        with self._reading(compiler):
            self._write(tree, lowered)

    def _inserts(self, tree: exp.MultitableInserts, compiler: Compiler) -> None:
        """FROM ... INSERT ... INSERT: the rows of FROM are read once."""
        source = tree.args["source"]
        for insert in tree.expressions:
            insert.expression.set("from_", exp.From(this=source.copy()))
            if tree.args.get("with_"):
                insert.expression.set("with_", tree.args["with_"].copy())
        lowered = [self._lowered(insert.expression, compiler) for insert in tree.expressions]
        with self._reading(compiler), self.catalog.transaction():
            for insert, query in zip(tree.expressions, lowered):
                self._write(insert, query)

    def _write(self, tree: exp.Insert, lowered: Lowered) -> None:
        writer = Writer(self._connection, self.catalog, self.context.settings)
        lowered = Lowered(self._ready(lowered.sql), lowered.fields)
        target = tree.this
        if isinstance(target, exp.Directory):
            writer.directory(target.this.name, _storage(target, tree), lowered)
            return
        columns: Sequence[str] = ()
        if isinstance(target, exp.Schema):
            columns = [column.name.lower() for column in target.expressions]
            target = target.this
        table = self.catalog.table(target.db or self.context.database, target.name)
        partition = target.args.get("partition") or tree.args.get("partition")
        spec = dict(_member(one) for one in (partition.expressions if partition else []))
        writer.insert(Target(table, bool(tree.args.get("overwrite")), spec, columns, bool(tree.args.get("exists"))), lowered)

    def _defined(self, statement: Any, text: str, line: int) -> Result | None:
        """A statement of DDL; the rows of CREATE TABLE AS are written here."""
        answer = ddl.execute(statement, self.context)
        return None if answer is None else _answer(answer)


def _with_of(tree: exp.Insert) -> exp.Expr:
    """The query of an INSERT with what WITH before it names."""
    query: exp.Expr = tree.expression
    if tree.args.get("with_"):
        query.set("with_", tree.args["with_"])
    return query


def _member(node: exp.Expr) -> tuple[str, str | None]:
    """A column of a PARTITION clause and its value; ``None`` for a dynamic one."""
    if isinstance(node, exp.EQ):
        value = node.expression
        return node.this.name.lower(), value.name if isinstance(value, exp.Literal) else value.sql("hive").strip("'")
    return node.name.lower(), None


def _storage(target: exp.Directory, tree: exp.Insert) -> Storage:
    """ROW FORMAT and STORED AS of INSERT OVERWRITE DIRECTORY."""
    row_format, stored = target.args.get("row_format"), tree.args.get("stored")
    clauses = [part.sql("hive") for part in (row_format,) if part is not None]
    if stored:
        clauses.append(f"STORED AS {stored.this.name}")
    return ddl.storage(" ".join(clauses))


def _answer(answer: Answer) -> Result:
    import pyarrow

    columns = [Column(name, STRING) for name in answer.names]
    rows = list(zip(*answer.rows)) or [()] * len(columns)
    arrays = [pyarrow.array(values, pyarrow.string()) for values in rows]
    return Result(columns, pyarrow.Table.from_arrays(arrays, names=[str(n) for n in range(len(columns))]))


def _failed(error: Exception) -> BigdataError:
    """What DuckDB says of a query, as an error of ours."""
    return TaskFailed(f"the query failed: {str(error).strip().splitlines()[0]}")


@contextlib.contextmanager
def _at(line: int) -> Iterator[None]:
    """Errors with the line on which their statement begins."""
    try:
        yield
    except UsageError as error:
        if str(error).startswith("line "):
            raise
        raise type(error)(f"line {line}: {error}") from None
