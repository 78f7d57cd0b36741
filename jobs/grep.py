"""Find the lines that match a regular expression, or count what matches it.

Map: a line to itself if the pattern occurs in it; there is no reduce. With --count, map: a line to (match, 1) for each
match that isn't empty; reduce: the sum; a second step orders the matches by frequency. It has one reducer, and leaves
the sorting to the shuffle. The pattern is one of Python's re.
Source: Dean and Ghemawat, "MapReduce" (2004), section 2.3, "Distributed Grep"; with --count Hadoop's example grep.
Output: the lines. With --count match, count; the most frequent first, then by the match's text.
"""

import re
from argparse import ArgumentTypeError

from bigdata import Descending, Job, MRStep, OrderedProtocol, Sum, columnar, literal


def regular_expression(text):
    try:
        return re.compile(text)
    except re.error as error:
        raise ArgumentTypeError(f"{text!r} is no regular expression: {error}") from None


def lines_with_text(job):
    """SQL for a pattern that is plain text; other patterns may mean something else to DuckDB."""
    text = job.options.pattern.pattern
    if re.search(r"[][\\.^$*+?{}|()]", text):
        return None
    return f"SELECT NULL AS key, line AS value FROM input WHERE contains(line, {literal(text)})"


class Grep(Job):
    INTERNAL_PROTOCOL = OrderedProtocol

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--pattern", type=regular_expression, required=True, help="The regular expression")
        self.add_passthru_arg("--count", action="store_true", help="Count the matches, the most frequent first")

    def steps(self):
        if not self.options.count:
            return [MRStep(mapper=self.lines)]
        return [
            MRStep(mapper=self.matches, aggregator=Sum()),
            MRStep(mapper=self.rank, reducer=self.ranked, jobconf={"mapreduce.job.reduces": 1}),
        ]

    def output_protocol(self):
        return super().output_protocol() if self.options.count else self.INPUT_PROTOCOL()  # lines, as they came

    @columnar(lines_with_text)
    def lines(self, _, line):
        if self.options.pattern.search(line):
            yield None, line

    def matches(self, _, line):
        for match in self.options.pattern.finditer(line):
            if match.group():
                yield match.group(), 1

    def rank(self, match, count):
        yield [Descending(count), match], None

    def ranked(self, key, _):
        yield key[1], key[0].value


if __name__ == "__main__":
    Grep.run()
