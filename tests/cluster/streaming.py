"""Hadoop Streaming with plain processes, one task at a time, for the steps that mrjob submits."""

from __future__ import annotations

import bz2
import gzip
import os
import re
import shlex
import subprocess
import tempfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Protocol

FLAGS = {"-files", "-D", "-partitioner", "-cmdenv", "-input", "-output", "-mapper", "-combiner", "-reducer"}
DECOMPRESS = {".gz": gzip.decompress, ".bz2": bz2.decompress}
PARTITIONERS = {"org.apache.hadoop.mapred.lib.KeyFieldBasedPartitioner"}
REPORTER = re.compile(rb"reporter:(?:counter:(?P<group>[^,]*),(?P<name>[^,]*),(?P<amount>\d+)|status:.*)$")


class FileSystem(Protocol):
    def ls(self, uri: str) -> list[str]: ...

    def read(self, uri: str) -> bytes: ...

    def write(self, uri: str, data: bytes) -> None: ...


class TaskFailed(Exception):
    """A task's process has exited with a code other than 0."""

    def __init__(self, task: str, number: int, code: int, stderr: str):
        super().__init__(f"{task} {number} exited with {code}")
        self.task, self.number, self.code, self.stderr = task, number, code, stderr


class StreamingJob:
    """One run of `hadoop-streaming ARGUMENTS`, whose flags each take one value."""

    def __init__(self, arguments: list[str], filesystem: FileSystem):
        self.options: dict[str, list[str]] = defaultdict(list)
        for flag, value in zip(arguments[::2], arguments[1::2], strict=True):
            self.options[flag].append(value)
        if refused := set(self.options) - FLAGS or set(self.options["-partitioner"]) - PARTITIONERS:
            raise ValueError(f"hadoop-streaming: {', '.join(sorted(refused))} is not supported here")
        self.filesystem = filesystem
        self.jobconf = dict(definition.split("=", 1) for definition in self.options["-D"])
        self.reduces = int(self.jobconf.get("mapreduce.job.reduces", 1))
        self.key_fields = int(self.jobconf.get("stream.num.map.output.key.fields", 1))
        self.files = {}
        for uri in (uri for uris in self.options["-files"] for uri in uris.split(",")):
            path, _, name = uri.partition("#")
            self.files[name] = filesystem.read(path)
        self.counters: Counter[tuple[str, str]] = Counter()

    def run(self) -> None:
        inputs = [uri for path in self.options["-input"] for uri in self.input_files(path)]
        (output,) = self.options["-output"]
        if self.filesystem.ls(output):
            raise FileExistsError(f"Output directory {output} already exists")
        shuffled: list[list[bytes]] = [[] for _ in range(self.reduces)]
        for number, uri in enumerate(inputs):
            decompress = DECOMPRESS.get(Path(uri).suffix, bytes)
            records = lines(decompress(self.filesystem.read(uri)))
            mapped = self.task("mapper", number, records, mapreduce_map_input_file=uri)
            if not self.reduces:
                self.write_part(output, number, mapped)
            for partition, records in zip(shuffled, self.partitions(mapped), strict=True):
                partition += self.task("combiner", number, records) if self.options["-combiner"] else records
        for number, records in enumerate(shuffled):
            self.write_part(output, number, self.task("reducer", number, sorted(records, key=self.key)))
        self.filesystem.write(f"{output.rstrip('/')}/_SUCCESS", b"")

    def input_files(self, path: str) -> list[str]:
        """The files at or under `path` that Hadoop doesn't hide."""
        files = [uri for uri in self.filesystem.ls(path) if not uri.rpartition("/")[2].startswith(("_", "."))]
        if not files:
            raise FileNotFoundError(f"Input path does not exist: {path}")
        return files

    def key(self, record: bytes) -> bytes:
        return b"\t".join(record.rstrip(b"\n").split(b"\t")[: self.key_fields])

    def partitions(self, records: list[bytes]) -> list[list[bytes]]:
        """Sorted records for each reducer, by the first field: mrjob sorts by more fields, but never parts by them."""
        parts: list[list[bytes]] = [[] for _ in range(self.reduces)]
        for record in sorted(records, key=self.key) if self.reduces else []:
            parts[zlib.crc32(record.rstrip(b"\n").split(b"\t")[0]) % self.reduces].append(record)
        return parts

    def task(self, task: str, number: int, records: list[bytes], **environment: str) -> list[bytes]:
        """Run one task in a directory of its own, and count what it reports."""
        (command,) = self.options[f"-{task}"]
        environment |= {re.sub(r"\W", "_", name): value for name, value in self.jobconf.items()}
        environment |= dict(definition.split("=", 1) for definition in self.options["-cmdenv"])
        with tempfile.TemporaryDirectory() as directory:
            for name, data in self.files.items():
                path = Path(directory, name)
                path.write_bytes(data)
                path.chmod(0o755)
            process = subprocess.run(
                shlex.split(command),
                input=b"".join(records),
                capture_output=True,
                cwd=directory,
                # Nothing of the client's environment reaches a node.
                env={"PATH": os.environ["PATH"], **environment},
            )
        stderr = []
        for line in process.stderr.splitlines():
            if report := REPORTER.match(line):
                if report["group"] is not None:
                    self.counters[report["group"].decode(), report["name"].decode()] += int(report["amount"])
            else:
                stderr.append(line.decode(errors="replace"))
        if process.returncode:
            raise TaskFailed(task, number, process.returncode, "\n".join(stderr))
        return lines(process.stdout)

    def write_part(self, output: str, number: int, records: list[bytes]) -> None:
        self.filesystem.write(f"{output.rstrip('/')}/part-{number:05}", b"".join(records))


def lines(data: bytes) -> list[bytes]:
    """The lines of `data`, each with its newline: Hadoop gives one to a last line that lacks it."""
    return [line + b"\n" for line in data.removesuffix(b"\n").split(b"\n")] if data else []
