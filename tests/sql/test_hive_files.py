"""HiveQL in files: each statement with the lines that Hive prints for it, or a part of its error's message.

A statement ends with ``;`` at the end of a line. After it, ``--> `` begins each line that is expected, and ``--! `` a
part of the message of an error. A statement that nothing follows prints nothing. ``${data}`` is the folder of sample
data. Comments name the source of what is expected.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bigdata import BigdataError, Session

HERE = Path(__file__).parent / "hive"
DATA = Path(__file__).parents[2] / "sample_data"
FILES = sorted(HERE.rglob("*.sql"))


@dataclass
class Case:
    """A statement, the lines that it prints, and a part of its error's message."""

    line: int
    text: str
    lines: list[str] = field(default_factory=list)
    error: str = ""


def cases(path: Path) -> list[Case]:
    """The statements of a file with what follows each."""
    found: list[Case] = []
    pending: list[str] = []
    start = 1
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("-->") and not pending:
            found[-1].lines.append(line[4:])
        elif line.startswith("--!") and not pending:
            found[-1].error = line[4:]
        elif pending or (line.strip() and not line.startswith("--")):
            start = start if pending else number
            pending.append(line)
            if line.rstrip().endswith(";"):
                found.append(Case(start, "\n".join(pending)))
                pending = []
    assert not pending, f"{path.name}:{start}: the last statement has no semicolon"
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HERE).with_suffix("")))
def test_statements_print_what_hive_prints(path, tmp_path):
    with Session(
        "hive", warehouse=tmp_path / "warehouse", variables={"data": str(DATA), "tmp": str(tmp_path)}
    ) as session:
        wrong = []
        for case in cases(path):
            try:
                printed, error = list(session.sql(case.text).lines()), ""
            except BigdataError as raised:
                printed, error = [], str(raised)
            right = case.error in error if case.error else not error and printed == case.lines
            if not right:
                expected, got = (
                    (case.error, error) if case.error else ("\n".join(case.lines), "\n".join(printed) + error)
                )
                wrong.append(f"{path.name}:{case.line}: {case.text}\nexpected: {expected}\ngot: {got}")
        assert not wrong, "\n\n".join(wrong)
