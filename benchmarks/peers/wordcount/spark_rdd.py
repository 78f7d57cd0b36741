"""Count words with PySpark's RDD interface on two local threads, as its programming guide does."""

import os
import re
import sys
from operator import add

from pyspark import SparkConf, SparkContext

WORD = re.compile(r"[\w']+")

if __name__ == "__main__":
    os.environ["PYSPARK_PYTHON"] = sys.executable  # Of its workers.
    conf = SparkConf().setMaster("local[2]").setAppName("wordcount").set("spark.ui.enabled", "false")
    with SparkContext(conf=conf) as context:
        words = context.textFile(sys.argv[1]).flatMap(lambda line: WORD.findall(line.lower()))
        counts = words.map(lambda word: (word, 1)).reduceByKey(add)
        counts.map("{0[0]}\t{0[1]}".format).saveAsTextFile(sys.argv[2])
