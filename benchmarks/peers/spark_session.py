"""The Spark session of each peer: two local threads, as many times two partitions after a shuffle, no web pages."""

import os
import sys

from pyspark.sql import SparkSession


def session(name: str) -> SparkSession:
    """Start Spark under an application's name, its Python workers with this Python."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master("local[2]")
        .appName(name)
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
