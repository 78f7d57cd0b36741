"""A uniform random sample of n lines, the same for the same lines and seed however they are split.

Every line gets a priority, hashed from the seed and its text, and the n least are the sample. A line that comes c
times must get c priorities, or its copies would be drawn all or none; so copies are counted and numbered first.

1. Map: a line to (line, 1). Reduce: the sum.
2. Map: a line and its count to (null, [line, number of the copy]) for each copy. Reduce: the n least by priority; a map
   task sends no more than n.
3. Map: the sample to its lines.

Source: Cohen and Kaplan, "Summarizing Data Using Bottom-k Sketches" (2007); as a pattern: Miner and Shook, "MapReduce
Design Patterns" (2012), chapter 3, "Filtering".
Output: n lines of text, or all if there are fewer, in random order.
"""

from bigdata import Count, Job, MRStep, Sample, columnar


class SampleLines(Job):
    OUTPUT_PROTOCOL = Job.INPUT_PROTOCOL

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--n", type=int, default=10, help="How many lines (10)")
        self.add_passthru_arg("--seed", default="0", help="Any text; another seed gives another sample (0)")

    def steps(self):
        return [
            MRStep(mapper=self.mapper, aggregator=Count()),
            MRStep(mapper=self.copies, aggregator=Sample(self.options.n, self.options.seed)),
            MRStep(mapper=self.lines),
        ]

    @columnar("SELECT line AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        yield line, 1

    def copies(self, line, count):
        for number in range(count):
            yield None, [line, number]

    def lines(self, _, sample):
        for line, _ in sample:
            yield None, line


if __name__ == "__main__":
    SampleLines.run()
