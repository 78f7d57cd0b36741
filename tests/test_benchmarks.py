"""Every peer of every benchmark gives the right answer on a small input, and a wrong one is caught."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("pyperf", reason="benchmarks need the bench extra")
pytest.importorskip("psutil", reason="benchmarks need the bench extra")

from benchmarks import report, runner
from benchmarks.answers import WrongAnswer, compare, query, rows
from benchmarks.measure import run
from benchmarks.subject import load, names

SIZE = 100_000
PEERS = [(subject, name) for subject in names() for name in load(subject).peers]


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="session")
def references() -> dict[str, Any]:
    return {}


@pytest.mark.slow
@pytest.mark.parametrize("subject_name, name", PEERS, ids=[f"{subject}-{name}" for subject, name in PEERS])
def test_a_peer_gives_the_right_answer(subject_name, name, scratch, references, tmp_path):
    subject = load(subject_name)
    peer = subject.peers[name]
    if missing := peer.missing():
        pytest.skip(f"{name} needs {', '.join(missing)}")
    source = runner.make_data(subject, SIZE, scratch)
    if subject_name not in references:
        references[subject_name] = subject.reference(source)
    run(peer.command(source, tmp_path / "answer", built=runner.built(name, peer, scratch)))
    if peer.form is not None:
        assert len(references[subject_name])
        compare(name, subject.answers[peer.form](tmp_path / "answer"), references[subject_name])


@pytest.mark.parametrize("subject_name", names())
def test_the_table_says_what_was_measured(subject_name, scratch):
    subject = load(subject_name)
    peers = runner.installed(subject, [subject.ours])
    suite = report.suite(runner.measure(subject, peers, [SIZE], scratch, repeat=1))
    table = report.tables(subject, suite)
    assert f"| {subject.peers[subject.ours].title} |" in table
    assert "100 kB, s" in table


def test_a_wrong_answer_is_caught(scratch):
    subject = load("wordcount")
    source = runner.make_data(subject, SIZE, scratch)
    reference = subject.reference(source)
    answer = scratch / "answer"
    lines = [f"{row['word']}\t{row['count']}\n" for row in reference.to_pylist()]
    answer.write_text("".join(lines))
    compare("right", subject.answers["rows"](answer), reference)
    word, count = reference["word"][0].as_py(), reference["count"][0].as_py()
    answer.write_text("".join([f"{word}\t{count + 1}\n", *lines[1:]]))
    with pytest.raises(WrongAnswer, match=f"wrong: 1 of {len(lines):,} rows differ"):
        compare("wrong", subject.answers["rows"](answer), reference)
    answer.write_text("".join(lines[1:]))
    with pytest.raises(WrongAnswer, match=f"expected {len(lines):,} rows; got {len(lines) - 1:,}"):
        compare("short", subject.answers["rows"](answer), reference)


def test_rows_out_of_order_are_caught(scratch):
    subject = load("terasort")
    source = runner.make_data(subject, SIZE, scratch)
    reference = subject.reference(source)
    with pytest.raises(WrongAnswer, match="terasort"):
        compare("terasort", subject.answers["rows"](source / "rows.txt"), reference)


def test_floats_are_compared_by_their_size(tmp_path):
    read = query(f"SELECT * FROM {rows(node='BIGINT', rank='DOUBLE')}")
    (tmp_path / "answer").write_text("2\t2e-9\n1\t1\n")
    compare("near", read(tmp_path / "answer"), pa.table({"node": [1, 2], "rank": [1 + 1e-7, 2e-9]}))
    with pytest.raises(WrongAnswer, match="1 of 2 rows"):
        compare("far", read(tmp_path / "answer"), pa.table({"node": [1, 2], "rank": [1.0, 2.1e-9]}))


def test_readme_has_markers_for_every_subject(tmp_path):
    readme = report.README.read_text(encoding="utf-8")
    for subject in [*names(), "overview", "memory", "micro"]:
        assert report.insert(readme, subject, "new") != readme


def test_stored_results_of_word_count_are_read():
    suite = report.stored("wordcount")
    assert suite is not None
    table = report.tables(load("wordcount"), suite)
    assert "| mrjob -r local |" in table


def test_a_peer_without_what_it_needs_is_left_out(capsys, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    subject = load("grep")
    assert list(runner.installed(subject, ["bigdata", "gnu"])) == ["bigdata"]
    assert capsys.readouterr().err == "gnu is left out: it needs grep\n"
