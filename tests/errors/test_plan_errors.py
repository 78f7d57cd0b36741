"""Jobs that contradict themselves."""

import pytest
from mrjob.step import JarStep

from bigdata import Job, MRStep, Sum, columnar
from bigdata.errors import TaskFailed, UnsupportedPlan, UsageError

from .faulty import LineLengths, MapThatStumbles, TwinThatReadsTwice, TwinThatStumbles
from .shell import assert_refused


class JarJob(Job):
    def steps(self):
        return [JarStep(jar="tool.jar")]


class AggregatorBesideReducer(LineLengths):
    aggregator = Sum()


class AggregatorIgnored(Job):
    aggregator = Sum()

    def steps(self):
        return [MRStep(mapper=self.mapper, reducer=self.reducer)]

    def mapper(self, _, line):
        yield line, 1

    def reducer(self, line, ones):
        yield line, sum(ones)


class BrokenTwin(Job):
    aggregator = Sum()

    @columnar("SELECT nonsense(line) AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        yield line, 1


class TwinWithoutValue(Job):
    aggregator = Sum()

    @columnar("SELECT line AS key FROM input")
    def mapper(self, _, line):
        yield line, 1


def test_jar_step(shell):
    assert_refused(shell, JarJob, ["in.txt"], UnsupportedPlan, "JarJob stage 0", "jar step", "-r hadoop")


def test_aggregator_beside_a_reducer(shell):
    assert_refused(shell, AggregatorBesideReducer, ["in.txt"], UsageError, "aggregator", "reducer", "takes its place")
    with pytest.raises(UsageError, match="combiner"):
        MRStep(aggregator=Sum(), combiner=lambda key, values: None)


def test_steps_that_ignore_the_aggregator(shell):
    assert_refused(shell, AggregatorIgnored, ["in.txt"], UsageError, "AggregatorIgnored", "MRStep(aggregator=...)")


@pytest.mark.parametrize(("job", "named"), [(BrokenTwin, "nonsense"), (TwinWithoutValue, "value")])
@pytest.mark.parametrize("switch", [["--explain"], []])
def test_twin_that_is_no_query(shell, job, named, switch):
    words = [*switch, "in.txt"]
    assert_refused(shell, job, words, UsageError, f"{job.__name__} stage 0", "columnar twin", named)


@pytest.mark.parametrize("job", [TwinThatStumbles, MapThatStumbles])
def test_where_a_twin_stumbles_over_a_line_the_mapper_says_what_is_wrong(shell, job):
    words = ["-o", "out", "in.txt"]
    said = [f"{job.__name__} stage 0: mapper", "invalid literal for int()", "in.txt, line 1"]
    assert_refused(shell, job, words, TaskFailed, *said)


def test_a_twin_reads_its_input_once(shell):
    assert_refused(shell, TwinThatReadsTwice, ["in.txt"], UsageError, "columnar twin reads an input twice", "Unnest")
