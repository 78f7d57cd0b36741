"""Jobs that the cluster tests run, each for a feature that Hadoop and EMR must carry to their nodes."""

from __future__ import annotations

import argparse
import re

from bigdata import Csv, Job, Join, Mean, MRStep, OrderedProtocol, Sum, Tsv

WORD = re.compile(r"[\w']+")
ORDERS_AND_USERS = {"orders": Csv("order:int, user, amount:float?"), "users": Tsv("user, city")}


class ClusterJob(Job):
    def configure_args(self):
        super().configure_args()
        # A task runs this file, which holds several jobs: it must be told which.
        self.add_passthru_arg("--job")


class WordCount(ClusterJob):
    """A combiner, counters, and a file that every mapper reads."""

    def configure_args(self):
        super().configure_args()
        self.add_file_arg("--stop-words")

    def mapper_init(self):
        with open(self.options.stop_words, encoding="utf-8") as lines:
            self.stop_words = set(lines.read().split())

    def mapper(self, _, line):
        self.increment_counter("text", "lines")
        for word in WORD.findall(line.lower()):
            if word in self.stop_words:
                self.increment_counter("text", "stop words")
            else:
                yield word, 1

    def combiner(self, word, counts):
        yield word, sum(counts)

    def reducer(self, word, counts):
        yield word, sum(counts)


class PagesInOrder(ClusterJob):
    """Secondary sort: a user's pages in the order of their visits."""

    SORT_VALUES = True

    def mapper(self, _, line):
        user, minute, page = line.split()
        yield user, (int(minute), page)

    def reducer(self, user, visits):
        yield user, [page for _, page in visits]


class NumbersInOrder(ClusterJob):
    """Total order over several reducers, by keys that sort as numbers."""

    TOTAL_ORDER = True
    INTERNAL_PROTOCOL = OrderedProtocol

    def mapper(self, _, line):
        yield int(line), None

    def reducer(self, number, values):
        for value in values:
            yield number, value


class MeanMinute(ClusterJob):
    """An aggregator, whose states travel from the mappers to the reducers."""

    aggregator = Mean()

    def mapper(self, _, line):
        user, minute, _ = line.split()
        yield user, int(minute)


class WordsByCount(ClusterJob):
    """Two steps: the second reads what the first has written."""

    def steps(self):
        return [
            MRStep(mapper=self.split, reducer=self.count),
            MRStep(mapper=self.by_count, reducer=self.words),
        ]

    def split(self, _, line):
        for word in WORD.findall(line.lower()):
            yield word, 1

    def count(self, word, ones):
        yield word, sum(ones)

    def by_count(self, word, count):
        yield count, word

    def words(self, count, words):
        yield count, sorted(words)


class Reciprocals(ClusterJob):
    """A mapper without a reducer, which fails on 0."""

    def mapper(self, _, line):
        yield line, 1 / int(line)


class NamedInputs(ClusterJob):
    """Two inputs, each in its own format: a task must know which of them it reads."""

    INPUTS = ORDERS_AND_USERS

    def mapper(self, source, record):
        self.increment_counter("records", source)
        yield record["user"], [source, record.get("city"), record.get("amount")]

    def reducer(self, user, records):
        yield user, sorted(records, key=repr)


class ReduceSideJoin(ClusterJob):
    """A join that shuffles both inputs."""

    INPUTS = ORDERS_AND_USERS
    JOIN = Join("orders", "users", on="user", how="full")


class ReplicatedJoin(ClusterJob):
    """A join whose right input goes to every task as a file."""

    INPUTS = ORDERS_AND_USERS
    JOIN = Join("orders", "users", on="user", how="left", replicated=True)


class SelfJoin(ClusterJob):
    """A file that is both inputs."""

    INPUTS = {"above": Csv("name, boss"), "below": Csv("worker, chief")}
    JOIN = Join("above", "below", on="name=chief")


class SpendingByCity(ReduceSideJoin):
    """A join, and a step that reads what it gives."""

    aggregator = Sum()

    def mapper(self, user, record):
        yield record["city"] or user or "unknown", record["amount"] or 0.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--job")
    globals()[parser.parse_known_args()[0].job].run()
