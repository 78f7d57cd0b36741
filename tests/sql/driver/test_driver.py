"""Statements in files give what Hive 3.1.3's own driver gives: rows, columns, and errors.

What precedes a statement may say that:

- ``-- differs: reason``: bigdata answers otherwise, on purpose
- ``-- hive`` or ``-- bigdata``: only that one runs it
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bigdata import BigdataError, Session

from .hive import Answer, missing

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing() or "")]
FILES = sorted(Path(__file__).parent.glob("*.sql"))


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
        return any(note.startswith("differs: ") for note in self.notes)

    def comparable(self, answer: Answer) -> tuple[bool, list[str], list[str]]:
        """What answers have in common: rows without an order are sorted, paths and times left out."""
        if answer.error:
            return True, [], []
        if not re.match(r"(SELECT|WITH|DESCRIBE|SHOW|FROM (?!.*INSERT))", self.text, re.DOTALL | re.IGNORECASE):
            return False, [], []
        rows = answer.rows
        if self.text.upper().startswith(("DESCRIBE", "SHOW")):
            rows = [masked(row) for row in rows if row.strip() and not re.match(UNSTABLE, row)]
        elif not re.search(r"ORDER BY [^()]*$", self.text, re.IGNORECASE):
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
    settings["hive.local.time.zone"] = "UTC"
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
