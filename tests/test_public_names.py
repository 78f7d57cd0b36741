"""The public names: which they are, that each is explained by an example, and that they cost nothing until used."""

import doctest
import inspect
import subprocess
import sys

import pytest

import bigdata

PUBLIC = {
    "jobs": [
        "Descending",
        "Job",
        "MRStep",
        "OrderedProtocol",
        "PLAIN_TEXT",
        "at_least",
        "bloom_bits",
        "columnar",
        "literal",
        "positive",
        "share",
        "solve",
        "words",
    ],
    "inputs": ["Join"],
    "records": [
        "CloudFrontLog",
        "CombinedLog",
        "CommonLog",
        "Csv",
        "EdgeList",
        "JsonLines",
        "Parquet",
        "Pattern",
        "Records",
        "Tsv",
    ],
    "windows": ["Sessions", "Sliding", "Tumbling", "seconds", "seconds_sql"],
    "running": ["IterativeJob", "Result", "Session", "iterate", "run"],
    "aggregators": [
        "Aggregator",
        "ApproxDistinct",
        "BottomK",
        "CollectList",
        "CollectSet",
        "Count",
        "CountByValue",
        "Covariance",
        "Distinct",
        "First",
        "Histogram",
        "Last",
        "Max",
        "Mean",
        "Min",
        "Postings",
        "Quantiles",
        "Sample",
        "Sum",
        "TopK",
        "Variance",
        "VectorSum",
    ],
    "errors": [
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
    ],
}
NAMES = sorted(name for names in PUBLIC.values() for name in names)
HEAVY = {"boto3", "cloudpickle", "datasketches", "duckdb", "mrjob", "numpy", "pyarrow", "pyspark", "tqdm"}


def test_the_public_names_are_these():
    assert sorted(bigdata.__all__) == NAMES
    assert sorted(dir(bigdata)) == sorted([*NAMES, "__version__"])


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_loads_and_is_explained(name):
    value = getattr(bigdata, name)
    if isinstance(value, str):
        return
    assert getattr(value, "__name__", name) == name
    assert inspect.getdoc(value)
    if name not in PUBLIC["errors"]:
        assert doctest.DocTestParser().get_examples(value.__doc__)


@pytest.mark.parametrize("name", PUBLIC["errors"])
def test_every_error_is_in_the_tree(name):
    assert issubclass(getattr(bigdata, name), bigdata.BigdataError)


def test_star_import_gives_the_public_names():
    names: dict[str, object] = {}
    exec("from bigdata import *", names)
    assert sorted(names.keys() - {"__builtins__"}) == NAMES


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="module 'bigdata' has no attribute 'Nothing'"):
        bigdata.Nothing  # noqa: B018


def modules_after(statement):
    code = f"{statement}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_package_imports_nothing_heavy():
    assert not HEAVY & modules_after("import bigdata")


def test_importing_a_job_imports_no_engine():
    loaded = modules_after("from bigdata import Job, MRStep, Sum, TopK, columnar, PLAIN_TEXT")
    assert HEAVY & loaded == {"mrjob"}
