"""Rows through a script: SELECT TRANSFORM, MAP and REDUCE.

The rows are lines of text on the script's standard input, its lines of output are rows again. Fields are set apart by
tabs or as ROW FORMAT DELIMITED says, NULL is ``\\N``; without AS a line is a key, and after its first tab a value.
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
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.literals import type_of
from bigdata.sql.hive.queries.scope import Field
from bigdata.sql.sources import Source
from bigdata.sql.types import STRING, HiveType, literal, quoted

_NULL = r"\N"
_BATCH = 1 << 14


@dataclass
class Script(Source):
    """A command that rows go through, as a stream of the lines that it prints.

    :param sql: the query of its input, whose rows are lines
    :param run: gives the rows of a query, as an Arrow stream
    :param files: what ADD FILE named: paths by their last part
    """

    command: str
    sql: str
    run: Callable[[str], Any]
    files: Mapping[str, str]

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
                yield line.rstrip(b"\r\n").decode("utf-8", "replace")
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
    values: list[Typed] = []
    for value in node.expressions:
        if value.is_star:
            alias = value.table.lower() if isinstance(value, exp.Column) else ""
            values += [held.typed for _, held in expressions.scope.visible(alias)]
        else:
            values.append(expressions.typed(value))
    before, after = _delimiter(node.args.get("row_format_before")), _delimiter(node.args.get("row_format_after"))
    fields = [f"coalesce({expressions.as_type(value, STRING, 'TRANSFORM')}, {literal(_NULL)})" for value in values]
    sql = compiler.read(f"SELECT concat_ws({literal(before)}, {', '.join(fields)}) AS line{rows}")
    name = compiler.name("script")
    run = compiler.run
    assert run is not None
    command = node.args["command_script"].name
    compiler.sources[name] = Script(command, sql, run, dict(compiler.files))
    return _columns(compiler, node.args.get("schema"), name, after)


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


def _columns(compiler: Compiler, schema: exp.Expr | None, name: str, delimiter: str) -> Lowered:
    """The columns that a script's lines are cut to."""
    pieces = f"string_split({quoted(name)}.line, {literal(delimiter)})"
    if schema is None:
        value = f"nullif(array_to_string({pieces}[2:], {literal(delimiter)}), '')"
        taken: Sequence[tuple[str, str, HiveType]] = [("key", f"{pieces}[1]", STRING), ("value", value, STRING)]
    else:
        members = schema.expressions if isinstance(schema, exp.Schema) else [schema]
        taken = [
            (member.name.lower(), f"{pieces}[{number}]", compiler.kind(_kind(member)))
            for number, member in enumerate(members, start=1)
        ]
    columns, fields = [], []
    for column, piece, kind in taken:
        sql = cast(f"nullif({piece}, {literal(_NULL)})", STRING, kind)
        if sql is None:
            raise UnsupportedStatement(f"TRANSFORM ... AS ({column} {kind}): a script gives simple types only.")
        columns.append(f"{sql} AS {quoted(column)}")
        fields.append(Field(column, kind, column))
    return Lowered(f"SELECT {', '.join(columns)} FROM {quoted(name)}", tuple(fields))


def _kind(member: exp.Expr) -> HiveType:
    kind = member.args.get("kind")
    return STRING if kind is None else type_of(kind)


def _delimiter(node: exp.Expr | None) -> str:
    if node is None:
        return "\t"
    if not isinstance(node, exp.RowFormatDelimitedProperty):
        raise UnsupportedStatement("TRANSFORM: only ROW FORMAT DELIMITED is known for a script's rows.")
    fields = node.args.get("fields")
    text = fields.name if fields is not None else "\x01"
    return chr(int(text)) if text.isdecimal() and len(text) > 1 else text
