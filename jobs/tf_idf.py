"""Weigh the terms of documents by term frequency and inverse document frequency (tf-idf).

A document is a file, named by its base name; files of one name are one document. The weight of a term that occurs tf
times in a document and in df of the N documents is tf * (ln((1 + N) / (1 + df)) + 1): the smooth idf, which counts one
more document that holds every term.

Map: a line to (term, document) for each term; reduce: the term's postings, as in inverted_index. Then map: these to the
weights, for they hold df. With --l2 a third step scales the vector of each document to length 1, by order inversion as
in relative_frequency: its square comes before what it scales.
Source: Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), section 6.2; the smooth idf as in
scikit-learn's TfidfTransformer.
Output: [document, term], weight.
"""

from math import log, sqrt
from posixpath import basename

from bigdata import Job, MRStep, Postings, at_least, columnar, words

FIRST = ""  # sorts before every term


def weight(job):
    n = job.options.documents
    idf = f"CASE WHEN value.df <= {n} THEN ln((1 + {n}) / (1 + value.df)) + 1 ELSE error('--documents') END"
    postings = f"SELECT key, {idf} AS idf, unnest(value.postings) AS p FROM input"
    return f"SELECT [p['0'], key] AS key, p['1'] * idf AS value FROM ({postings})"


class TfIdf(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--documents", type=at_least(1), required=True, help="How many there are (N)")
        self.add_passthru_arg("--l2", action="store_true", help="Scale the vector of each document to length 1")

    def steps(self):
        steps = [MRStep(mapper=self.occurrences, aggregator=Postings()), MRStep(mapper=self.weights)]
        return [*steps, MRStep(mapper=self.by_document, reducer=self.unit_vector)] if self.options.l2 else steps

    @columnar(words.postings("regexp_extract(file, '[^/]*$')"))
    def occurrences(self, _, line):
        document = basename(self.input_file)
        for term in words(line):
            yield term, document

    @columnar(weight)
    def weights(self, term, index):
        idf = self.idf(index["df"])
        for document, tf in index["postings"]:
            yield (document, term), tf * idf

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
