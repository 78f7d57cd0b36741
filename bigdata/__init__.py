"""MapReduce jobs that run at the speed of a columnar engine in the terminal, and unchanged on Hadoop, EMR and Spark.

>>> import bigdata
>>> from bigdata import Job, Sum

Importing the package imports nothing heavy: every public name is loaded when it is first used. It does put the
modules in place that mrjob needs and newer Pythons lack, so import bigdata before mrjob.
"""

from __future__ import annotations

from importlib import import_module

from bigdata import compat

compat.install()

__version__ = "0.1.0"

_PUBLIC = {
    "Job": "bigdata.job",
    "Join": "bigdata.joins",
    **dict.fromkeys(("Csv", "JsonLines", "Parquet", "Records", "Tsv"), "bigdata.records"),
    **dict.fromkeys(("CloudFrontLog", "CombinedLog", "CommonLog", "EdgeList", "Pattern"), "bigdata.patterns"),
    "MRStep": "bigdata.steps",
    **dict.fromkeys(("Descending", "OrderedProtocol"), "bigdata.ordered"),
    **dict.fromkeys(("at_least", "positive", "share"), "bigdata.arguments"),
    "bloom_bits": "bigdata.bloom",
    "columnar": "bigdata.twins",
    "literal": "bigdata.twins",
    "PLAIN_TEXT": "bigdata.twins",
    "solve": "bigdata.linear",
    "words": "bigdata.tokens",
    **dict.fromkeys(("Sessions", "Sliding", "Tumbling", "seconds", "seconds_sql"), "bigdata.windows"),
    "run": "bigdata.runner",
    "iterate": "bigdata.iteration",
    "IterativeJob": "bigdata.iterative",
    "Result": "bigdata.engines.base",
    "Session": "bigdata.sql.session",
    **dict.fromkeys(
        ("Aggregator", "Count", "Max", "Mean", "Min", "Sum", "Variance"),
        "bigdata.aggregators",
    ),
    **dict.fromkeys(
        ("CollectList", "CollectSet", "CountByValue", "Distinct", "Histogram", "Postings"),
        "bigdata.multisets",
    ),
    **dict.fromkeys(("BottomK", "First", "Last", "Sample", "TopK"), "bigdata.selections"),
    **dict.fromkeys(("ApproxDistinct", "Quantiles"), "bigdata.sketches"),
    **dict.fromkeys(("Covariance", "VectorSum"), "bigdata.vectors"),
    **dict.fromkeys(
        (
            "BadPair",
            "BigdataError",
            "DecodeError",
            "DiskFull",
            "EncodeError",
            "EngineNotInstalled",
            "InputError",
            "InputNotFound",
            "JobError",
            "MemoryLimit",
            "NameNotFound",
            "OutputExists",
            "ResourceError",
            "SqlSyntaxError",
            "TableNotFound",
            "TaskFailed",
            "TooManyErrors",
            "UnknownEngine",
            "UnsupportedOption",
            "UnsupportedPlan",
            "UnsupportedStatement",
            "UsageError",
            "WorkerLost",
        ),
        "bigdata.errors",
    ),
}

__all__ = sorted(_PUBLIC)


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'bigdata' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
