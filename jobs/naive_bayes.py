"""Train a multinomial naive Bayes classifier of texts.

Each line is ``label<TAB>text``; empty lines hold none. A word is a run of letters, digits, underscores and apostrophes,
in lower case.

1. Map: a document to (word, label) for each of its words, and (null, label) for itself. Reduce: how often each label
   occurs.
2. Map: all to one key, a word's counts twice. Reduce: first in the sorted values come the documents of each label; then
   all counts, which add up to the vocabulary and the length of each label's texts; then the words, whose probabilities
   need those (order inversion). A reducer holds some numbers a label, and streams the words.

Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 13.2; order inversion:
Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.3.
Output: null, {label: log of its share of the documents}; for each word: word, {label: log of its smoothed share of the
label's words}.
"""

from collections import Counter
from math import log

from bigdata import PLAIN_TEXT, CountByValue, Job, MRStep, columnar, positive, words

DOCUMENTS, TOTALS, WORDS = 0, 1, 2

LABELLED = f"""
    SELECT unnest(list_append({words.sql("substr(line, strpos(line, chr(9)) + 1)")}, NULL)) AS key,
           CASE WHEN contains(line, chr(9)) THEN split_part(line, chr(9), 1) ELSE error('no TAB') END AS value
    FROM input
    WHERE line <> ''"""


class NaiveBayes(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--alpha", type=positive, default=1.0, help="What is added to each count (1, Laplace's)")

    def steps(self):
        counted = MRStep(mapper=self.document, aggregator=CountByValue())
        return [counted, MRStep(mapper=self.gather, reducer=self.estimate)]

    @columnar(LABELLED, alphabet=PLAIN_TEXT)
    def document(self, _, line):
        if not line:
            return
        label, tab, text = line.partition("\t")
        if not tab:
            raise ValueError(f"expected label<TAB>text; got {line!r}")
        for word in [None, *words(text)]:
            yield word, label

    def gather(self, word, counts):
        if word is None:
            yield None, [DOCUMENTS, counts]
        else:
            yield None, [TOTALS, counts]
            yield None, [WORDS, word, counts]

    def estimate(self, _, values):
        alpha, vocabulary, lengths = self.options.alpha, 0, Counter()
        for kind, *content in values:
            if kind == DOCUMENTS:
                [documents] = content
                yield None, {label: log(count / sum(documents.values())) for label, count in documents.items()}
            elif kind == TOTALS:
                vocabulary += 1
                lengths.update(content[0])
            else:
                word, counts = content
                shares = {x: (counts.get(x, 0) + alpha) / (lengths[x] + alpha * vocabulary) for x in documents}
                yield word, {label: log(share) for label, share in shares.items()}


if __name__ == "__main__":
    NaiveBayes.run()
