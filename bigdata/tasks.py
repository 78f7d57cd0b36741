"""What one task does, on every engine that runs tasks itself: feed records to the job, and its pairs to a sink.

The functions here know nothing of files, workers or shuffles. A *sink* takes the pairs that one call of the job's
code gave, as an iterable, and consumes it: into a fold table, a spill buffer or an output file.
"""

import io
import itertools
import os
import shlex
import subprocess
import threading
import traceback
from dataclasses import dataclass
from operator import itemgetter

import mrjob

from bigdata.codecs import is_keyless, join, pair_decoder, split
from bigdata.errors import BadPair, BigdataError, DecodeError, EncodeError, ResourceError, TaskFailed

_LIBRARIES = tuple(os.path.join(os.path.dirname(os.path.abspath(path)), "") for path in (__file__, mrjob.__file__))
COUNTER_GROUP = "bigdata"


@dataclass(frozen=True)
class JobSpec:
    """How a task builds its job: the class, and the arguments that mrjob would pass to its script."""

    job_class: type
    args: tuple

    def build(self, number, role, paths=()):
        """The job as a task of step `number` sees it; `paths` are mapper_raw's two."""
        return self.job_class([f"--step-num={number}", f"--{role}", *self.args, *paths])


class Reporter(io.RawIOBase):
    """A task's stderr: takes ``reporter:counter:`` and ``reporter:status:`` lines out, and passes the rest on.

    :param passed_on: a binary file, or ``None`` to drop the rest
    """

    def __init__(self, passed_on=None):
        super().__init__()
        self.counters = {}
        self.status = None
        self._passed_on = passed_on
        self._begun = b""

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        lines = (self._begun + data).split(b"\n")
        self._begun = lines.pop()
        for line in lines:
            self._line(line)
        return len(data)

    def _line(self, line):
        if line.startswith(b"reporter:counter:"):
            fields = line[len(b"reporter:counter:") :].decode("utf-8", "replace").rsplit(",", 2)
            if len(fields) == 3 and fields[2].lstrip("-").isdigit():
                self.increment(fields[0], fields[1], int(fields[2]))
                return
        elif line.startswith(b"reporter:status:"):
            self.status = line[len(b"reporter:status:") :].decode("utf-8", "replace")
            return
        if self._passed_on is not None:
            self._passed_on.write(line + b"\n")
            self._passed_on.flush()

    def finish(self):
        """Pass on a last line that has no newline."""
        if self._begun:
            self.write(b"\n")

    def increment(self, group, name, amount):
        """Count up, as ``job.increment_counter`` does."""
        names = self.counters.setdefault(group, {})
        names[name] = names.get(name, 0) + amount


class MapTask:
    """One map task of a stage: its records go through the job's mapper one by one.

    :param job: built for the role ``mapper``
    :param stage: the :class:`~bigdata.plan.Stage`
    :param label: how messages name the stage
    :param sink: takes each record's pairs
    :param bad_records: a :class:`BadRecords`, or ``None`` where the first failure ends the task
    """

    def __init__(self, job, stage, label, sink, bad_records=None):
        self.step = job.steps()[stage.number]
        self.declared = getattr(self.step, "declared", None) if stage.aggregator is not None else None
        self.read = job.pick_protocols(stage.number, "mapper")[0]
        self.stage = stage
        self.label = label
        self.sink = sink
        self.bad_records = bad_records
        self.records = 0

    def _function(self, name):
        return self.step[name] if self.declared is None else self.declared.get(name)

    def run(self, batches):
        """Map batches of records: lists of text where the stage reads text lines, else of bytes."""
        self._call("mapper_init")
        mapper = self._mapper()
        for batch in batches:
            self._map(mapper, batch)
        self._call("mapper_final")

    def run_raw(self, path, uri):
        """Map one whole file with mapper_raw."""
        self._call("mapper_init")
        self._call("mapper_raw", path, uri)
        self._call("mapper_final")

    def _mapper(self):
        if self.declared is not None and "mapper" not in self.declared:
            return lambda key, value: ((key, value),)
        return self._function("mapper")

    def _map(self, mapper, batch):
        sink, read, text = self.sink, self.read, self.stage.text_lines
        careful = self.bad_records is not None
        for record in batch:
            self.records += 1
            try:
                pairs = mapper(None, record) if text else mapper(*self._decode(read, record))
                if careful:
                    pairs = checked_pairs(pairs)
                if pairs is not None:
                    sink(pairs)
            except Exception as error:
                self._failed(error, record)

    def _decode(self, read, record):
        try:
            return read(record)
        except Exception as error:
            raise DecodeError(
                f"{self.label}: {type(getattr(read, '__self__', read)).__name__} can't read"
                f" {shown(record)}: {type(error).__name__}: {error}"
            ) from None

    def _call(self, name, *args):
        function = self._function(name)
        if function is None:
            return
        try:
            pairs = function(*args)
            if pairs is not None:
                self.sink(pairs)
        except Exception as error:
            raise explain(error, self.label, name, self.stage.mapper.sources.get(name)) from error

    def _failed(self, error, record):
        if self.bad_records is not None and not isinstance(error, ResourceError):
            self.bad_records.add(self.records, record, one_line(error))
            return
        source = self.stage.mapper.sources.get("mapper")
        raise explain(error, self.label, "mapper", source, record, self.records) from error


class BadRecords:
    """The records of one task that failed, under ``--on-error skip`` and ``quarantine``.

    :param keep: whether to keep the records themselves, for the quarantine
    """

    def __init__(self, keep=False):
        self.keep = keep
        self.count = 0
        self.first = None
        self.kept = []

    def add(self, line, record, error):
        """Note the record on the task's line `line`, counted from 1."""
        self.count += 1
        if self.first is None:
            self.first = (line, error)
        if self.keep:
            text = record if isinstance(record, str) else record.decode("utf-8", "backslashreplace")
            self.kept.append({"line": line, "error": error, "record": text})


def checked_pairs(pairs):
    """A record's pairs as a list, each checked, so that a record counts whole or not at all."""
    pairs = list(pairs or ())
    for pair in pairs:
        if not is_pair(pair):
            raise BadPair(f"expected (key, value); got {shown(pair)}")
    return pairs


def is_pair(item):
    """Whether `item` unpacks into a key and a value."""
    try:
        key, value = item
    except (TypeError, ValueError):
        return False
    return True


def _yielded(error):
    """What the job yielded in place of a pair, in a list, if that is what raised `error`; else ``None``.

    Whatever consumes pairs takes them apart from a local variable named ``pair``; when that fails, the variable in the
    innermost frame holds the culprit.
    """
    place = error.__traceback__
    while place.tb_next is not None:
        place = place.tb_next
    is_ours = place.tb_frame.f_code.co_filename.startswith(_LIBRARIES[0])
    if is_ours and "pair" in place.tb_frame.f_locals and not is_pair(place.tb_frame.f_locals["pair"]):
        return [place.tb_frame.f_locals["pair"]]
    if is_ours and isinstance(error, TypeError) and "is not iterable" in str(error):
        return [place.tb_frame.f_locals.get("pairs")]
    return None


def explain(error, label, name, source, record=None, line=None):
    """The error to raise for one that came out of the job's code.

    :param line: the record's number in its task, from 1; the engine turns it into a place in the file
    """
    where = f"{label}: {name} ({source})" if source else f"{label}: {name}"
    yielded = _yielded(error)
    if isinstance(error, BigdataError):
        result = error
    elif yielded is not None:
        result = BadPair(f"{where} must yield (key, value); got {shown(yielded[0])}.")
    else:
        at = f" on the record {shown(record)}" if record is not None else ""
        result = TaskFailed(f"{where} raised {one_line(error)}{at}", user_frames(error))
    result.line = line
    return result


def user_frames(error):
    """The traceback of `error` without the frames of bigdata and mrjob, as text."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not os.path.abspath(frame.filename).startswith(_LIBRARIES)
    ]
    if not frames:
        return ""
    return "".join(
        (
            "Traceback (the job's own frames):\n",
            *traceback.format_list(frames),
            *traceback.format_exception_only(type(error), error),
        )
    )


def one_line(error):
    """An exception as ``Type: message``, in one line."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__


def shown(value, limit=120):
    """A value as a message shows it: its repr, cut short."""
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + "…"


def encode_or_explain(encode, label):
    """`encode` with an error that names the pair it could not encode."""

    def checked(key, value):
        try:
            return encode(key, value)
        except Exception as error:
            raise EncodeError(
                f"{label}: the protocol can't write the pair ({shown(key)}, {shown(value)}): {one_line(error)}."
                " Yield what the protocol can hold, or choose another protocol."
            ) from None

    return checked


def run_reduce(job, stage, role, label, pairs, sink):
    """Run a stage's combiner or reducer over sorted pairs of bytes.

    :param role: ``combiner`` or ``reducer``
    :param pairs: an iterable of (key bytes, value bytes), equal keys side by side
    """
    read = job.pick_protocols(stage.number, role)[0]
    step = job.steps()[stage.number]
    sources = stage.phases[role].sources
    function = step[role]

    def call(name, given, key=None):
        try:
            out = given()
            if out is not None:
                sink(out)
        except Exception as error:
            failed = explain(error, label, name, sources.get(name))
            if key is not None and isinstance(failed, TaskFailed):
                failed = TaskFailed(f"{failed.message} on the key {shown(key[0])}", failed.frames)
            raise failed from error

    if step[role + "_init"]:
        call(role + "_init", step[role + "_init"])
    for key, values in groups(pairs, _decode_or_explain(pair_decoder(read), label), is_keyless(read)):
        call(role, lambda key=key, values=values: function(key, values), [key])
    if step[role + "_final"]:
        call(role + "_final", step[role + "_final"])


def _decode_or_explain(decode, label):
    def checked(key_bytes, value_bytes):
        try:
            return decode(key_bytes, value_bytes)
        except Exception as error:
            raise DecodeError(
                f"{label}: the protocol can't read {shown(join(key_bytes, value_bytes))}: {one_line(error)}"
            ) from None

    return checked


def groups(pairs, decode, keyless=False):
    """Sorted pairs of bytes as (key, iterator of values); a group is streamed, never held.

    Keys are told apart by their bytes, so ``1``, ``1.0`` and ``true`` are three.

    :param keyless: whether the protocol reads no keys; then all values are one group with the key ``None``, as in
        mrjob
    """
    for _, run in itertools.groupby(pairs, (lambda pair: None) if keyless else itemgetter(0)):
        key, value = decode(*next(run))
        yield key, itertools.chain([value], (decode(*pair)[1] for pair in run))


def pipe(command, lines, reporter, label, shell=False, cwd=None):
    """Lines of bytes through a command, as they come out of it.

    :param shell: whether the command is for ``sh`` and may end as it likes (a pre-filter: ``grep`` without a match
        exits with 1); else its words are run as they are
    :raises TaskFailed: when the command can't be run, or exits with another code than 0
    """
    words = ["/bin/sh", "-ec", command] if shell else shlex.split(command)
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd
        )
    except OSError as error:
        raise TaskFailed(f"{label}: the command {command!r} can't be run: {error.strerror}") from None
    tail, failures = [], []

    def feed():
        try:
            for line in lines:
                process.stdin.write(line + b"\n")
            process.stdin.close()
        except BrokenPipeError:
            pass  # the command has read as much as it wants
        except Exception as error:
            failures.append(error)
            process.kill()

    def listen():
        for line in process.stderr:
            reporter.write(line)
            tail[:] = [*tail[-4:], line]

    threads = [threading.Thread(target=target, daemon=True) for target in (feed, listen)]
    for thread in threads:
        thread.start()
    try:
        for line in process.stdout:
            yield line.rstrip(b"\r\n")
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        if process.wait() != 0 and not shell:
            said = b"".join(tail).decode("utf-8", "replace").strip().splitlines()
            raise TaskFailed(
                f"{label}: the command {command!r} exited with {process.returncode}" + (f": {said[-1]}" if said else "")
            )
    finally:
        process.kill()
        process.wait()


def filtered(phase, lines, reporter, label):
    """The lines of a phase after its pre-filter, if it has one."""
    return lines if phase.pre_filter is None else pipe(phase.pre_filter, lines, reporter, label, shell=True)


def command_pairs(phase, lines, reporter, label):
    """The pairs of bytes that a phase's command writes."""
    return map(split, pipe(phase.command, lines, reporter, label))
