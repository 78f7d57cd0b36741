"""The Spark that a run uses: a session of its own, started when the first stage needs it, or one that is active."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import cloudpickle
import mrjob
from py4j.protocol import Py4JJavaError
from pyspark import SparkConf, SparkContext, SparkFiles
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import bigdata
from bigdata import storage
from bigdata.engines.base import Settings
from bigdata.engines.shipping import Shipped
from bigdata.engines.spark.faults import first_line
from bigdata.engines.spark.tasks import ShippedFile
from bigdata.errors import EngineNotInstalled, ResourceError, UsageError
from bigdata.explain import explain
from bigdata.package import package_zip
from bigdata.plan import Plan
from bigdata.tasks import JobSpec

#: what was sent to which application
_sent: set[tuple[str, str]] = set()
_QUIET = """
rootLogger.level = fatal
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = fatal
"""


class Cluster:
    """Spark, as one run of a plan sees it; a context manager that stops what it has started.

    :param master: the master's URL
    """

    def __init__(self, plan: Plan, master: str, settings: Settings) -> None:
        self._plan, self._master, self._settings = plan, master, settings
        self._session: SparkSession | None = None
        self._owned = False
        self._given = {
            str(name): str(value)
            for stage in plan.stages
            for name, value in stage.jobconf.items()
            if str(name).startswith("spark.")
        }

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    @property
    def session(self) -> SparkSession:
        """The session, started when it is first asked for.

        :raises EngineNotInstalled: where there is no Java
        :raises ResourceError: when Spark doesn't start
        :raises UsageError: when another session is active, and can't be what was asked for
        """
        if self._session is None:
            active = SparkContext._active_spark_context
            self._owned = active is None
            if active is None:
                self._session = self._start()
            else:
                self._check(active)
                self._session = SparkSession.builder.getOrCreate()
        return self._session

    def _check(self, active: SparkContext) -> None:
        wanted = {**self._given, **({"spark.master": self._settings.master} if self._settings.master else {})}
        for name, value in wanted.items():
            if active.getConf().get(name) != value:
                raise UsageError(
                    f"{self._plan.name} wants {name}={value}, and the Spark session of this process has"
                    f" {active.getConf().get(name)}. Stop that session first, or give it the same."
                )

    def _start(self) -> SparkSession:
        if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
            raise EngineNotInstalled("the spark engine needs Java: install a JDK, 17 or later, or set JAVA_HOME.")
        builder = SparkSession.builder
        for name, value in self._conf().items():
            builder = builder.config(name, value)
        with self._python():
            try:
                return builder.getOrCreate()
            except (PySparkException, Py4JJavaError, OSError) as error:
                raise ResourceError(f"Spark on {self._master} doesn't start: {first_line(error)}") from None

    def _conf(self) -> dict[str, str]:
        log = os.path.join(self._settings.tmp_dir, "log4j2.properties")
        os.makedirs(self._settings.tmp_dir, exist_ok=True)
        with open(log, "w", encoding="utf-8") as file:
            file.write(_QUIET)
        conf = {
            "spark.app.name": self._plan.name,
            "spark.master": self._master,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "FATAL",
            "spark.sql.warehouse.dir": os.path.join(self._settings.tmp_dir, "warehouse"),
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{log}",
        }
        if self._is_local:
            conf["spark.executorEnv.PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
            conf["spark.driver.host"] = conf["spark.driver.bindAddress"] = "127.0.0.1"
        return {**conf, **self._given}

    @property
    def _is_local(self) -> bool:
        """Whether the executors run on this machine and reach what this process can import."""
        return self._master.startswith("local")

    @contextmanager
    def _python(self) -> Iterator[None]:
        """Let Spark start this Python on this machine, unless PYSPARK_PYTHON names another; it asks the environment."""
        if not self._is_local or "PYSPARK_PYTHON" in os.environ:
            yield
            return
        os.environ["PYSPARK_PYTHON"] = sys.executable
        try:
            yield
        finally:
            del os.environ["PYSPARK_PYTHON"]

    def _stop(self) -> None:
        if self._session is not None and self._owned:
            self._session.stop()
        self._session = None

    def shipped(self, spec: JobSpec) -> Shipped:
        """The job's spec for tasks; its modules travel to executors that can't import them."""
        shipped = Shipped(spec)
        if not (self._owned and self._is_local):
            context = self.session.sparkContext
            for path in self._packages(shipped):
                if (context.applicationId, path) not in _sent:
                    _sent.add((context.applicationId, path))
                    context.addPyFile(path)
        return shipped

    def _packages(self, shipped: Shipped) -> list[str]:
        paths = [package_zip(os.path.dirname(str(module.__file__))) for module in (bigdata, mrjob, cloudpickle)]
        if shipped.path is not None:
            paths.append(shipped.path)
            shipped.module, shipped.path = os.path.splitext(os.path.basename(shipped.path))[0], None
        elif shipped.module is not None:
            paths += _package_of(shipped.module)
        return paths

    def files(self) -> tuple[ShippedFile, ...]:
        """Bring the run's files and archives to the executors."""
        settings = self._settings
        kinds = ((settings.files, False), (settings.archives, True))
        return tuple(
            self._send(name, path, archive) for named, archive in kinds for name, path in sorted(named.items())
        )

    def _send(self, name: str, path: str, archive: bool) -> ShippedFile:
        # Spark's files share one name space, so each goes under a name of its own
        sent_as = f"{self._settings.job_id}-{'archive' if archive else 'file'}-{name}"
        context = self.session.sparkContext
        # an executor may fetch it as long as Spark lives, so it must last as long
        copy = os.path.join(SparkFiles.getRootDirectory(), "sent", sent_as)
        if not os.path.exists(copy):
            with storage.disk_errors(copy):
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copy(path, copy)
            context.addFile(copy)
        return ShippedFile(name, sent_as, archive)

    def step(self, spec: JobSpec, number: int, inputs: Sequence[str], output: str) -> list[str]:
        """Run the job's ``spark(input, output)`` in this process; gives the files of its output.

        The method makes its session as it likes, and finds there what this run was asked for.
        """
        if self._owned:
            self._stop()
        alone = SparkContext._active_spark_context is None
        job = spec.build(number, "spark", (",".join(map(_uri, inputs)), _uri(output)))
        try:
            with self._python(), self._defaults(spec) if alone else nullcontext():
                job.run_spark(number)
        except Exception as error:
            raise explain(error, self._plan.label(number), "spark", "") from error
        finally:
            if alone and SparkContext._active_spark_context is not None:
                SparkContext._active_spark_context.stop()
        return [file.path for file in storage.list_inputs([output])]

    @contextmanager
    def _defaults(self, spec: JobSpec) -> Iterator[None]:
        """Let sessions that are made here have the run's configuration, as spark-submit gives it to a script."""
        settings, conf = self._settings, self._conf()
        if not self._is_local:
            conf["spark.submit.pyFiles"] = ",".join(self._packages(Shipped(spec)))
        sent = [conf.get("spark.files"), conf.get("spark.submit.pyFiles"), *settings.files.values()]
        conf["spark.files"] = ",".join(filter(None, sent))
        conf["spark.archives"] = ",".join(f"{path}#{name}" for name, path in settings.archives.items())
        conf.update({f"spark.executorEnv.{name}": value for name, value in settings.cmdenv.items()})
        SparkContext._ensure_initialized(conf=SparkConf(loadDefaults=False).setAll(list(self._conf().items())))
        assert SparkContext._jvm is not None
        system = SparkContext._jvm.java.lang.System
        for name, value in conf.items():
            system.setProperty(name, value)
        try:
            yield
        finally:
            for name in conf:
                system.clearProperty(name)


def _uri(path: str) -> str:
    return path if storage.is_uri(path) else f"file://{path}"


def _package_of(name: str) -> list[str]:
    """The file, or a zip of the package, that holds the module `name`; none for a module that has no file."""
    module: Any = sys.modules.get(name.partition(".")[0], sys.modules["__main__"])
    if getattr(module, "__path__", None):
        return [package_zip(next(iter(module.__path__)))]
    return [str(module.__file__)] if getattr(module, "__file__", None) else []
