"""Count the runs of n words that follow one another in a line.

Map: a line to (n-gram, 1) for each of its n-grams. Reduce: the sum.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Sequence-Count.
Output: the n words with a space between them, count.
"""

from bigdata import Job, Sum, at_least, columnar, words


class NGrams(Job):
    aggregator = Sum()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--n", type=at_least(1), default=2, help="How many words (2)")

    @columnar(lambda job: words.ngrams(job.options.n, separator=" "))
    def mapper(self, _, line):
        tokens, n = words(line), self.options.n
        for i in range(len(tokens) - n + 1):
            yield " ".join(tokens[i : i + n]), 1


if __name__ == "__main__":
    NGrams.run()
