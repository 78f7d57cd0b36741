"""Jobs that look at what surrounds a task: environment, jobconf, working directory, whole input files."""

import os
from hashlib import sha256
from pathlib import Path

from mrjob.compat import jobconf_from_env

from bigdata import Job, MRStep

INPUT_FILE = "mapreduce_map_input_file"
STEP = "my_step"


class InputFile(Job):
    def mapper_init(self):
        self.at_begin = os.environ[INPUT_FILE]

    def mapper(self, _, line):
        path = jobconf_from_env("mapreduce.map.input.file")
        assert path == self.at_begin, "a map task reads one file"
        yield "/".join(path.split("/")[-2:]), line

    def reducer(self, path, lines):
        yield path, sorted(lines)


class InputFileByItsOldName(Job):
    def mapper(self, _, line):
        yield jobconf_from_env("map.input.file").split("/")[-1], line


class JobconfInEnvironment(Job):
    JOBCONF = {"my.job": "of the class", "my.number": 7}

    def steps(self):
        return [
            MRStep(mapper=self.look, reducer=self.look_again, jobconf={"my.step": "first"}),
            MRStep(mapper=self.look_once_more, jobconf={"my.step": "second", "my.job": "of the step"}),
        ]

    def settings(self):
        return [jobconf_from_env(name, "unset") for name in ("my.job", "my.number", "my.step", "my.option")]

    def look(self, _, line):
        yield self.settings(), 1

    def look_again(self, settings, ones):
        yield [settings, self.settings()], sum(ones)

    def look_once_more(self, settings, count):
        yield [*settings, self.settings()], [count, os.environ[STEP]]


class TaskKind(Job):
    def mapper(self, _, line):
        yield jobconf_from_env("mapreduce.task.ismap"), 1

    def reducer(self, ismap, ones):
        yield [ismap, jobconf_from_env("mapreduce.task.ismap")], sum(ones)


class Cmdenv(Job):
    def mapper(self, _, line):
        yield os.environ["GREETING"], 1

    def reducer(self, greeting, ones):
        yield [greeting, os.environ["GREETING"], os.environ["EMPTY"]], sum(ones)


class ScratchFile(Job):
    """Each task has a working directory of its own: opening with "x" fails where the file exists."""

    def mapper_init(self):
        Path("scratch").open("x").close()

    def mapper(self, _, line):
        with open("scratch", "a") as scratch:
            scratch.write(line + "\n")

    def mapper_final(self):
        for line in Path("scratch").read_text().splitlines():
            yield line, 1

    def reducer_init(self):
        Path("scratch").open("x").close()

    def reducer(self, line, ones):
        yield line, sum(ones)


class RawMapper(Job):
    """A mapper of whole files, which come as they are: not split, decoded or decompressed."""

    def mapper_init(self):
        self.files = 0

    def mapper_raw(self, input_path, input_uri):
        self.files += 1
        self.increment_counter("map", "files")
        content = Path(input_path).read_bytes()
        yield os.path.basename(input_uri), [len(content), sha256(content).hexdigest()]

    def mapper_final(self):
        yield "files in a task", [self.files, ""]

    def reducer(self, name, values):
        yield name, sorted(values)


class RawMapperOnly(Job):
    def mapper_raw(self, input_path, input_uri):
        with open(input_path, "rb") as file:
            for line in file:
                yield os.path.basename(input_uri), line.decode()
