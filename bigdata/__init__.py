"""MapReduce jobs that run at the speed of a columnar engine in the terminal, and unchanged on Hadoop, EMR and Spark.

>>> import bigdata
>>> from bigdata import Job, Sum

Importing the package imports nothing heavy: every public name is loaded when it is first used.
"""

from importlib import import_module

__version__ = "0.1.0"

_PUBLIC = {
    "Job": "bigdata.job",
    "MRStep": "bigdata.job",
    "columnar": "bigdata.twins",
    "PLAIN_TEXT": "bigdata.twins",
    "run": "bigdata.runner",
    "Result": "bigdata.engines.base",
    **dict.fromkeys(
        (
            "Aggregator",
            "ApproxDistinct",
            "BottomK",
            "CollectList",
            "CollectSet",
            "Count",
            "Distinct",
            "First",
            "Histogram",
            "Last",
            "Max",
            "Mean",
            "Min",
            "Quantiles",
            "Sample",
            "Sum",
            "TopK",
            "Variance",
        ),
        "bigdata.aggregators",
    ),
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
            "OutputExists",
            "ResourceError",
            "TaskFailed",
            "TooManyErrors",
            "UnknownEngine",
            "UnsupportedOption",
            "UnsupportedPlan",
            "UsageError",
            "WorkerLost",
        ),
        "bigdata.errors",
    ),
}

__all__ = sorted(_PUBLIC)


def __getattr__(name):
    if name not in _PUBLIC:
        raise AttributeError(f"module 'bigdata' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__():
    return [*__all__, "__version__"]
