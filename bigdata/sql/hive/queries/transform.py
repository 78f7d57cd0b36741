"""Rows through a script: SELECT TRANSFORM, MAP and REDUCE.

The rows are lines of text on the script's standard input, its lines of output are rows again. Fields are set apart by
tabs or as ROW FORMAT says, and NULL is ``\\N``. On the way in nested values are JSON, or delimited where ROW FORMAT
stands. Without AS a line is a key, and after its first tab a value.
The script runs each time that the rows are read, in a shell, with the files of ADD FILE under their names.
Source: Hive's LanguageManual Transform.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import IO, Any

from sqlglot import exp

from bigdata.errors import TaskFailed, UnsupportedStatement
from bigdata.sql.hive.ddl.storage import LAZY_SIMPLE, parse_row_format
from bigdata.sql.hive.ddl.tokens import Tokens
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.printing import json
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.literals import type_of
from bigdata.sql.hive.queries.scope import Field
from bigdata.sql.serdes import lazy
from bigdata.sql.serdes.delimited import Texts
from bigdata.sql.serdes.delimiters import Delimiters
from bigdata.sql.serdes.lines import Recode, utf8
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.sources import Source
from bigdata.sql.tables import Column, Storage
from bigdata.sql.types import STRING, HiveType, literal, quoted

_BATCH = 1 << 14


@dataclass
class Script(Source):
    """A command that rows go through, as a stream of the lines that it prints.

    :param sql: the query of its input, whose rows are lines
    :param run: gives the rows of a query, as an Arrow stream
    :param recode: makes UTF-8 of what the command prints
    :param files: what ADD FILE named: paths by their last part
    """

    command: str
    sql: str
    run: Callable[[str], Any]
    files: Mapping[str, str]
    recode: Recode = utf8

    def schema(self) -> Any:
        import pyarrow

        return pyarrow.schema([("line", pyarrow.string())])

    def batches(self) -> Iterator[Any]:
        import pyarrow

        for lines in _batches(self._lines()):
            yield pyarrow.record_batch([pyarrow.array(lines, pyarrow.string())], schema=self.schema())

    def _lines(self) -> Iterator[str]:
        command = " ".join(_placed(word, self.files) for word in _words(self.command))
        process = subprocess.Popen(
            command, shell=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdin and process.stdout and process.stderr
        errors: list[bytes] = []
        failures: list[BaseException] = []
        feed = Thread(target=self._feed, args=(process.stdin, failures), daemon=True)
        drain = Thread(target=lambda stream: errors.extend(stream), args=(process.stderr,), daemon=True)
        feed.start()
        drain.start()
        try:
            for line in process.stdout:
                yield self.recode(line.rstrip(b"\r\n")).decode()
            drain.join()
            status = process.wait()
            feed.join()
            for failure in failures:
                raise failure
            if status:
                said = errors[-1].decode("utf-8", "replace").strip() if errors else "it said nothing"
                raise TaskFailed(f"TRANSFORM: the script {self.command!r} ended with status {status}: {said}")
        finally:
            process.kill()
            process.wait()
            feed.join()

    def _feed(self, stdin: IO[bytes], failures: list[BaseException]) -> None:
        try:
            with stdin:
                for batch in self.run(self.sql):
                    stdin.writelines(f"{line}\n".encode() for line in batch.column(0).to_pylist())
        except BrokenPipeError:
            pass  # a script may end before it has read everything
        except BaseException as error:
            failures.append(error)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=False)
    except ValueError:
        return [command]


def _placed(word: str, files: Mapping[str, str]) -> str:
    """A word of a command; the name of a file that ADD FILE brought becomes its path."""
    name = word.removeprefix("./")
    return shlex.quote(files[name]) if name in files else word


def lowered(compiler: Compiler, node: exp.QueryTransform, expressions: Expressions, rows: str) -> Lowered:
    """TRANSFORM as a query over what the script gives.

    :param rows: FROM and WHERE of what goes in
    """
    if compiler.confined:
        raise UnsupportedStatement("TRANSFORM runs programs, which a session that is confined to folders can't have.")
    values: list[Typed] = []
    for value in node.expressions:
        if value.is_star:
            alias = value.table.lower() if isinstance(value, exp.Column) else ""
            values += [held.typed for _, held in expressions.scope.visible(alias)]
        else:
            values.append(expressions.typed(value))
    _check(node)
    row_format = node.args.get("row_format_before")
    before = Delimiters.of(_properties(row_format))
    cells = (_cell(value, before, as_json=row_format is None) for value in values)
    line = f" || {before.separator(0)} || ".join(cells)
    sql = compiler.read(f"SELECT {line} AS line{rows}")
    name = compiler.name("script")
    run = compiler.run
    assert run is not None
    columns, properties = _columns(compiler, node.args.get("schema")), _properties(node.args.get("row_format_after"))
    if node.args.get("schema") is None:
        properties = {**properties, "serialization.last.column.takes.rest": "true"}
    fields = lazy.fields(Portion(columns, Storage(), properties, (), name))
    compiler.sources[name] = Script(node.args["command_script"].name, sql, run, dict(compiler.files), fields.recode)
    listed = ", ".join(f"{sql} AS {quoted(column.name)}" for sql, column in zip(fields.columns, columns))
    made = f"SELECT {listed} FROM (SELECT {fields.record} AS f FROM {quoted(name)})"
    return Lowered(made, tuple(Field(column.name, column.type, column.name) for column in columns))


def _cell(value: Typed, delimiters: Delimiters, as_json: bool) -> str:
    """The text of a value in a script's input; bytes are text.

    :param as_json: whether nested values are JSON, rather than delimited
    """
    if value.type.fields and as_json:
        return f"CASE WHEN {value.sql} IS NULL THEN {literal(delimiters.null)} ELSE {json(value.sql, value.type)} END"
    if value.type.name == "binary":
        return f"coalesce(hive_binary_text({value.sql}), {literal(delimiters.null)})"
    return Texts(delimiters).text(value.sql, value.type, 1)


def is_in(node: exp.Select) -> bool:
    """Whether the rows of a query are what a script gives."""
    return any(item.find(exp.QueryTransform) for item in node.expressions)


def over_groups(node: exp.Select, transform: exp.QueryTransform, order: Sequence[exp.Ordered]) -> exp.Select:
    """TRANSFORM of aggregates as one of the rows of the query that folds.

    :param order: in which these come
    """
    inner, outer = node.copy(), transform.copy()
    inner.set("expressions", transform.expressions)
    for part in ("order", "sort", "cluster", "distribute", "limit", "offset"):
        inner.set(part, None)
    inner.set("order", exp.Order(expressions=order) if order else None)
    outer.set("expressions", [exp.Star()])
    made = exp.Select(expressions=[outer])
    made.set("from_", exp.From(this=exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("g")))))
    for part in ("order", "sort", "cluster", "distribute", "limit", "offset"):
        made.set(part, node.args.get(part))
    return made


def _columns(compiler: Compiler, schema: exp.Expr | None) -> tuple[Column, ...]:
    """The columns that a script's lines are cut to."""
    if schema is None:
        return Column("key", STRING), Column("value", STRING)
    members = schema.expressions if isinstance(schema, exp.Schema) else [schema]
    return tuple(Column(member.name.lower(), compiler.kind(_kind(member))) for member in members)


def _kind(member: exp.Expr) -> HiveType:
    kind = member.args.get("kind")
    return STRING if kind is None else type_of(kind)


def _check(node: exp.QueryTransform) -> None:
    """:raises UnsupportedStatement: for rows that aren't lines of text"""
    for part, known in (("record_writer", "TextRecordWriter"), ("record_reader", "TextRecordReader")):
        named = node.args.get(part)
        if named is not None and named.name.rpartition(".")[2] != known:
            raise UnsupportedStatement(f"TRANSFORM: {named.name}: a script's rows are lines of text. Use {known}.")


def _properties(node: exp.Expr | None) -> Mapping[str, str]:
    """What ROW FORMAT says of a script's rows."""
    if node is None:
        return {"field.delim": "\t"}
    tokens = Tokens(node.sql("hive"), 1)
    tokens.expect("ROW FORMAT")
    rows = parse_row_format(tokens)
    if rows.serde not in (None, LAZY_SIMPLE):
        raise UnsupportedStatement(f"TRANSFORM: {rows.serde}: a script's rows are delimited. Use LazySimpleSerDe.")
    return rows.properties
