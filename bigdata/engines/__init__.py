"""The engines by name; one entry a line makes an engine known to ``-r`` and to :func:`bigdata.run`."""

from importlib import import_module
from importlib.util import find_spec

from bigdata.errors import EngineNotInstalled, UnknownEngine

#: name -> (module, class, the libraries it needs, the extra that installs them)
ENGINES = {
    "duckdb": ("bigdata.engines.duckdb", "DuckDBEngine", ("duckdb", "pyarrow"), None),
    "spark": ("bigdata.engines.spark", "SparkEngine", ("pyspark", "sqlglot"), "spark"),
}


def load(name: str) -> type:
    """The engine class called `name`.

    :raises UnknownEngine: for a name that isn't in :data:`ENGINES`
    :raises EngineNotInstalled: when a library of its is missing
    """
    if name not in ENGINES:
        raise UnknownEngine(f"no engine is called {name!r}. Choose one of {', '.join(sorted(ENGINES))}.")
    module, class_name, libraries, extra = ENGINES[name]
    for library in libraries:
        if find_spec(library) is None:
            what = f"bigdata[{extra}]" if extra else "bigdata"
            raise EngineNotInstalled(f"the {name} engine needs {library}: pip install '{what}'")
    engine: type = getattr(import_module(module), class_name)
    return engine
