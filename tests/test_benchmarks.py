"""Every peer of every benchmark gives the right answer on a small input, and a wrong one is caught."""

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks import hive, micro, report, runner
from benchmarks.answers import WrongAnswer, compare, query, rows
from benchmarks.measure import run
from benchmarks.subject import Peer, load, names

SIZE = 100_000
#: subjects and peers that take a second or two, with what the tests need anyway
QUICK = {(subject, name) for subject in {*names()} - {"kmeans", "pagerank"} for name in (load(subject).ours, "duckdb")}
PEERS = [
    pytest.param(subject, name, marks=() if (subject, name) in QUICK else pytest.mark.slow, id=f"{subject}-{name}")
    for subject in names()
    for name in load(subject).peers
]


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="session")
def references() -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("subject_name, name", PEERS)
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


def test_the_table_says_what_was_measured(scratch):
    subject = load("grep")
    peers = runner.installed(subject, ["bigdata", "duckdb"])
    suite = report.suite(runner.measure(subject, peers, [SIZE, 10 * SIZE], scratch, repeat=1))
    header, _, first, second = report.tables(subject, suite).split("\n\n")[1].splitlines()
    assert header == "|  | 100 kB, s | 1 MB, s | × at 1 MB | peak memory |"
    rows = {row.split(" | ")[0].removeprefix("| "): row.split(" | ") for row in (first, second)}
    assert rows["bigdata, columnar"][3] == "1.00"
    ours, theirs = (suite.get_benchmark(f"{peer} 1 MB").median() for peer in ("bigdata", "duckdb"))
    assert rows["DuckDB SQL"][2:4] == [f"{theirs:.2f}", f"{theirs / ours:.2f}"]


def test_a_wrong_peer_stops_the_run(scratch):
    subject = load("grep")
    wrong = Peer("the first line", "sh -c 'head -n 1 {input}/text.txt > {output}'")
    with pytest.raises(WrongAnswer, match="first 100 kB: expected"):
        runner.measure(subject, {"first": wrong}, [SIZE], scratch, repeat=1)


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
    for subject in [*names(), "overview", "memory", "micro", "hive"]:
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


@pytest.mark.parametrize("name", micro.OPERATIONS)
def test_the_hot_core_is_measured(name, monkeypatch):
    monkeypatch.setattr(micro, "TEXT_BYTES", 10_000)
    monkeypatch.setattr(micro, "RECORDS", 1_000)
    unit, amount, seconds = json.loads(micro.measure_here(name, rounds=2))
    assert unit in ("bytes", "records") and amount >= 1_000
    assert all(len(times) == 2 and min(times) > 0 for times in seconds.values())


def test_hive_is_measured_beside_duckdb(tmp_path):
    suite = report.suite(hive.runs(["duckdb", "hive"], "0.001", 1, tmp_path))
    _, queries, targets, _ = hive.render(suite).split("\n\n")
    header, _, *rows = queries.splitlines()
    assert header == "| query | DuckDB, s | Hive on DuckDB, s | Hive on DuckDB, DuckDB = 1 | translation, ms |"
    assert [row.split(" | ")[0] for row in rows] == [f"| {number}" for number in [*range(1, 23), "sum"]]
    assert "| all queries: time over DuckDB's own dialect | under 5% |" in targets
    assert "| start: `bigdata hive -e 'select 1'`, a process, s | under 0.5 s |" in targets


def test_other_rows_of_a_query_are_caught():
    right, near, wrong = (pa.table({"a": [value]}) for value in (1.0, 1.0000001, 1.1))
    expected = {}
    hive.check("1", "duckdb", right, expected)
    hive.check("1", "hive", near, expected)
    with pytest.raises(WrongAnswer, match="query 1: hive gives other rows than duckdb"):
        hive.check("1", "hive", wrong, expected)
