"""Train a multinomial naive Bayes classifier of texts.

Each line is ``label<TAB>text``; blank lines hold none. A word is a run of letters, digits, underscores and apostrophes,
in lower case.

1. Map: a document to (word, label) for each of its words, and (null, label) for itself. Reduce: how often each label
   occurs.
2. Map: all to one key. Reduce: first in the sorted values come the documents of each label; then the number of words
   and the length of each label's texts, as a sum from each map task; then the words, whose probabilities need those
   (order inversion). A reducer holds some numbers a label, and streams the words.

Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 13.2; order inversion:
Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.3.
Output: null, {label: log of its share of the documents}; for each word: word, {label: log of its smoothed share of the
label's words}.
"""

import math
from collections import Counter

from bigdata import PLAIN_TEXT, CountByValue, Job, MRStep, columnar, words

DOCUMENTS, TOTALS, COUNTS = 0, 1, 2


LABELLED = f"""
    SELECT unnest(list_append({words.sql("substr(line, strpos(line, chr(9)) + 1)")}, NULL)) AS key,
           CASE WHEN contains(line, chr(9)) THEN split_part(line, chr(9), 1) ELSE error('no TAB') END AS value
    FROM input
    WHERE NOT regexp_full_match(line, '[\\t-\\r\\x1c-\\x1f\\x{{85}}\\pZ]*')"""


class NaiveBayes(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--alpha", type=float, default=1.0, help="What is added to each count (1, Laplace's)")

    def load_args(self, args):
        super().load_args(args)
        if not 0 < self.options.alpha < math.inf:
            self.arg_parser.error(f"--alpha: expected a number over 0; got {self.options.alpha}")

    def steps(self):
        return [
            MRStep(mapper=self.document, aggregator=CountByValue()),
            MRStep(mapper_init=self.begin, mapper=self.gather, mapper_final=self.end, reducer=self.estimate),
        ]

    @columnar(LABELLED, alphabet=PLAIN_TEXT)
    def document(self, _, line):
        if not line.strip():
            return
        label, tab, text = line.partition("\t")
        if not tab:
            raise ValueError(f"expected label<TAB>text; got {line!r}")
        yield None, label
        for word in words(text):
            yield word, label

    def begin(self):
        self.vocabulary, self.lengths = 0, Counter()

    def gather(self, word, counts):
        if word is None:
            yield None, [DOCUMENTS, counts]
        else:
            self.vocabulary += 1
            self.lengths.update(counts)
            yield None, [COUNTS, word, counts]

    def end(self):
        yield None, [TOTALS, self.vocabulary, self.lengths]

    def estimate(self, _, values):
        vocabulary, lengths = 0, Counter()
        for kind, *content in values:
            if kind == DOCUMENTS:
                documents = content[0]
                yield None, {label: math.log(count / sum(documents.values())) for label, count in documents.items()}
            elif kind == TOTALS:
                vocabulary += content[0]
                lengths.update(content[1])
            else:
                word, counts = content
                yield word, {label: self.log_share(counts, lengths, vocabulary, label) for label in documents}

    def log_share(self, counts, lengths, vocabulary, label):
        alpha = self.options.alpha
        return math.log((counts.get(label, 0) + alpha) / (lengths[label] + alpha * vocabulary))


if __name__ == "__main__":
    NaiveBayes.run()
