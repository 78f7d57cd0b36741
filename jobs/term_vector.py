"""Find the terms that are most frequent in each document, or on each host.

A document is a file, named by its base name; files of one name are one document. With --hosts each line is a URL, a
TAB and text of its page, and what counts is the URL's host.

Map: a line to ([document, term], 1) for each term; reduce: the sum. Then map: to (document, [term, count]) unless the
count is below the cutoff; reduce: the most frequent terms.
Source: Dean and Ghemawat, "MapReduce" (2004), section 2.3, "Term-Vector per Host".
Output: document or host, [[term, count], …], the most frequent term first, equals by term. A document without a term
that reaches the cutoff has none.
"""

from heapq import nsmallest
from posixpath import basename
from urllib.parse import urlsplit

from bigdata import Job, MRStep, Sum, at_least, columnar, words


def by_count(entry):
    term, count = entry
    return -count, term


def frequent(job):
    return f"SELECT key[1] AS key, {{'0': key[2], '1': value}} AS value FROM input WHERE value >= {job.options.cutoff}"


def most_frequent(job):
    entries = "list_sort([{'n': -v['1'], 'term': v['0']} FOR v IN values])"
    return f"SELECT key, [{{'0': e.term, '1': -e.n}} FOR e IN {entries}[:{job.options.top}]] AS value FROM input"


class TermVector(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--top", type=at_least(1), default=10, help="How many terms (10)")
        self.add_passthru_arg("--cutoff", type=int, default=2, help="Leave out terms that occur less often (2)")
        self.add_passthru_arg("--hosts", action="store_true", help="Read URL, TAB, text; one vector a host")

    def steps(self):
        return [
            MRStep(mapper=self.occurrences, aggregator=Sum()),
            MRStep(mapper=self.entry, reducer=self.vector),
        ]

    @columnar(lambda job: None if job.options.hosts else words.by_document("regexp_extract(file, '[^/]*$')"))
    def occurrences(self, _, line):
        source, text = self.page(line) if self.options.hosts else (basename(self.input_file), line)
        for term in words(text):
            yield [source, term], 1

    def page(self, line):
        url, tab, text = line.partition("\t")
        host = urlsplit(url).hostname
        if not tab or host is None:
            raise ValueError(f"expected a URL with a host, a TAB and text; got {line!r}")
        return host, text

    @columnar(frequent)
    def entry(self, key, count):
        source, term = key
        if count >= self.options.cutoff:
            yield source, (term, count)

    @columnar(most_frequent)
    def vector(self, source, entries):
        yield source, nsmallest(self.options.top, entries, key=by_count)


if __name__ == "__main__":
    TermVector.run()
