"""Count the runs of n words that follow one another in a line.

Map: a line to (n-gram, 1) for each of its n-grams. Reduce: the sum.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Sequence-Count.
Output: the n words with a space between them, count.
"""

from bigdata import PLAIN_TEXT, Job, Sum, at_least, columnar, words


def ngrams_of_lines(job):
    n = job.options.n
    return f"""
        SELECT array_to_string(tokens[i : i + {n} - 1], ' ') AS key, 1 AS value
        FROM (SELECT tokens, unnest(range(1, len(tokens) - {n} + 2)) AS i
              FROM (SELECT {words.sql("line")} AS tokens FROM input))"""


class NGrams(Job):
    aggregator = Sum()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--n", type=at_least(1), default=2, help="How many words (2)")

    @columnar(ngrams_of_lines, alphabet=PLAIN_TEXT)
    def mapper(self, _, line):
        tokens, n = words(line), self.options.n
        for i in range(len(tokens) - n + 1):
            yield " ".join(tokens[i : i + n]), 1


if __name__ == "__main__":
    NGrams.run()
