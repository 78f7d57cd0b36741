"""Steps of the job's own Spark code."""

from bigdata import Job, MRStep

from .conftest import MARKS, WORDS
from .process import python

pytestmark = MARKS


class OwnSpark(Job):
    """Words by Spark, between two steps that are not."""

    def steps(self):
        from mrjob.step import SparkStep

        return [MRStep(mapper=self.words), SparkStep(spark=self.distinct), MRStep(mapper=self.letters)]

    def words(self, _, line):
        for word in line.split():
            yield word, None

    def distinct(self, inputs, output):
        from pyspark.sql import SparkSession

        session = SparkSession.builder.getOrCreate()
        session.sparkContext.textFile(inputs).distinct().saveAsTextFile(output)

    def letters(self, word, _):
        yield word[0], word


def test_a_spark_step_runs_between_others(run):
    result = run(OwnSpark)
    words = {word for line in WORDS for word in line.split()}
    assert sorted(result) == sorted((word[0], word) for word in words)
    assert [stage.way for stage in result.stages] == ["rdd", "spark", "rdd"]


SPARK_STEP_SCRIPT = """
from bigdata import Job

class Distinct(Job):
    def spark(self, inputs, output):
        from pyspark import SparkContext

        context = SparkContext(appName="its own")
        assert context.master == "local[1]", context.master
        context.textFile(inputs).distinct().saveAsTextFile(output)

if __name__ == "__main__":
    Distinct.run()
"""


def test_a_spark_step_makes_its_own_context_with_the_runs_settings(tmp_path):
    (tmp_path / "step.py").write_text(SPARK_STEP_SCRIPT)
    (tmp_path / "in.txt").write_text("a\nb\na\n")
    done = python("step.py", "-r", "spark", "--spark-master", "local[1]", "in.txt", cwd=tmp_path)
    assert (sorted(done.stdout.split()), done.returncode) == (["a", "b"], 0), done.stderr
