"""Jobs whose phases are shell commands or pass through one."""

import os

from mrjob.protocol import JSONProtocol, RawProtocol

from bigdata import Job, MRStep


class TextJob(Job):
    """Commands read and write plain text, so the phases beside them do too."""

    INTERNAL_PROTOCOL = RawProtocol
    OUTPUT_PROTOCOL = RawProtocol

    def split(self, _, line):
        for word in line.split():
            yield word, "1"

    def add(self, word, ones):
        yield word, str(sum(map(int, ones)))


class MapperCmd(TextJob):
    INPUT_PROTOCOL = RawProtocol  # the reducer is the first phase that has a protocol

    def mapper_cmd(self):
        return r"""sed -e 's/^\([^ ]*\).*/\1\t1/'"""

    def reducer(self, word, ones):
        yield from self.add(word, ones)


class ReducerCmd(TextJob):
    def mapper(self, _, line):
        yield from self.split(_, line)

    def reducer_cmd(self):
        return "sh -c 'cut -f 1 | uniq -c'"


class CombinerCmd(TextJob):
    """The combiner drops repeated pairs, however often it runs."""

    def mapper(self, _, line):
        yield from self.split(_, line)

    def combiner_cmd(self):
        return "uniq"

    def reducer(self, word, ones):
        yield word, None


class PreFilters(TextJob):
    OUTPUT_PROTOCOL = JSONProtocol

    def mapper_pre_filter(self):
        return "grep -v '^$' | tr a-z A-Z"

    def mapper(self, _, line):
        yield from self.split(_, line)

    def combiner_pre_filter(self):
        return "cat"

    def combiner(self, word, ones):
        yield from self.add(word, ones)

    def reducer_pre_filter(self):
        return "grep -v ^THE"

    def reducer(self, word, ones):
        yield from self.add(word, ones)


class CommandsOnly(Job):
    OUTPUT_PROTOCOL = RawProtocol

    def steps(self):
        return [
            MRStep(mapper_cmd="tr ' ' '\\n'", reducer_cmd="uniq"),
            MRStep(mapper_cmd=["sed", "-e", "s/$/\tseen/"]),
        ]


if __name__ == "__main__":
    # mrjob starts a task by the path of its file; this one holds several jobs
    globals()[os.environ["JOB"]].run()
