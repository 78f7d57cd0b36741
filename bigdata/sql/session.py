"""The public face of SQL: a session of a dialect on an engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from types import TracebackType
from typing import Any

from bigdata.errors import EngineNotInstalled, UnknownEngine, UnsupportedOption, UsageError
from bigdata.sql.hive.steps import Step
from bigdata.sql.results import Result, Results

#: dialect and engine -> the class that runs it, the packages that it needs, and the extra that brings them
BACKENDS = {
    ("hive", "duckdb"): ("bigdata.sql.hive.session:HiveOnDuckDB", ("sqlglot", "fastavro", "cryptography"), "sql"),
    ("hive", "spark"): ("bigdata.sql.hive.spark:HiveOnSpark", ("pyspark",), "spark"),
}
WAREHOUSE = "warehouse"


class Session:
    """SQL in a named dialect, over a catalog of tables that lasts in a folder.

    :param dialect: ``hive``
    :param engine: ``duckdb``, or ``spark``
    :param warehouse: the folder of the catalog and of managed tables; it is made where it is needed
    :param settings: what ``SET`` would give, such as ``{"hive.exec.dynamic.partition.mode": "nonstrict"}``
    :param variables: what ``${name}`` in a script stands for
    :param folders: folders and buckets to which the session is confined, besides the warehouse; by default to none
    :raises UnknownEngine: for a dialect or an engine that isn't here
    :raises EngineNotInstalled: where the engine's packages are missing; the message has the pip line

    >>> import tempfile
    >>> session = Session("hive", warehouse=tempfile.mkdtemp())
    >>> list(session.sql("CREATE TABLE t AS SELECT 7 / 2 AS half; SELECT half, cast('x' AS int) FROM t").lines())
    ['3.5\\tNULL']
    """

    def __init__(
        self,
        dialect: str,
        engine: str = "duckdb",
        warehouse: str | os.PathLike[str] = WAREHOUSE,
        settings: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        folders: Sequence[str] | None = None,
    ) -> None:
        backend = BACKENDS.get((dialect, engine))
        if backend is None:
            known = ", ".join(f"{one} on {other}" for one, other in BACKENDS)
            raise UnknownEngine(f"there is no {dialect} on {engine}; expected one of: {known}.")
        place, packages, extra = backend
        if missing := [name for name in packages if find_spec(name) is None]:
            raise EngineNotInstalled(f"{dialect} on {engine} needs {missing[0]}: pip install 'bigdata[{extra}]'")
        if "sqlglot" in packages and _is_compiled("sqlglot.parser"):
            raise EngineNotInstalled(f"{dialect} on {engine} can't use compiled sqlglot: pip uninstall sqlglotc")
        if folders is not None and engine != "duckdb":
            raise UnsupportedOption(
                f"{dialect} on {engine} can't be confined to folders. Leave out folders, or use duckdb."
            )
        module, _, name = place.partition(":")
        options = {} if folders is None else {"folders": folders}
        self._backend = getattr(import_module(module), name)(
            os.fspath(warehouse), settings or {}, variables or {}, **options
        )

    def sql(self, text: str) -> Results:
        """Run the statements of a script; gives the rows of those that have any.

        :raises UsageError: for a statement that is wrong; those before it have run
        """
        return Results(list(self.statements(text)))

    def statements(self, text: str) -> Iterator[Result]:
        """Run the statements of a script one after the other; each that gives rows gives a result."""
        for step in self.steps(text):
            result = step.run()
            if result is not None:
                yield result

    def steps(self, text: str, file: str = "") -> Iterator[Step]:
        """The statements of a script, each of which runs when it is told to, as a command line has them.

        :param file: the script's name, for errors
        """
        found: Iterator[Step] = self._backend.steps(text, file)
        return found

    def check(self, text: str, file: str = "") -> None:
        """Read the statements of a script, and of those that it names by ``source``, and run none.

        :param file: the script's name, for errors
        :raises UsageError: for one that can't be read, or can't run here
        """
        self._backend.check(text, file)

    def explain(self, text: str) -> str:
        """The SQL that the engine runs for a query."""
        explained: str = self._backend.explain(text)
        return explained

    def register(self, name: str, function: Callable[..., Any], takes: Sequence[str], gives: str) -> None:
        """Let queries call a Python function.

        :param takes: the types of its parameters, as Hive writes them
        :param gives: the type of what it gives
        :raises UsageError: for what is no type

        >>> import tempfile
        >>> session = Session("hive", warehouse=tempfile.mkdtemp())
        >>> session.register("twice", lambda text: text * 2, ["string"], "string")
        >>> list(session.sql("SELECT twice('ab'), twice(NULL)"))
        [('abab', None)]
        """
        if not name.isidentifier():
            raise UsageError(f"{name!r} is no name for a function. Use letters, digits and underscores.")
        self._backend.register(name, function, takes, gives)

    def close(self) -> None:
        """Let go of files and memory; temporary tables are gone."""
        self._backend.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _is_compiled(module: str) -> bool:
    """Whether a module is native code, whose classes can't be extended in Python."""
    found = find_spec(module)
    return found is not None and found.origin is not None and not found.origin.endswith(".py")
