"""How Spark is started in this process: quiet, on this Python, and reached from this machine alone if its master is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from bigdata.engines.spark.faults import first_line
from bigdata.errors import EngineNotInstalled, ResourceError

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


def configuration(name: str, master: str, folder: str) -> dict[str, str]:
    """What Spark is started with by default.

    :param name: of the application
    :param master: the master's URL
    :param folder: where the configuration of logging is written
    """
    log = os.path.join(folder, "log4j2.properties")
    os.makedirs(folder, exist_ok=True)
    with open(log, "w", encoding="utf-8") as file:
        file.write(_QUIET)
    conf = {
        "spark.app.name": name,
        "spark.master": master,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{log}",
    }
    if is_local(master):
        conf["spark.executorEnv.PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
        conf["spark.driver.host"] = conf["spark.driver.bindAddress"] = "127.0.0.1"
    return conf


def is_local(master: str) -> bool:
    """Whether the executors run on this machine and reach what this process can import."""
    return master.startswith("local")


def started(conf: Mapping[str, str]) -> SparkSession:
    """The session of a Spark that starts now.

    :raises EngineNotInstalled: where there is no Java
    :raises ResourceError: when Spark doesn't start
    """
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise EngineNotInstalled("the spark engine needs Java: install a JDK, 17 or later, or set JAVA_HOME.")
    builder = SparkSession.builder
    for name, value in conf.items():
        builder = builder.config(name, value)
    master = conf["spark.master"]
    with python(master):
        try:
            return builder.getOrCreate()
        except (PySparkException, Py4JJavaError, OSError) as error:
            raise ResourceError(f"Spark on {master} doesn't start: {first_line(error)}") from None


@contextmanager
def python(master: str) -> Iterator[None]:
    """Let Spark start this Python on this machine, unless PYSPARK_PYTHON names another; it asks the environment."""
    if not is_local(master) or "PYSPARK_PYTHON" in os.environ:
        yield
        return
    os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        yield
    finally:
        del os.environ["PYSPARK_PYTHON"]
