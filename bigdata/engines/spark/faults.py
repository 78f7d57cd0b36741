"""How an error of a task reaches the driver as itself, and not as a Java stack trace.

Spark carries only the text of an exception from a task, so a task puts the error into the text, pickled.
"""

from __future__ import annotations

import base64
import logging
import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.logger import PySparkLogger

from bigdata.errors import BigdataError, ResourceError, TaskFailed, WorkerLost

_LOST = ("Python worker exited unexpectedly", "ExecutorLostFailure", "worker lost", "heartbeat")


class Carried(Exception):
    """An error on its way from a task to the driver."""


@contextmanager
def carried() -> Iterator[None]:
    """Make bigdata's errors readable for the driver; used in tasks."""
    try:
        yield
    except BigdataError as error:
        raise Carried(f"[[bigdata {base64.b64encode(pickle.dumps(error)).decode('ascii')}]]") from None


def cause_of(error: Exception) -> BigdataError | None:
    """The error that a task raised, out of Spark's error for it."""
    found = re.search(r"\[\[bigdata ([\w+/=]+)\]\]", str(error))
    return None if found is None else pickle.loads(base64.b64decode(found.group(1)))


@contextmanager
def explained(label: str) -> Iterator[None]:
    """Raise bigdata's errors in place of Spark's; used in the driver.

    :param label: how messages name the stage
    """
    loggers = PySparkLogger.getLogger("SQLQueryContextLogger"), logging.getLogger()
    for logger in loggers:
        logger.addFilter(_is_news)
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        raise cause_of(error) or _unforeseen(error, label) from None
    finally:
        for logger in loggers:
            logger.removeFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a log record isn't one of those by which pyspark and py4j show each error before they raise it."""
    return not any(library in record.pathname for library in ("py4j", "pyspark"))


def _unforeseen(error: Exception, label: str) -> BigdataError:
    text, trace = str(error), _trace(error)
    if any(sign in text for sign in _LOST):
        return WorkerLost(f"{label}: Spark lost a worker: {first_line(error)}")
    if trace is not None:
        return TaskFailed(f"{label}: a task failed: {trace.splitlines()[-1]}", trace)
    return ResourceError(f"{label}: Spark failed: {first_line(error)}")


def _trace(error: Exception) -> str | None:
    """The Python traceback of a task in Spark's text for it, if it has one."""
    _, begun, trace = str(error).partition("Traceback (most recent call last)")
    return (begun + re.split(r"\n\s+at |\n\n| SQLSTATE:", trace)[0]).strip() if begun else None


def first_line(error: Exception) -> str:
    """What Spark says, in one line without its classes; the exception itself where Python raised it in a task."""
    trace = _trace(error)
    if trace is not None:
        return trace.splitlines()[-1]
    text = str(getattr(error, "java_exception", error)).strip()
    return re.sub(r"^(?:[\w.$]+(?:Exception|Error): )+", "", text.splitlines()[0]) if text else type(error).__name__
