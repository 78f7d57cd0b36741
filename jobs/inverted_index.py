"""Index documents by their words: which documents a word occurs in, and how often.

A document is a file, named by its base name; files of one name are one document.

Map: a line to (word, document) for each word. Reduce: how often each document comes, which is the term frequency tf:
the word's postings, sorted. They are one record, so they must fit in memory.
Source: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 4.3, "Inverted Indexing: Baseline
Implementation"; --ranked: Ranked-Inverted-Index in "PUMA: Purdue MapReduce Benchmarks Suite" (2012).
Output: word, {"df": number of documents, "postings": [[document, tf], …]}; the postings by document, or --ranked by
falling tf and then by document.
"""

from posixpath import basename

from bigdata import Job, MRStep, Postings, columnar, words


class InvertedIndex(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--ranked", action="store_true", help="Order postings by term frequency, highest first")

    def steps(self):
        return [MRStep(mapper=self.occurrences, aggregator=Postings(self.options.ranked))]

    @columnar(words.postings("regexp_extract(file, '[^/]*$')"))
    def occurrences(self, _, line):
        document = basename(self.input_file)
        for word in words(line):
            yield word, document


if __name__ == "__main__":
    InvertedIndex.run()
