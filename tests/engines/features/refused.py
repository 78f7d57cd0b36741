"""Jobs that only Hadoop or Spark can run."""

from mrjob.step import JarStep

from bigdata import Job


class JarJob(Job):
    def steps(self):
        return [JarStep(jar="job.jar", args=["input", "output"])]


class SparkJob(Job):
    def spark(self, input_path, output_path):
        raise AssertionError("no engine but spark comes here")


class OwnPartitioner(Job):
    PARTITIONER = "org.example.RoundRobinPartitioner"

    def mapper(self, _, line):
        yield line, 1

    def reducer(self, line, ones):
        yield line, sum(ones)


class OwnComparator(OwnPartitioner):
    PARTITIONER = None
    JOBCONF = {
        "mapred.output.key.comparator.class": "org.apache.hadoop.mapred.lib.KeyFieldBasedComparator",
        "mapred.text.key.comparator.options": "-k1,1nr",
    }
