"""Statements with a few pieces exchanged or lost: they run, or what is wrong with them is said in a line of ours."""

import random
import re

import pytest

from bigdata import BigdataError, Session
from tests.sql.test_hive_files import FILES, cases

PIECES = re.compile(r"'(?:\\.|[^'])*'|\w+|\s+|.", re.DOTALL)
WORDS = ["NULL", "1", "t", "a", "b", "(", ")", ",", "*", "DISTINCT", "x.y", "''", "-1", "1.5", "2e"]
#: statements for the shell, those that start a process, and those that take away what others are about
OTHERS = re.compile(r"\s*(dfs|source|!|add|quit|exit|list|delete|drop|use)|.*\b(transform|using)\b", re.I | re.S)


def mutated(text, pool, draw):
    """A statement with up to three of its pieces removed, exchanged or replaced."""
    pieces = PIECES.findall(text)
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        place = draw.randrange(len(pieces))
        other = draw.choice([lambda: draw.choice(pool), lambda: draw.choice(WORDS), lambda: draw.choice(pieces)])()
        pieces[place : place + draw.randrange(2)] = draw.choice([[], [other]])
        if not pieces:
            break
    return "".join(pieces)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_what_is_wrong_with_a_statement_is_said_in_a_line(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    draw = random.Random(seed)
    texts = [case.text for path in FILES for case in cases(path) if not OTHERS.match(case.text)]
    pool = PIECES.findall("".join(texts))
    failed = []
    # confined, for a mutation may name any folder
    with Session("hive", warehouse=tmp_path / "warehouse", folders=[str(tmp_path)]) as session:
        for number, text in enumerate([*texts, *(mutated(draw.choice(texts), pool, draw) for _ in range(2500))]):
            if OTHERS.match(text):
                continue
            try:
                list(session.sql(text).lines())
            except BigdataError as error:
                if "\n" in str(error).partition("\n    ")[0]:
                    failed.append(f"{text}\n{error}")
            except Exception as error:
                failed.append(f"statement {number}: {text}\n{error!r}")
    assert not failed, "\n\n".join(failed)
