"""Total order: the keys of each reducer come before those of the next, so that the part files in turn are sorted.

Before the job runs, its mapper reads a sample of the input here; the keys that cut the sample into equal parts become
the cut points of Hadoop's ``TotalOrderPartitioner``. Hadoop reads them from a SequenceFile beside the task, our engines
from the jobconf; mrjob's inline and local runners sort all keys anyway.

Source: O'Malley, "TeraByte Sort on Apache Hadoop" (2008); Hadoop's ``InputSampler`` and ``TotalOrderPartitioner``.
"""

from __future__ import annotations

import base64
import itertools
import os
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from bigdata import attempt
from bigdata.codecs import pair_encoder, split
from bigdata.errors import UsageError
from bigdata.formats import blocks, byte_lines, pairs_in, splits, text_lines, whole
from bigdata.partitioners import CUTS, PARTITION_FILE
from bigdata.plan import Plan, Stage, plan_of
from bigdata.splits import Split
from bigdata.storage import absolute, is_uri, list_named
from bigdata.tasks import BadRecords, JobSpec, MapTask

#: how much is read: splits, bytes of lines a split, pairs a split of mapper_raw's
_SPLITS, _BYTES, _PAIRS = 10, 1 << 17, 10_000


def sampled_cuts(job: Any, reducers: int = 1) -> list[bytes]:
    """Cut points for a job's keys, from a sample of its input; one fewer than the job's reducers, if it has the keys.

    :param reducers: how many, unless the job's own jobconf says
    :raises UsageError: for a job of several steps
    """
    plan = plan_of(job)
    if len(plan.stages) > 1:
        raise UsageError(f"{plan.name} sets TOTAL_ORDER, which is for one step. Make the sort a job of its own.")
    stage = plan.stages[0]
    number = stage.reduces or reducers
    return cut_points(_sample(job, plan, stage), number) if number > 1 else []


def jobconf_of(cuts: Sequence[bytes]) -> dict[str, str]:
    """The properties that have a job's keys in total order."""
    encoded = ",".join(base64.b64encode(cut).decode("ascii") for cut in cuts)
    return {CUTS: encoded, "mapreduce.job.reduces": str(len(cuts) + 1)}


def cut_points(keys: Iterable[bytes], reducers: int) -> list[bytes]:
    """Keys that cut a sample into parts of about the same size, each once; at most `reducers` - 1.

    >>> cut_points([b"d", b"b", b"a", b"c"], 2)
    [b'c']
    """
    ordered = sorted(keys)
    cuts = {ordered[len(ordered) * place // reducers] for place in range(1, reducers)} if ordered else set()
    return sorted(cuts)


def _sample(job: Any, plan: Plan, stage: Stage) -> list[bytes]:
    arguments = job._non_option_kwargs()["extra_args"]  # mrjob's: a file option's is a dict
    words = (word if isinstance(word, str) else os.path.abspath(word["path"]) for word in arguments)
    spec = JobSpec(type(job), tuple(words))
    paths = job.input_paths()
    if any("-" in given for given in paths.values()):
        raise UsageError(f"{plan.name} sets TOTAL_ORDER, which reads a sample of the input first: give files, not -.")
    files = absolute(list_named(paths))
    if stage.mapper is not None and "mapper_raw" in stage.mapper.functions:
        sources = [whole(file) for file in files]
    else:
        sources = splits(files, max(sum(file.size for file in files) // _SPLITS, 1 << 20))
    keys: list[bytes] = []
    for number in range(0, len(sources), -(-len(sources) // _SPLITS)):
        with tempfile.TemporaryDirectory(prefix="bigdata-sample-") as directory:
            keys += _keys(plan.label(0), stage, spec, sources[number], number, directory)
    return keys


def _keys(label: str, stage: Stage, spec: JobSpec, source: Split, number: int, directory: str) -> list[bytes]:
    """The keys that the mapper gives for the beginning of a split; records that fail are left to the job itself."""
    raw = stage.mapper is not None and "mapper_raw" in stage.mapper.functions
    lines = [] if raw or source.holds_pairs else [next(blocks(source, _BYTES), b"")]
    if stage.mapper is None or stage.mapper.command is not None or stage.mapper.pre_filter is not None:
        if stage.mapper is not None:
            raise UsageError(f"{label} sets TOTAL_ORDER, and its mapper is a command, of which no sample can be taken.")
        return [split(line)[0] for block in lines for line in byte_lines(block)]
    place = attempt.Place(
        "sample", "mapper", 0, number, os.path.join(directory, "wd"), jobconf=stage.jobconf,
        input=(source.path, source.start, source.length, source.source),
    )  # fmt: skip
    keys: list[bytes] = []
    with attempt.at(place) as reporter:
        if raw and is_uri(source.path):
            raise UsageError(
                f"{label} sets TOTAL_ORDER, and of the whole remote file {source.path} no sample is taken."
            )
        task = spec.build(0, "mapper", (source.path, source.path) if raw else ())
        task.sandbox(stderr=reporter)
        encode = pair_encoder(task.pick_protocols(0, "mapper")[1])

        def sink(pairs: Iterable[Any]) -> None:
            for key, value in itertools.islice(pairs, _PAIRS):
                keys.append(encode(key, value)[0])

        mapping = MapTask(task, stage, label, sink, BadRecords())
        if raw:
            mapping.run_raw(source.path, source.path)
        elif source.holds_pairs:
            mapping.run(itertools.islice(pairs_in(source, stage.formats.get(source.source)), 1), decoded=True)
        else:
            mapping.run(map(text_lines if stage.text_lines else byte_lines, lines))
    return keys


def partition_file(cuts: Iterable[bytes], directory: str) -> str:
    """Write the cut points as Hadoop's partitioner reads them: the keys of a SequenceFile of Text and NullWritable.

    Source of the format: Hadoop's ``org.apache.hadoop.io.SequenceFile``, version 6, without compression.
    """
    path = os.path.join(directory, PARTITION_FILE)
    with open(path, "wb") as file:
        names = (b"org.apache.hadoop.io.Text", b"org.apache.hadoop.io.NullWritable")
        file.write(b"SEQ\x06" + b"".join(_text(name) for name in names) + b"\0\0" + bytes(4) + bytes(range(16)))
        for cut in cuts:
            key = _text(cut)
            file.write(len(key).to_bytes(4, "big") * 2 + key)
    return path


def _text(data: bytes) -> bytes:
    """Bytes as Hadoop's Text: their number as a VInt, then they."""
    size = len(data)
    if size < 128:
        return bytes([size]) + data
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([256 - 112 - len(digits)]) + digits + data
