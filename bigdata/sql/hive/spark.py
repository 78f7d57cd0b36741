"""A session of Hive on Spark: the same scripts, run by Spark SQL, from local[2] to a cluster.

Spark SQL is not Hive. Its settings here are those under which it is nearest; where it still differs, its answer stands:
``tests/sql/differential/differences.py`` lists where. DESCRIBE, EXPLAIN and SHOW CREATE TABLE print what Spark says.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow
from pyspark import SparkContext
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession, functions

from bigdata.engines.spark import launch
from bigdata.engines.spark.faults import explained
from bigdata.errors import (
    NameNotFound,
    ResourceError,
    SqlSyntaxError,
    TableNotFound,
    TaskFailed,
    UsageError,
    WorkerLost,
)
from bigdata.sql.hive import resources, script, settings
from bigdata.sql.hive.context import Configuration
from bigdata.sql.hive.dfs import FileCommand
from bigdata.sql.hive.spark_forms import as_spark
from bigdata.sql.hive.spark_functions import STATEMENTS
from bigdata.sql.hive.steps import Runner, Step, located, steps, text_of
from bigdata.sql.results import Result, of_answer
from bigdata.sql.tables import Column
from bigdata.sql.types import YEAR_MONTH, HiveType, parse_type
from bigdata.storage import is_uri

_WAREHOUSE, _CATALOG = "spark.sql.warehouse.dir", "spark.sql.catalogImplementation"
_METASTORE = "spark.hadoop.javax.jdo.option.ConnectionURL"
#: what brings Spark SQL near to Hive
_AS_HIVE = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.groupByOrdinal": "false",
    "spark.sql.legacy.createHiveTableByDefault": "true",
    "spark.sql.legacy.notReserveProperties": "true",
    "spark.sql.legacy.timeParserPolicy": "LEGACY",
    "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.storeAssignmentPolicy": "LEGACY",
    "spark.sql.variable.substitute": "false",
}
#: the errors for what Spark's analyser says, by how the name of its condition begins
_ERRORS = {
    "PARSE_": SqlSyntaxError,
    "TABLE_OR_VIEW_NOT_FOUND": TableNotFound,
    "SCHEMA_NOT_FOUND": NameNotFound,
    "PARTITIONS_NOT_FOUND": NameNotFound,
    "UNRESOLVED_": NameNotFound,
}
_UNKNOWN_FUNCTION = ("UNRESOLVED_ROUTINE", "ROUTINE_NOT_FOUND")
#: statements that aren't for Spark; it has ADD FILE and ADD JAR itself
_SHELL = re.compile(r"(quit|exit|source|dfs|!)", re.IGNORECASE)
#: of a table that may be missing, which Hive passes over
_DROP = re.compile(r"^(DROP\s+(?:TABLE|VIEW)\s+)(?!IF\s)", re.IGNORECASE)
_TEMPORARY = re.compile(
    r"CREATE\s+(?P<temporary>TEMPORARY\s+)TABLE\s+(IF\s+NOT\s+EXISTS\s+)?(?P<name>[\w.`]+)", re.IGNORECASE
)
#: a relative path, which Spark takes from where Java was started, or from the warehouse
_RELATIVE = re.compile(r"(\b(?:LOCATION|INPATH|DIRECTORY)\s+)(['\"])(?![\w+.-]+:|/)(.+?)\2", re.IGNORECASE)
_WITH_PATHS = re.compile(r"(CREATE|ALTER|LOAD|INSERT|FROM|WITH)\b", re.IGNORECASE)
_DESCRIBE = re.compile(r"DESC(RIBE)?\s+(?!FUNCTION|DATABASE|SCHEMA)", re.IGNORECASE)
_SHOW_NAMES = re.compile(r"SHOW\s+(TABLES|VIEWS)\b", re.IGNORECASE)
#: Spark's names of types that Hive names otherwise
_TYPES = (
    (re.compile(r"\binterval (year|month)( to month)?\b"), "interval_year_month"),
    (re.compile(r"\binterval (day|hour|minute|second)( to \w+)?\b"), "interval_day_time"),
    (re.compile(r"\btimestamp_ntz\b"), "timestamp"),
)


class HiveOnSpark:
    """Runs HiveQL on Spark; :class:`bigdata.Session` is its public face.

    The first session starts Spark, and stops it when it is closed; those that come meanwhile share it. A Spark that
    runs in this process already is used if it has Hive's catalog, in the same warehouse.

    :param warehouse: the folder of managed tables, and of Derby's metastore if no setting names another
    :param given: what SET would give, and what Spark is to be started with; ``spark.master`` is ``local[2]`` by default
    :raises EngineNotInstalled: where there is no Java
    :raises ResourceError: when Spark doesn't start
    :raises UsageError: when the Spark of this process isn't what is asked for
    """

    def __init__(self, warehouse: str, given: Mapping[str, str], variables: Mapping[str, str]) -> None:
        self._configuration = Configuration(settings=dict(given), variables=dict(variables))
        wanted = {_CATALOG: "hive", _WAREHOUSE: _absolute(warehouse), **given}
        self._owned = SparkContext._active_spark_context is None
        self._session = _started(wanted) if self._owned else _shared(wanted)
        self._temporary: set[str] = set()
        self._is_local = launch.is_local(str(self._session.sparkContext.master))
        for name, value in {**_AS_HIVE, **given}.items():
            if not self._is_fixed(name):
                self._session.conf.set(name, value)

    def close(self) -> None:
        """Drop temporary tables, and stop Spark if this session has started it."""
        for name in self._temporary:
            self._session.sql(f"DROP TABLE IF EXISTS {name}")
        if self._owned:
            self._session.stop()

    def steps(self, text: str, file: str = "") -> Iterator[Step]:
        """The statements of a script up to ``quit``, with those of files that ``source`` names; each is yet to run."""
        return steps(text, Runner(self._parsed, self._statement), file)

    def check(self, text: str, file: str = "") -> None:
        """Read the statements of a script and run none.

        :raises SqlSyntaxError: for one that can't be read
        """
        parser = self._session._jsparkSession.sessionState().sqlParser()
        for statement in script.statements(text):
            with located(file, statement.line), _told():
                parsed = self._parsed(statement.text, statement.line)
                if isinstance(parsed, str):
                    parser.parsePlan(as_spark(parsed))
            if isinstance(parsed, resources.Source):
                self.check(text_of(parsed.path), parsed.path)

    def explain(self, text: str) -> str:
        """The plan by which Spark runs a query."""
        with _told():
            return str(self._session.sql(f"EXPLAIN FORMATTED {text.rstrip().rstrip(';')}").collect()[0][0])

    def register(self, name: str, function: Callable[..., Any], takes: Sequence[str], gives: str) -> None:
        """Let queries call a Python function; NULL among its arguments gives NULL."""
        kinds, result = [parse_type(kind) for kind in takes], parse_type(gives)

        def strict(*arguments: Any) -> Any:
            return None if any(argument is None for argument in arguments) else function(*arguments)

        # Spark gives a Python function what comes; it is a function in SQL that converts its arguments
        native = f"hive_session_{name.lower()}"
        places = [f"a{number}" for number in range(len(kinds))]
        parameters = ", ".join(f"{place} {kind}" for place, kind in zip(places, kinds))
        with _told():
            self._session.udf.register(native, strict, str(result))
            self._session.sql(
                f"CREATE OR REPLACE TEMPORARY FUNCTION {name}({parameters}) RETURNS {result}"
                f" RETURN {native}({', '.join(places)})"
            )

    def _parsed(self, text: str, line: int) -> Any:
        """A setting or a word to the shell as data, or the text of a statement for Spark."""
        if (setting := settings.parse(text)) is not None:
            return setting
        text = script.substituted(text, self._configuration)
        return (resources.parse(text) if _SHELL.match(text) else None) or text

    def _statement(self, parsed: Any) -> Result | None:
        if isinstance(parsed, FileCommand):
            return of_answer(resources.run(parsed, resources.Resources()))
        if isinstance(parsed, settings.Setting):
            return self._set(parsed)
        if self._configuration.setting("hive.exec.drop.ignorenonexistent") == "true":
            parsed = _DROP.sub(r"\1IF EXISTS ", parsed)
        if self._is_local and _WITH_PATHS.match(parsed):
            parsed = _RELATIVE.sub(lambda found: f"{found[1]}'{os.path.abspath(found[3])}'", parsed)
        parsed = as_spark(parsed)
        with _told():
            if (temporary := _TEMPORARY.match(parsed)) is not None:
                self._create_temporary(parsed, temporary)
                return None
            return _result(_as_hive(parsed, self._sql(parsed)))

    def _sql(self, text: str) -> DataFrame:
        """A statement, for which functions that Spark lacks are made when it names them."""
        while True:
            try:
                return self._session.sql(text)
            except AnalysisException as error:
                if error.getCondition() not in _UNKNOWN_FUNCTION:
                    raise
                named = (error.getMessageParameters() or {})["routineName"]
                name = named.rpartition(".")[2].strip("`").lower()
                if name not in STATEMENTS or self._session.catalog.functionExists(name):
                    raise
                self._session.sql(STATEMENTS[name])

    def _create_temporary(self, text: str, found: re.Match[str]) -> None:
        """Make a temporary table, which Spark has not: a table that goes with the session, beside none of its name."""
        name = found["name"] if "." in found["name"] else f"{self._session.catalog.currentDatabase()}.{found['name']}"
        is_new = not self._session.catalog.tableExists(name)
        self._session.sql(text[: found.start("temporary")] + text[found.end("temporary") :])
        if is_new:
            self._temporary.add(name)

    def _set(self, statement: settings.Setting) -> Result | None:
        """Run SET or RESET, and tell Spark of what changed."""
        held = self._configuration.settings
        before = dict(held)
        answer = statement.run(self._configuration)
        for name in before.keys() | held.keys():
            if before.get(name) == held.get(name):
                continue
            if self._is_fixed(name):
                raise UsageError(f"{name} is for the start of Spark. Give it to Session(..., settings=...) instead.")
            if name in held:
                self._session.conf.set(name, held[name])
            else:
                self._session.conf.unset(name)
        return of_answer(answer)

    def _is_fixed(self, name: str) -> bool:
        """Whether a setting of Spark can't be changed when it runs."""
        return name.startswith("spark.") and not self._session.conf.isModifiable(name)


def _started(wanted: Mapping[str, str]) -> SparkSession:
    """A Spark of its own, with its metastore in the warehouse."""
    warehouse = wanted[_WAREHOUSE]
    with tempfile.TemporaryDirectory() as folder:
        conf = launch.configuration("bigdata", wanted.get("spark.master", "local[2]"), folder)
        # Python functions get timestamps in the time zone of their process
        conf["spark.executorEnv.TZ"] = "UTC"
        if not is_uri(warehouse):
            os.makedirs(warehouse, exist_ok=True)
            conf[_METASTORE] = f"jdbc:derby:;databaseName={warehouse}/metastore_db;create=true"
        session = launch.started(
            {**conf, **{name: value for name, value in wanted.items() if name.startswith("spark.")}}
        )
    if not is_uri(warehouse):
        assert SparkContext._jvm is not None
        SparkContext._jvm.java.lang.System.setProperty("derby.stream.error.file", f"{warehouse}/derby.log")
    return session


def _shared(wanted: Mapping[str, str]) -> SparkSession:
    """A session of the Spark that runs in this process.

    :raises UsageError: if that was started with other settings, which can't be changed
    """
    active = SparkSession.builder.getOrCreate()
    for name, value in wanted.items():
        if name.startswith("spark.") and not active.conf.isModifiable(name):
            has = active.conf.get(name, None)
            if has not in (value, f"file:{value}"):
                raise UsageError(
                    f"the Hive session wants {name}={value}, and the Spark session of this process has {has}."
                    " Stop that session first, or give it the same."
                )
    return active.newSession()


def _absolute(path: str) -> str:
    """A path of this machine, which Spark shows as a URI, or a remote URI as it is."""
    return path if is_uri(path) else os.path.abspath(re.sub("^file:/+", "/", path))


def _as_hive(text: str, frame: DataFrame) -> DataFrame:
    """What Spark answers to a statement, in the columns of Hive's answer."""
    if _SHOW_NAMES.match(text):
        return frame.drop("namespace", "isTemporary")
    if _DESCRIBE.match(text):
        cells = [functions.coalesce(frame[name], functions.lit("")) for name in frame.columns]
        return frame.select(*(functions.format_string("%-20s", cell) for cell in cells)).toDF(*frame.columns)
    return frame


def _result(frame: DataFrame) -> Result | None:
    """The rows of a statement; ``None`` if it has no columns."""
    if not frame.columns:
        return None
    columns = [Column(field.name, _type(field.dataType.simpleString())) for field in frame.schema.fields]
    places = [f"c{number}" for number in range(len(columns))]
    months = {
        place: functions.expr(f"12 * extract(YEAR FROM {place}) + extract(MONTH FROM {place})")
        for place, column in zip(places, columns)
        if column.type == YEAR_MONTH  # Spark has no form of it for Arrow
    }
    table = frame.toDF(*places).withColumns(months).toArrow()
    arrays = [
        _months(array) if place in months else array.cast(_without_zone(array.type))
        for place, array in zip(places, table.columns)
    ]
    return Result(columns, pyarrow.Table.from_arrays(arrays, names=places))


def _type(text: str) -> HiveType:
    """Hive's type for Spark's name of one."""
    for spark, hive in _TYPES:
        text = spark.sub(hive, text)
    return parse_type(text)


def _months(counts: Any) -> Any:
    """Numbers of months as intervals."""
    values = [None if count is None else pyarrow.MonthDayNano([count, 0, 0]) for count in counts.to_pylist()]
    return pyarrow.array(values, pyarrow.month_day_nano_interval())


def _without_zone(kind: Any) -> Any:
    """An Arrow type with Hive's timestamps, which have no time zone; that of NULL is text."""
    types = pyarrow.types
    if types.is_timestamp(kind):
        return pyarrow.timestamp("us")
    if types.is_null(kind):
        return pyarrow.string()
    if types.is_list(kind):
        return pyarrow.list_(_without_zone(kind.value_type))
    if types.is_map(kind):
        return pyarrow.map_(_without_zone(kind.key_type), _without_zone(kind.item_type))
    if types.is_struct(kind):
        return pyarrow.struct([(member.name, _without_zone(member.type)) for member in kind])
    return kind


@contextmanager
def _told() -> Iterator[None]:
    """Spark's errors in one line, as ours."""
    try:
        with explained("the query"):
            try:
                yield
            except AnalysisException as error:
                raise _wrong(error) from None
    except WorkerLost:
        raise
    except ResourceError as error:
        raise TaskFailed(str(error)) from None


def _wrong(error: AnalysisException) -> UsageError:
    """What Spark's parser or analyser says of a statement."""
    condition = error.getCondition() or ""
    kind = next((kind for start, kind in _ERRORS.items() if condition.startswith(start)), UsageError)
    return kind(re.split(r"\s*SQLSTATE|;? line \d+ pos", str(error).strip().splitlines()[0])[0])
