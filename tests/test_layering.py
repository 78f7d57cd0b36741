"""Who may import whom, read from the imports: see "Layers" in ARCHITECTURE.md."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

import bigdata
from bigdata.engines import ENGINES

ROOT = Path(__file__).parent.parent
HEAVY = {"boto3", "duckdb", "numpy", "pyarrow", "pyspark"}
ENGINE_LIBRARIES = {name: libraries[0] for name, (_, _, libraries, _) in ENGINES.items()}
#: imports that would be wrong at the head of the module, where a node of a cluster would need them
LAZY_ON_THE_TASK_SIDE = {
    ("bigdata.job", "bigdata.runner"),
    ("bigdata.inputs", "bigdata.storage"),
    ("bigdata.iterative", "bigdata.iteration"),
    ("bigdata.iterative", "bigdata.engines.base"),
    ("bigdata.sketches", "datasketches"),
}
BESIDE_ENGINES = {
    f"bigdata.{name}" for name in ("arrays", "storage", "formats", "objects", "package", "pairs", "parquet", "splits")
}
#: how Spark is started and tells its errors, which the engine and SQL on Spark share
STARTS_SPARK = {"bigdata.engines.spark.launch", "bigdata.engines.spark.faults"}
KERNELS = {"bigdata.kernels", "bigdata.kernels.folds", "bigdata.kernels._native"}
BESIDE_GENERATORS = {"bigdata.arguments", "bigdata.errors", "bigdata.storage", "bigdata.tera"}
#: what jobs import whole, beside the public names
PUBLIC_MODULES = {"bigdata.tera"}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for folder in ("bigdata", "jobs") for path in sorted((ROOT / folder).rglob("*.py"))}


def braces(pattern: str) -> list[str]:
    """A pattern like ``a{b,c}d`` written out."""
    head, _, rest = pattern.partition("{")
    middle, _, tail = rest.partition("}")
    return [head + piece + tail for piece in middle.split(",")] if rest else [pattern]


def python_39() -> list[Path]:
    """The files that run on cluster nodes: those that ruff holds to Python 3.9."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["per-file-target-version"]
    patterns = chain.from_iterable(braces(pattern) for pattern, version in settings.items() if version == "py39")
    return sorted(chain.from_iterable(ROOT.glob(pattern) for pattern in patterns))


TASK_SIDE = {module_name(path) for path in python_39()} & {name for name in MODULES if name.startswith("bigdata")}


@dataclass(frozen=True)
class Import:
    """One imported module.

    :param name: of the module that defines what is imported, as far as its own name tells
    :param lazy: whether it only happens when a function is called, or for a type checker
    :param names: what is taken from it
    """

    name: str
    lazy: bool
    names: tuple[str, ...] = ()


def imports_of(module: str, source: str) -> Iterator[Import]:
    """The imports of a module's source, in functions too."""
    package = module if MODULES.get(module, Path()).name == "__init__.py" else module.rpartition(".")[0]

    def walk(node: ast.AST, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, lazy) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                parents = package.split(".")[: len(package.split(".")) + 1 - child.level] if child.level else []
                base = ".".join([*parents, *([child.module] if child.module else [])])
                for name in (alias.name for alias in child.names):
                    inner = f"{base}.{name}" if f"{base}.{name}" in MODULES else base
                    defined = bigdata._PUBLIC.get(name, inner) if inner == "bigdata" else inner
                    yield Import(inner if module.startswith("jobs") else defined, lazy, (name,))
            else:
                for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
                yield from walk(child, lazy or for_types or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)))

    return walk(ast.parse(source), False)


def engine_of(module: str) -> str | None:
    """The engine that a module is part of; ``None`` for what all engines share."""
    match = re.match(r"bigdata\.engines\.(\w+)", module)
    return match[1] if match and match[1] in ENGINES else None


def wrongs(module: str, source: str) -> list[str]:
    """The imports of a module that its layer forbids."""
    return [
        f"{module} imports {found.name}: {why}" for found in imports_of(module, source) if (why := wrong(module, found))
    ]


def sql_libraries(module: str) -> set[str]:
    """What a module of SQL, which is only loaded for a session, imports at its head."""
    if not module.startswith(("bigdata.sql.hive", "bigdata.sql.serdes")):
        return set()
    return {"duckdb", "numpy", "pyarrow", *(["pyspark"] if module == "bigdata.sql.hive.spark" else [])}


def wrong(module: str, found: Import) -> str | None:
    library = found.name.partition(".")[0]
    ours = library == "bigdata"
    if library == "jobs":
        return "nothing imports jobs"
    if module.startswith("jobs"):
        public = found.name == "bigdata" and set(found.names) <= set(bigdata.__all__)
        return "jobs use the public names" if ours and not public and found.name not in PUBLIC_MODULES else None
    if module in TASK_SIDE:
        known = library in sys.stdlib_module_names or library == "mrjob" or found.name in TASK_SIDE
        lazily = found.lazy and (module, found.name) in LAZY_ON_THE_TASK_SIDE
        return None if known or lazily else "the task side has the standard library and mrjob only"
    engine = engine_of(module)
    generator = module.startswith("bigdata.generators.")
    own_libraries = {"numpy"} if generator else {ENGINE_LIBRARIES.get(engine), *sql_libraries(module)}
    if library in HEAVY and not found.lazy and library not in own_libraries:
        return "a heavy library is imported where it is used"
    if module.startswith("bigdata.generators"):
        shared = found.name.startswith("bigdata.generators") or found.name in BESIDE_GENERATORS
        return "a generator knows storage and errors" if ours and not shared else None
    if module.startswith("bigdata.kernels"):
        known = found.name in KERNELS | TASK_SIDE - {"bigdata.job"}
        return "kernels know the task side" if ours and not known else None
    if module.startswith("bigdata.engines"):
        if library in set(ENGINE_LIBRARIES.values()) - {ENGINE_LIBRARIES.get(engine)}:
            return "an engine has one library"
        if engine_of(found.name) not in (None, engine):
            return "no engine knows another"
        shared = found.name.startswith("bigdata.engines") or found.name in BESIDE_ENGINES | KERNELS
        if ours and not shared and found.name not in TASK_SIDE - {"bigdata.job"}:
            return "an engine knows the task side, storage and formats"
    starts_spark = module == "bigdata.sql.hive.spark" and found.name in STARTS_SPARK
    known_to_sql = found.name.startswith("bigdata.sql") or found.name in {*BESIDE_ENGINES, "bigdata.errors"}
    known_to_sql = known_to_sql or starts_spark
    return "SQL knows no jobs" if module.startswith("bigdata.sql") and ours and not known_to_sql else None


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_what_its_layer_may(module):
    assert wrongs(module, MODULES[module].read_text()) == []


def test_the_task_side_is_known():
    named = [
        "aggregators",
        "attempt",
        "codecs",
        "commands",
        "compat",
        "errors",
        "explain",
        "job",
        "linear",
        "multisets",
        "partitioners",
        "plan",
        "selections",
        "sketches",
        "tasks",
        "tera",
        "tokens",
        "twins",
        "vectors",
    ]
    assert {"bigdata", *(f"bigdata.{name}" for name in named)} <= TASK_SIDE


@pytest.mark.parametrize("path", python_39(), ids=module_name)
def test_what_runs_on_nodes_is_python_39(path):
    ast.parse(path.read_text(), feature_version=(3, 9))


@pytest.mark.parametrize(
    "module, source",
    [
        ("jobs.wordcount", "from bigdata.aggregators import Sum"),
        ("jobs.wordcount", "import bigdata.runner"),
        ("jobs.wordcount", "from bigdata import storage"),
        ("jobs.wordcount", "from jobs import other"),
        ("bigdata.runner", "def f():\n    from jobs.wordcount import WordCount"),
        ("bigdata.tasks", "import numpy"),
        ("bigdata.tasks", "def f():\n    import numpy"),
        ("bigdata.tasks", "from bigdata import storage"),
        ("bigdata.tasks", "from . import storage"),
        ("bigdata.tasks", "from .storage import File"),
        ("bigdata.job", "from bigdata import runner"),
        ("bigdata.sketches", "import datasketches"),
        ("bigdata.formats", "import pyarrow.parquet"),
        ("bigdata.formats", "class A:\n    import pyarrow"),
        ("bigdata.formats", "try:\n    import numpy\nexcept ImportError:\n    pass"),
        ("bigdata.engines.duckdb.columnar", "from bigdata.engines.spark import SparkEngine"),
        ("bigdata.engines.duckdb.columnar", "def f():\n    from bigdata.engines import spark"),
        ("bigdata.engines.duckdb.columnar", "def f():\n    import pyspark"),
        ("bigdata.engines.duckdb.columnar", "import pyarrow"),
        ("bigdata.engines.duckdb", "from ..spark import rdd"),
        ("bigdata.engines.duckdb", "from bigdata.job import Job"),
        ("bigdata.engines.duckdb", "from bigdata import runner"),
        ("bigdata.engines.duckdb", "from bigdata import Job"),
        ("bigdata.engines.duckdb", "from bigdata.sql import session"),
        ("bigdata.engines.rows", "from bigdata.engines.duckdb import shuffle"),
        ("bigdata.engines.rows", "def f():\n    import duckdb"),
        ("bigdata.aggregators", "from bigdata.kernels import native"),
        ("bigdata.kernels.folds", "from bigdata.engines import sinks"),
        ("bigdata.kernels.folds", "from bigdata import formats"),
        ("bigdata.generators", "import numpy"),
        ("bigdata.generators.text", "import duckdb"),
        ("bigdata.generators.text", "from bigdata import formats"),
        ("bigdata.tera", "import numpy"),
        ("bigdata.sql.session", "from bigdata.job import Job"),
        ("bigdata.sql.session", "from bigdata.engines.duckdb import database"),
        ("bigdata.sql.session", "import duckdb"),
        ("bigdata.sql.hive.session", "import pyspark"),
    ],
)
def test_a_wrong_import_is_found(module, source):
    assert len(wrongs(module, source)) == 1


@pytest.mark.parametrize(
    "module, source",
    [
        (
            "jobs.wordcount",
            "import re\nfrom bigdata import Job, Sum, columnar\nfrom mrjob.protocol import JSONProtocol",
        ),
        ("bigdata.tasks", "import io, mrjob\nfrom bigdata.errors import BadPair"),
        ("bigdata.job", "def f():\n    from bigdata import runner"),
        ("bigdata.formats", "def f():\n    import pyarrow"),
        ("bigdata.formats", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pyarrow"),
        ("bigdata.engines.duckdb.columnar", "import duckdb\nfrom bigdata.engines.base import Engine"),
        ("bigdata.engines.duckdb.columnar", "from . import shuffle\nfrom ..base import Engine"),
        ("jobs.teragen", "from bigdata import tera"),
        ("bigdata.engines.sinks", "from bigdata.kernels.folds import FoldTable"),
        ("bigdata.kernels.folds", "from bigdata.aggregators import Sum\nfrom bigdata.kernels import native"),
        ("bigdata.generators.text", "import numpy\nfrom bigdata.generators.dataset import DataSet"),
        ("bigdata.generators", "from bigdata.storage import Committer\nfrom bigdata.errors import UsageError"),
        ("bigdata.sql.session", "from bigdata.storage import File\nfrom bigdata.sql import catalog"),
    ],
)
def test_a_right_import_is_let_through(module, source):
    assert wrongs(module, source) == []
