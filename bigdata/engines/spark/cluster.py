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
from pyspark import SparkConf, SparkContext, SparkFiles
from pyspark.sql import SparkSession

import bigdata
from bigdata import storage
from bigdata.engines.base import Settings
from bigdata.engines.shipping import Shipped
from bigdata.engines.spark import launch
from bigdata.engines.spark.tasks import ShippedFile
from bigdata.errors import UsageError
from bigdata.explain import explain
from bigdata.package import package_zip
from bigdata.plan import Plan
from bigdata.tasks import JobSpec

#: what was sent to which application
_sent: set[tuple[str, str]] = set()


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
                self._session = launch.started(self._conf())
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

    def _conf(self) -> dict[str, str]:
        warehouse = os.path.join(self._settings.tmp_dir, "warehouse")
        conf = launch.configuration(self._plan.name, self._master, self._settings.tmp_dir)
        return {**conf, "spark.sql.warehouse.dir": warehouse, **self._given}

    def _stop(self) -> None:
        if self._session is not None and self._owned:
            self._session.stop()
        self._session = None

    def shipped(self, spec: JobSpec) -> Shipped:
        """The job's spec for tasks; its modules travel to executors that can't import them."""
        shipped = Shipped(spec)
        if not (self._owned and launch.is_local(self._master)):
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
            with launch.python(self._master), self._defaults(spec) if alone else nullcontext():
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
        if not launch.is_local(self._master):
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
