"""A session of Hive on DuckDB: statements of a script, one after the other, over a catalog that lasts."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from typing import Any

from sqlglot import exp

from bigdata.errors import InputError, UnsupportedStatement, UsageError
from bigdata.sql import serdes
from bigdata.sql.catalog import Catalog
from bigdata.sql.confinement import ConfinedCatalog, Confinement
from bigdata.sql.hive import ddl, explain, inserts, library, loads, resources, script, statements
from bigdata.sql.hive.context import Answer, Context, Shape
from bigdata.sql.hive.ddl.tables import CreateTable
from bigdata.sql.hive.dfs import FileCommand
from bigdata.sql.hive.dialect import parse, renamed
from bigdata.sql.hive.explain import Explain
from bigdata.sql.hive.failures import failed
from bigdata.sql.hive.functions import functions
from bigdata.sql.hive.functions.rules import Rule
from bigdata.sql.hive.java.zones import region
from bigdata.sql.hive.moments import NANOSECONDS, of_session
from bigdata.sql.hive.queries.compiler import Compiler, Lowered, MacroDefinition
from bigdata.sql.hive.queries.selects import Queries, Several
from bigdata.sql.hive.queries.windows import with_names
from bigdata.sql.hive.showing import shown
from bigdata.sql.hive.steps import Runner, Step, steps
from bigdata.sql.hive.writes import Target, Writer, Written, columns_of, place
from bigdata.sql.results import Result, held, of_answer
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.tables import Table
from bigdata.sql.types import parse_type

#: bytes of input up to which a query runs in one thread: as in one mapper of Hive's, rows then keep their order
_SMALL = 32 << 20
#: what DuckDB says where a statement is to be compiled in another way: a whole number is too large, which in Hive wraps
#: around; a timestamp has more digits than microseconds
_SAID = {
    "wrap": re.compile("(Out of Range|Conversion) Error:.*(Overflow in|out of range)", re.IGNORECASE),
    "nanoseconds": re.compile(f"Error: {NANOSECONDS}"),
}
#: the setting by which the names of columns have those of tables before them
_UNIQUE = "hive.resultset.use.unique.column.names"
#: the setting with which a script goes on after an error
_IGNORE = "hive.cli.errors.ignore"
_ignores = re.compile(rf"\bSET\s+{re.escape(_IGNORE)}\s*=\s*true\b", re.IGNORECASE).search


class HiveOnDuckDB:
    """Runs HiveQL; :class:`bigdata.Session` is its public face.

    :param warehouse: the folder of the catalog and of managed tables
    :param given: the settings that SET would give
    :param folders: those to which the session is confined, besides the warehouse
    """

    def __init__(
        self,
        warehouse: str,
        given: Mapping[str, str],
        variables: Mapping[str, str],
        folders: Sequence[str] | None = None,
    ) -> None:
        import duckdb

        self._confinement = None if folders is None else Confinement([warehouse, *folders])
        if self._confinement is None:
            self.catalog = Catalog(warehouse)
        else:
            self.catalog = ConfinedCatalog(warehouse, self._confinement)
        self.context = Context(
            self.catalog,
            self._shape_of,
            settings=dict(given),
            variables=dict(variables),
            functions=lambda: [*functions(), *self._functions, *self.catalog.functions()],
        )
        self._functions: dict[str, Rule | list[Rule]] = {}
        self._natives: dict[str, library.Native] = {}
        self._resources = resources.Resources()
        self._known: set[str] = set()
        # DuckDB makes the folder when memory is short, and removes it
        spill = os.path.join(tempfile.gettempdir(), f"bigdata-hive-{uuid.uuid4().hex[:8]}")
        self._connection = duckdb.connect(":memory:", config={"temp_directory": spill})
        settings = "SELECT current_setting('TimeZone'), current_setting('threads')"
        [(self._system_zone, self._threads)] = self._connection.execute(settings).fetchall()
        self._connection.execute("SET TimeZone = 'UTC'; SET parquet_metadata_cache = true")
        self._of_session = ""
        self._used_threads = self._threads
        self._pool = ThreadPoolExecutor(thread_name_prefix="statements")

    def close(self) -> None:
        """Let go of the database and the catalog's file."""
        self._pool.shutdown()
        self._connection.close()
        self._resources.close()
        self.catalog.close()

    def steps(self, text: str, file: str = "") -> Iterator[Step]:
        """The statements of a script up to ``quit``, with those of files that ``source`` names; each is yet to run.

        :raises UnsupportedStatement: if one can't run here
        """
        try:
            if len(list(script.statements(text))) > 1:  # one by itself is read when it runs
                self.check(text, file)
        except UnsupportedStatement:
            if not (_ignores(text) or self.context.settings.get(_IGNORE) == "true"):
                raise
        except (UsageError, InputError):
            pass  # which is told when its turn comes
        return steps(text, Runner(self._parsed, self._interruptible), file)

    def check(self, text: str, file: str = "") -> None:
        """Read the statements of a script and run none.

        :raises UnsupportedStatement: for one that can't run here
        :raises SqlSyntaxError: for one that can't be read
        """
        statements.check(self.context, text, self._confinement, file)

    def register(self, name: str, function: Callable[..., Any], takes: Sequence[str], gives: str) -> None:
        """Let queries call a Python function; NULL among its arguments gives NULL."""
        kinds, result = [parse_type(kind) for kind in takes], parse_type(gives)
        native = f"hive_session_{len(self._natives)}_{name.lower()}"  # DuckDB lets none take another's place
        takes = [kind.duckdb for kind in kinds]
        # the cursor's own reference goes with it, and DuckDB would call what is no more
        # DuckDB takes a NaN that comes alone for NULL
        by_columns = bool(kinds) and any(kind in str(result) for kind in ("float", "double"))
        called = library.by_columns(function, arrow_type(result)) if by_columns else function
        self._natives[native] = library.native(native, takes, result.duckdb, called, arrow=by_columns, volatile=True)
        self._natives[native].define(self._connection.cursor())
        places = ", ".join(f"{{{number}}}" for number in range(len(kinds)))
        self._functions[name.lower()] = Rule(f"{', '.join(map(str, kinds))} -> {result}", f"{native}({places})")

    def explain(self, text: str) -> str:
        """The SQL that DuckDB runs for a query."""
        return "\n".join(line for (line,) in self._explained(Explain(parse(text), False)).rows)

    # statements

    def _parsed(self, text: str, line: int) -> Any:
        return statements.parsed(self.context, text, self._confinement, line)

    def _interruptible(self, parsed: Any) -> Result | None:
        """Run a statement in a thread: DuckDB looks for signals between its tasks only, and one may take long."""
        running = self._pool.submit(self._statement, parsed)
        try:
            return running.result()
        except KeyboardInterrupt:
            while not running.done():  # its query may yet begin
                self._connection.interrupt()
                wait([running], timeout=0.1)
            raise

    def _statement(self, parsed: Any) -> Result | None:
        if isinstance(parsed, exp.Expr):
            tree = self._named(parsed)
            return self._retried(lambda **ways: self._executed(tree, self._compiler(**ways)))
        if isinstance(parsed, loads.Load):
            table = self.catalog.table(parsed.database or self.context.database, parsed.table)
            if loads.inserts(parsed, table):
                return self._retried(partial(self._load, parsed, table))
            loads.run(parsed, self.catalog, self.context.database)
            return None
        if isinstance(parsed, Explain):
            return of_answer(self._explained(parsed))
        if isinstance(parsed, (resources.FileList, FileCommand)):
            return of_answer(resources.run(parsed, self._resources))
        if isinstance(parsed, CreateTable) and parsed.query is not None:
            self._create(parsed, parsed.query)
            return None
        return of_answer(ddl.execute(parsed, self.context))

    def _named(self, tree: exp.Expr) -> exp.Expr:
        """A statement that calls functions by Hive's names."""
        return renamed(tree, self.catalog.functions(self.context.database))

    def _explained(self, explained: Explain) -> Answer:
        tree, compiler = explained.statement, self._compiler()
        if isinstance(tree, CreateTable) and tree.query is not None:
            tree = parse(tree.query, tree.query_line)
        if isinstance(tree, exp.Expr):
            tree = self._named(tree)
        if isinstance(tree, exp.MultitableInserts):
            several = _several(tree, compiler)
            sql = ";\n".join([several.created, *(query.sql for query in several.queries)])
        elif isinstance(tree, exp.Expr):
            query = inserts.query_of(tree, self.context) if isinstance(tree, exp.Insert) else tree
            sql = self._lowered(query, compiler).sql
        else:
            sql = "-- no query runs"
        if explained.dependency:
            sql = explain.dependencies(compiler.reads)
        return Answer(("Explain",), tuple((line,) for line in sql.split("\n")))

    def _shape_of(self, text: str, shown: bool) -> Shape:
        compiler, tree = self._compiler(), self._named(parse(text))
        return Shape(self._lowered(with_names(tree) if shown else tree, compiler).columns, compiler.stars)

    def _retried(self, call: Callable[..., Result | None]) -> Result | None:
        """Run in the fast ways, and again in others: where whole numbers wrap around, where there are nanoseconds."""
        import duckdb

        ways: dict[str, bool] = {}
        while True:
            try:
                return call(**ways)
            except duckdb.Error as error:
                way = next((way for way, said in _SAID.items() if way not in ways and said.search(str(error))), None)
                if way is None:
                    raise failed(error) from None
                ways[way] = True

    def _executed(self, tree: exp.Expr, compiler: Compiler) -> Result | None:
        if isinstance(tree, exp.Insert):
            self._insert(tree, compiler)
            return None
        if isinstance(tree, exp.MultitableInserts):
            self._inserts(tree, compiler)
            return None
        lowered = shown(Queries(compiler).result(with_names(tree)), compiler)
        with self._reading(compiler):
            rows = held(self._connection.sql(self._ready(lowered.sql)))
        tables = [field.table for field in lowered.fields] if compiler.flag(_UNIQUE, True) else ()
        return Result(lowered.columns, rows, tables)

    def _lowered(self, tree: exp.Expr, compiler: Compiler) -> Lowered:
        return Queries(compiler).lowered(tree)

    def _compiler(self, wrap: bool = False, nanoseconds: bool = False) -> Compiler:
        context = self.context
        self._use_moments()
        macros = {name: found for name in self.catalog.macros() if (found := self.catalog.macro(name))}
        compiler = Compiler(
            self.catalog.table,
            self.catalog.partitions,
            context.database,
            context.settings,
            self._functions,
            {name: MacroDefinition(held.parameters, held.expression) for name, held in macros.items()},
            self._resources.paths,
            wrap,
            nanoseconds,
            parse=lambda text: self._named(parse(text)),
        )
        compiler.confined = self._confinement is not None
        compiler.run = partial(self._stream, compiler.sources)
        return compiler

    def _stream(self, sources: Mapping[str, Any], sql: str) -> Any:
        """The rows of a query, which may run beside another."""
        cursor = self._connection.cursor()
        for name, source in sources.items():
            cursor.register(name, source)
        return cursor.sql(self._ready(sql)).to_arrow_reader()

    def _ready(self, sql: str) -> str:
        """A query whose functions are defined."""
        library.define(self._connection.cursor(), sql, self._known)
        return sql

    @contextlib.contextmanager
    def _reading(self, compiler: Compiler) -> Iterator[None]:
        """The connection, with what a statement's SQL reads.

        :raises BigdataError: where reading failed
        """
        import duckdb

        self._use_threads(1 if sum(compiler.sizes) < _SMALL else self._threads)
        for name, source in compiler.sources.items():
            self._connection.register(name, source)
        try:
            yield
        except duckdb.Error:
            for source in compiler.sources.values():
                if source.failure is not None:
                    raise source.failure from None
            raise
        finally:
            for name in compiler.sources:
                with contextlib.suppress(duckdb.Error):  # a writer that failed has left its result open
                    self._connection.unregister(name)

    def _use_threads(self, threads: int) -> None:
        if threads != self._used_threads:
            self._connection.execute(f"SET threads = {threads}")
            self._used_threads = threads

    def _use_moments(self) -> None:
        name = self.context.setting("hive.local.time.zone")
        zone = self._system_zone if name.upper() == "LOCAL" else region(name)
        if zone is None:
            raise UsageError(f"hive.local.time.zone={name} is no time zone. Expected LOCAL or one like Europe/Paris.")
        in_seconds = self.context.setting("hive.int.timestamp.conversion.in.seconds").lower() == "true"
        if (wanted := of_session(zone, in_seconds)) != self._of_session:
            self._connection.execute(wanted)
            self._of_session = wanted

    # INSERT

    def _insert(self, tree: exp.Insert, compiler: Compiler) -> None:
        lowered, compiler = self._for_files(inserts.query_of(tree, self.context), compiler)
        with self._reading(compiler), contextlib.ExitStack() as stack:
            place(self._written(stack, tree, lowered, compiler), self.catalog)

    def _inserts(self, tree: exp.MultitableInserts, compiler: Compiler) -> None:
        """FROM ... INSERT ... INSERT: the rows of FROM are read once."""
        inserts.refuse_twins(tree, self.context)
        several = _several(tree, compiler, ordered=True)
        if sum(compiler.sizes) >= _SMALL:
            compiler = self._compiler(compiler.wrap, compiler.nanoseconds)
            several = _several(tree, compiler)
        with self._reading(compiler), contextlib.ExitStack() as stack:
            self._connection.execute(self._ready(several.created))
            stack.callback(self._connection.execute, f"DROP TABLE {several.name}")
            pairs = zip(tree.expressions, several.queries)
            written = [one for insert, query in pairs for one in self._written(stack, insert, query, compiler)]
            place(written, self.catalog)

    def _for_files(self, query: exp.Expr, compiler: Compiler) -> tuple[Lowered, Compiler]:
        """A query whose rows are written, of little input in the order of one reducer, and what it is compiled with."""
        lowered = Queries(compiler).result(query)
        if sum(compiler.sizes) < _SMALL:
            return lowered, compiler
        compiler = self._compiler(compiler.wrap, compiler.nanoseconds)
        return self._lowered(query, compiler), compiler

    def _written(
        self, stack: contextlib.ExitStack, tree: exp.Insert, lowered: Lowered, compiler: Compiler
    ) -> list[Written]:
        """The rows of an INSERT in files, which the stack keeps until they are in place."""
        writer = Writer(self._connection, self.catalog, compiler)
        lowered = replace(lowered, sql=self._ready(lowered.sql))
        if isinstance(tree.this, exp.Directory):
            return writer.directory(stack, tree.this.this.name, inserts.storage_of(tree), lowered)
        target = inserts.target_of(tree, self.context)
        return writer.insert(stack, replace(target, table=_held(target.table, compiler)), lowered)

    def _load(self, load: loads.Load, table: Table, **ways: bool) -> None:
        """LOAD DATA whose rows are inserted."""
        with loads.rows(load, table) as (read, spec):
            compiler = self._compiler(**ways)
            compiler.table = lambda database, name: read
            lowered = self._lowered(parse("SELECT * FROM loaded"), compiler)
            target = Target(_held(table, compiler), load.overwrite, spec)
            with self._reading(compiler), contextlib.ExitStack() as stack:
                writer = Writer(self._connection, self.catalog, compiler)
                place(writer.insert(stack, target, replace(lowered, sql=self._ready(lowered.sql))), self.catalog)

    def _create(self, statement: CreateTable, query: str) -> None:
        """CREATE TABLE AS: the table and its rows, at once."""
        if not statement.exists(self.context):
            table = statement.made(self.context)
            tree = with_names(self._named(parse(query, statement.query_line)))
            self._retried(partial(self._created, statement, table, tree))

    def _created(self, statement: CreateTable, table: Table, tree: exp.Expr, **ways: bool) -> None:
        lowered, compiler = self._for_files(tree, self._compiler(**ways))
        columns_of(lowered)
        lowered = replace(lowered, sql=self._ready(lowered.sql))
        with self._reading(compiler), contextlib.ExitStack() as stack:
            dynamic = dict.fromkeys(column.name for column in table.partition_columns)
            target = Target(_held(table, compiler), True, dynamic, [field.name for field in lowered.fields])
            written = Writer(self._connection, self.catalog, compiler).insert(stack, target, lowered)
            with self.catalog.transaction():
                statement.keep(table, self.context)
                place(written, self.catalog)


def _several(tree: exp.MultitableInserts, compiler: Compiler, ordered: bool = False) -> Several:
    """The queries of FROM ... INSERT ... INSERT; their rows in the order of one reducer, or in any."""
    selects = [insert.expression for insert in tree.expressions]
    return Queries(compiler).several(tree.args["source"], selects, tree.args.get("with_"), ordered)


def _held(table: Table, compiler: Compiler) -> Table:
    """A table that is written to, with nanoseconds where a statement has them."""
    return serdes.fine(table) if compiler.nanoseconds else table
