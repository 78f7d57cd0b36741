"""Weigh the terms of documents by term frequency and inverse document frequency (tf-idf).

A document is a file, named by its base name; files of one name are one document. The weight of a term that occurs tf
times in a document and in df of the N documents is tf * (ln((1 + N) / (1 + df)) + 1): the smooth idf, which counts one
more document that holds every term.

Map: a line to ([term, document], 1) for each term; reduce: the sum, tf. Then map: to (term, [document, tf]) and, for
df, (term, ["", 1]); reduce: order inversion, as in relative_frequency: df comes before the postings that it weighs, so
they needn't be held in memory. With --l2 a third step does the same by document, to scale its vector to length 1.
Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 6.2; the smooth idf as in
scikit-learn's TfidfTransformer.
Output: [document, term], weight.
"""

from math import log, sqrt
from posixpath import basename

from bigdata import Job, MRStep, Sum, at_least, columnar, words

FIRST = ""  # sorts before every document and term


class TfIdf(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--documents", type=at_least(1), required=True, help="How many there are (N)")
        self.add_passthru_arg("--l2", action="store_true", help="Scale the vector of each document to length 1")

    def steps(self):
        steps = [MRStep(mapper=self.occurrences, aggregator=Sum()), MRStep(mapper=self.by_term, reducer=self.weights)]
        return [*steps, MRStep(mapper=self.by_document, reducer=self.unit_vector)] if self.options.l2 else steps

    @columnar(words.each("[token, regexp_extract(file, '[^/]*$')]"))
    def occurrences(self, _, line):
        document = basename(self.input_file)
        for term in words(line):
            yield [term, document], 1

    def by_term(self, key, tf):
        term, document = key
        yield term, (FIRST, 1)
        yield term, (document, tf)

    def weights(self, term, postings):
        df = 0
        for document, number in postings:
            if document == FIRST:
                df += number
            else:
                yield (document, term), number * self.idf(df)

    def idf(self, df):
        if df > self.options.documents:
            raise ValueError(f"--documents {self.options.documents}: there are at least {df}")
        return log((1 + self.options.documents) / (1 + df)) + 1

    def by_document(self, key, weight):
        document, term = key
        yield document, (FIRST, weight**2)
        yield document, (term, weight)

    def unit_vector(self, document, weights):
        square = 0
        for term, weight in weights:
            if term == FIRST:
                square += weight
            else:
                yield (document, term), weight / sqrt(square)


if __name__ == "__main__":
    TfIdf.run()
