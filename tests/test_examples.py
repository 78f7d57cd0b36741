"""The examples in docstrings and in the README do what they say."""

import doctest
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bigdata

from .cluster import hadoop

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "jobs" / "README.md"]
#: commands that make an environment of their own, or that need a cluster
ELSEWHERE = re.compile(r"make\b|.* -r (spark|hadoop|emr|dataproc)\b")
LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SPARK = [
    pytest.mark.slow,
    pytest.mark.skipif(hadoop.missing() is not None, reason="examples of the spark engine need pyspark and Java"),
]


def docstrings() -> Iterator[Any]:
    """Every docstring that has examples, as a parameter."""
    packages = pkgutil.walk_packages(bigdata.__path__, "bigdata.")
    for name in ["bigdata", *(module.name for module in packages if not module.name.endswith("__main__"))]:
        of_spark = name.startswith(("bigdata.engines.spark", "bigdata.sql.hive.spark"))
        try:
            module = importlib.import_module(name)
        except ImportError:
            if not of_spark:
                raise
            continue
        for test in doctest.DocTestFinder(exclude_empty=True).find(module):
            if test.examples:
                yield pytest.param(test, id=test.name, marks=SPARK if of_spark else [])


@pytest.mark.parametrize("test", list(docstrings()))
def test_docstring(test, monkeypatch):
    monkeypatch.chdir(ROOT)
    report: list[str] = []
    doctest.DocTestRunner().run(test, out=report.append)
    assert not report, "".join(report)


class Document:
    """A Markdown document whose examples run one after another, in a directory with the sample data.

    :param directory: where they run
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.names: dict[str, Any] = {}
        for folder in ("sample_data", "jobs"):
            shutil.copytree(ROOT / folder, directory / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, language: str, text: str, line: int = 0) -> None:
        """Run a block; its Python names stay for the blocks that follow.

        :param line: where the block begins
        """
        if language != "python":
            for command, expected in commands(text):
                self._command(command, expected)
        elif ">>> " in text:
            test = doctest.DocTestParser().get_doctest(text, self.names, f"line {line}", None, line)
            report: list[str] = []
            doctest.DocTestRunner(optionflags=LOOSELY).run(test, out=report.append, clear_globs=False)
            self.names.update(test.globs)
            assert not report, "".join(report)
        else:
            self._module(f"example_{line}", text)

    def _module(self, name: str, text: str) -> None:
        """Import a block as a module in a file, because a job is looked up by its module."""
        path = self.directory / f"{name}.py"
        path.write_text(text)
        module = sys.modules[name] = types.ModuleType(name)
        module.__dict__.update(self.names, __file__=str(path))
        exec(compile(text, path, "exec"), module.__dict__)
        self.names.update({key: value for key, value in vars(module).items() if not key.startswith("__")})

    def _command(self, command: str, expected: str) -> None:
        if ELSEWHERE.match(command):
            return
        paths = {"PATH": os.path.dirname(sys.executable), "PYTHONPATH": str(ROOT)}
        environment = {**os.environ, **{key: f"{path}:{os.environ.get(key, '')}" for key, path in paths.items()}}
        ran = subprocess.run(command, shell=True, cwd=self.directory, env=environment, capture_output=True, text=True)
        got = ran.stdout if ran.returncode == 0 else ran.stdout + ran.stderr
        assert expected or ran.returncode == 0, f"$ {command}\n{got}"
        if expected:
            assert doctest.OutputChecker().check_output(expected, got, LOOSELY), f"$ {command}\n{got}"


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a shell block, each with the output shown below it."""
    pieces = re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (piece.partition("\n") for piece in pieces)]


def blocks(text: str) -> Iterator[tuple[str, str, int]]:
    """Language, text and line of the blocks of a document that can be run."""
    for match in re.finditer(r"^```(python|console|sh)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        language, block = match.groups()
        if language == "python" or any(not ELSEWHERE.match(command) for command, _ in commands(block)):
            yield language, block, text.count("\n", 0, match.start()) + 2


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """Each document, with what its earlier blocks left."""
    return {path: Document(tmp_path_factory.mktemp(path.stem)) for path in DOCUMENTS}


@pytest.mark.parametrize(
    "path, language, text, line",
    [
        pytest.param(path, *block, id=f"{path.name}, line {block[2]}")
        for path in DOCUMENTS
        for block in blocks(path.read_text())
    ],
)
def test_document(documents, path, language, text, line, monkeypatch):
    monkeypatch.chdir(documents[path].directory)
    documents[path].run(language, text, line)


EXAMPLE = """
```python
from bigdata import Job, Sum

class Lengths(Job):
    aggregator = Sum()

    def mapper(self, _, line):
        yield len(line), 1
```

```python
>>> import bigdata
>>> dict(bigdata.run(Lengths, "lines.txt"))
{1: 2, 3: 1}
```

```console
$ cat lines.txt
a
...
$ python -c 'import bigdata, jobs.wordcount'
$ python -m jobs.wordcount \\
    -r duckdb lines.txt | sort
"a"	1
"b"	1
"ccc"	1
$ make everything
```

```sh
make demo
```

```text
not an example
```
"""


@pytest.fixture
def document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.txt").write_text("a\nccc\nb\n")
    return Document(tmp_path)


def test_right_examples_pass(document):
    found = list(blocks(EXAMPLE))
    assert [(language, line) for language, _, line in found] == [("python", 3), ("python", 13), ("console", 19)]
    for language, text, line in found:
        document.run(language, text, line)


@pytest.mark.parametrize(
    "language, text",
    [
        ("python", "assert 1 == 2"),
        ("python", ">>> 1 + 1\n3\n"),
        ("python", ">>> undefined\n"),
        ("console", "$ cat lines.txt\na\nb\nccc\n"),
        ("console", "$ cat missing.txt\n"),
        ("console", "$ true\n$ cat lines.txt\nb\n$ true\n"),
        ("sh", "$ python -m jobs.missing\n"),
    ],
)
def test_wrong_examples_fail(document, language, text):
    with pytest.raises(AssertionError):
        document.run(language, text, 1)
