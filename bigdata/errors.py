"""Every error that the library raises on purpose.

    BigdataError
    ├── UsageError            the job was asked for in a way that can't work
    │   ├── UnknownEngine         no engine has that name
    │   ├── EngineNotInstalled    the engine's library is missing: the message holds its pip line
    │   ├── UnsupportedPlan       the engine can't run this job, and says which one can
    │   ├── UnsupportedOption     the engine has no such option
    │   ├── InputNotFound         no file matches an input path
    │   ├── OutputExists          the output directory already holds something
    │   ├── SqlSyntaxError        a statement can't be read
    │   ├── UnsupportedStatement  a statement that is understood can't run here, and says what to do instead
    │   └── NameNotFound          no database, column, partition or function has that name
    │       └── TableNotFound         no table or view has it
    ├── InputError            a file can't be read: missing rights, a corrupt .gz
    ├── JobError              the job's own code went wrong on a record
    │   ├── BadPair               a mapper or reducer yielded something else than (key, value)
    │   ├── DecodeError           a protocol could not read a record
    │   ├── EncodeError           a protocol could not write a pair
    │   ├── TaskFailed            the code raised; holds the user's own frames
    │   └── TooManyErrors         more records failed than --max-errors allows
    └── ResourceError         the machine gave out
        ├── DiskFull              no space left for spills or output
        ├── MemoryLimit           the work does not fit under --memory-limit
        └── WorkerLost            a worker process was killed, four times over

Each message is one line: where, what was expected, what came, what to do. Each error survives pickling, because
tasks raise them in other processes.
"""

from __future__ import annotations


class BigdataError(Exception):
    """The root of the tree; ``str(error)`` is the line to show to a user.

    ``line`` is the number, in its task and from 1, of the record that it was raised on, where it is known;
    ``explained`` says that the message already has all that the task can say.
    """

    line: int | None = None
    explained = False


class UsageError(BigdataError):
    """The job was asked for in a way that can't work."""


class UnknownEngine(UsageError):
    """No engine has that name."""


class EngineNotInstalled(UsageError):
    """The engine's library is missing."""


class UnsupportedPlan(UsageError):
    """The engine can't run this job."""


class UnsupportedOption(UsageError):
    """The engine has no such option."""


class InputNotFound(UsageError):
    """No file matches an input path."""


class OutputExists(UsageError):
    """The output directory already holds something."""


class SqlSyntaxError(UsageError):
    """A statement can't be read."""


class UnsupportedStatement(UsageError):
    """A statement that is understood can't run here."""


class NameNotFound(UsageError):
    """No database, column, partition or function has that name."""


class TableNotFound(NameNotFound):
    """No table or view has that name."""


class InputError(BigdataError):
    """An input file can't be read to its end."""


class JobError(BigdataError):
    """The job's own code went wrong on a record."""


class BadPair(JobError):
    """A mapper or reducer yielded something else than (key, value)."""


class DecodeError(JobError):
    """A protocol could not read a record."""


class EncodeError(JobError):
    """A protocol could not write a pair."""


class TaskFailed(JobError):
    """The job's code raised an exception.

    :param message: the line to show: where, and what was raised
    :param frames: the traceback, from the user's own first frame on
    """

    def __init__(self, message: str, frames: str = "") -> None:
        super().__init__(message, frames)
        self.message = message
        self.frames = frames

    def __str__(self) -> str:
        return self.message + ("\n" + self.frames.rstrip() if self.frames else "")


class TooManyErrors(JobError):
    """More records failed than ``--max-errors`` allows."""


class ResourceError(BigdataError):
    """The machine gave out."""


class DiskFull(ResourceError):
    """No space is left for spills or output."""


class MemoryLimit(ResourceError):
    """The work does not fit under ``--memory-limit``."""


class WorkerLost(ResourceError):
    """A worker process was killed as often as a task may be tried."""
