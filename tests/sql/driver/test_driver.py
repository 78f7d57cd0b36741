"""Statements in files give what Hive 2.3's own driver gives, which PySpark brings along: rows, columns, and errors.

The driver runs MapReduce and its metastore in its process. What precedes a statement may say that:

- ``-- 3.1: reason``: Hive 3.1, which is what bigdata promises, answers otherwise
- ``-- hive`` or ``-- bigdata``: only that one runs it
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from bigdata import BigdataError, Session

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("javac") is None, reason="Hive's driver needs pyspark and Java"
    ),
]
HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.sql"))
PROGRAM = HERE.parent / "java" / "Statements.java"
# classes that Hive asks for, and no JAR has
MISSING = {
    "LlapSigner": "package org.apache.hadoop.hive.llap.security; public interface LlapSigner { interface Signable {} }",
    "LlapProxy": "package org.apache.hadoop.hive.llap.io.api;"
    " public class LlapProxy { public static boolean isDaemon() { return false; } }",
}
OPENED = ["lang", "lang.reflect", "io", "math", "net", "nio", "text", "time"]
OPENED += ["util", "util.concurrent", "util.concurrent.atomic", "util.regex"]
SETTINGS = {
    "javax.jdo.option.ConnectionURL": "jdbc:derby:memory:metastore;create=true",
    "datanucleus.schema.autoCreateAll": "true",
    "hive.metastore.schema.verification": "false",
    "hive.support.concurrency": "false",
    "hive.stats.autogather": "false",
    "hive.cbo.enable": "false",  # Calcite isn't there
    "hive.execution.engine": "mr",
    "mapreduce.framework.name": "local",
    "mapreduce.task.io.sort.mb": "4",
    "hive.exec.counters.pull.interval": "20",
    "hive.exec.submitviachild": "false",
    "hive.auto.convert.join": "false",  # which runs a process
    "hive.fetch.task.conversion": "more",
    "hive.exec.dynamic.partition.mode": "nonstrict",
    "hive.mapred.mode": "nonstrict",
    "fs.permissions.umask-mode": "000",
}


@dataclass
class Answer:
    """What a statement gives."""

    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    error: str = ""


class Driver:
    """Hive's, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        jars = f"{Path(find_spec('pyspark').origin).parent}/jars/*"
        sources = [folder / f"{name}.java" for name in MISSING]
        for source in sources:
            source.write_text(MISSING[source.stem])
        subprocess.run(["javac", "-cp", jars, "-d", folder, *sources, PROGRAM], check=True)
        folders = {
            "hive.metastore.warehouse.dir": "warehouse",
            "hive.exec.scratchdir": "scratch",
            "hive.exec.local.scratchdir": "local",
            "hive.downloaded.resources.dir": "resources",
            "hadoop.tmp.dir": "hadoop",
        }
        settings = {**SETTINGS, **{name: str(folder / inner) for name, inner in folders.items()}}
        self._log = open(folder / "log", "w")
        self._process = subprocess.Popen(
            [
                *(
                    "java",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.timezone=UTC",
                    "-Dfile.encoding=UTF-8",
                ),
                *(f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in OPENED),
                *("-cp", os.pathsep.join([jars, str(folder)]), "Statements"),
                *(f"{name}={value}" for name, value in settings.items()),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            cwd=folder,
        )

    def run(self, statement: str) -> Answer:
        self._process.stdin.write(f"{statement}\1\n")
        self._process.stdin.flush()
        answer = Answer()
        for line in self._process.stdout:
            kind, _, value = line.rstrip("\n").partition("\t")
            if kind == "done":
                return answer
            if kind == "error":
                answer.error = value
            else:
                (answer.columns if kind == "column" else answer.rows).append(value)
        raise AssertionError(f"Hive's driver ended; see {self._log.name}")

    def close(self) -> None:
        self._process.communicate()
        self._log.close()


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    started = Driver(tmp_path_factory.mktemp("hive"))
    yield started
    started.close()


def own(session: Session, statement: str) -> Answer:
    """What bigdata gives for a statement."""
    answer = Answer()
    try:
        for result in session.statements(statement):
            names = result.header.split("\t")
            answer.columns = [f"{name} {column.type}" for name, column in zip(names, result.columns)]
            answer.rows = [line for row in result.lines() for line in row.split("\n")]
    except BigdataError as error:
        answer.error = str(error)
    return answer


@dataclass
class Statement:
    """A statement of a file, with the notes before it."""

    line: int
    text: str
    notes: list[str]

    @property
    def who(self) -> str:
        return next((note for note in self.notes if note in ("hive", "bigdata")), "")

    @property
    def differs(self) -> bool:
        return any(note.startswith("3.1: ") for note in self.notes)

    def comparable(self, answer: Answer) -> tuple[bool, list[str], list[str]]:
        """What answers have in common: rows without an order are sorted, paths and times left out."""
        if answer.error:
            return True, [], []
        if not re.match(r"(SELECT|WITH|DESCRIBE|SHOW|FROM (?!.*INSERT))", self.text, re.DOTALL):
            return False, [], []
        rows = answer.rows
        if self.text.startswith(("DESCRIBE", "SHOW")):
            rows = [masked(row) for row in rows if row.strip() and not re.match(UNSTABLE, row)]
        elif not re.search(r"ORDER BY [^()]*$", self.text):
            rows = sorted(rows)
        return False, answer.columns, rows


#: lines of descriptions that are never the same
UNSTABLE = r"\s*'?(transient_lastDdlTime|last_modified_time|CreateTime|LastAccessTime|bucketing_version|OwnerType)\b"


def masked(row: str) -> str:
    return re.sub(r"(file:)?/\S*/(warehouse|own)/", "…/", row.rstrip())


def statements(path: Path, folder: Path) -> list[Statement]:
    found: list[Statement] = []
    notes: list[str] = []
    lines: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("--") and not lines:
            notes.append(line[2:].strip())
        elif line or lines:
            lines.append(line)
            if line.endswith(";"):
                text = "\n".join(lines)[:-1].replace("${tmp}", str(folder))
                found.append(Statement(number - len(lines) + 1, text, notes))
                notes, lines = [], []
        else:
            notes = []
    assert not lines, f"{path.name}: the last statement has no semicolon"
    return found


def differing(hive: Answer, mine: Answer) -> str:
    """Two answers, one below the other, without what they have in common."""
    parts = [
        (name, getattr(hive, name), getattr(mine, name))
        for name in ("columns", "rows", "error")
        if getattr(hive, name) != getattr(mine, name)
    ]
    return "\n".join(f"Hive's {name}: {theirs}\nbigdata's: {ours}" for name, theirs, ours in parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_statements_give_what_hive_s_driver_gives(driver, path, tmp_path):
    settings = {"hive.exec.dynamic.partition.mode": "nonstrict", "hive.mapred.mode": "nonstrict"}
    wrong = []
    with Session("hive", warehouse=tmp_path / "own", settings=settings) as session:
        for start in (f"CREATE DATABASE {path.stem}", f"USE {path.stem}"):
            assert not driver.run(start).error
            assert not own(session, start).error
        for statement in statements(path, tmp_path):
            if statement.who:
                answer = driver.run(statement.text) if statement.who == "hive" else own(session, statement.text)
                assert not answer.error, f"{path.name}:{statement.line}: {answer.error}"
                continue
            hive, mine = driver.run(statement.text), own(session, statement.text)
            if (statement.comparable(hive) != statement.comparable(mine)) != statement.differs:
                wrong.append(f"{path.name}:{statement.line}: {statement.text}\n{differing(hive, mine)}")
    assert not wrong, "\n\n".join(wrong)
