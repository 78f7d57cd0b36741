"""Files and jars that a script names, and the tutorial of EMR."""

import json
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
import sqlglot.parser

import bigdata
from jobs.cloudfront_os import CloudFrontOS
from jobs.wordcount import WordCount
from tests.sql.command.cases import ROOT, script

SAMPLES = ROOT / "sample_data"


# -- files of a session -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [f"{sys.executable} reverse.py", "reverse.py", "./reverse.py"])
def test_scripts_find_files_by_their_names(rows, command):
    Path("scripts").mkdir()
    text = f"#!{sys.executable}\nimport sys\nfor line in sys.stdin:\n    print(line.strip()[::-1])"
    Path(script(text, "scripts/reverse.py")).chmod(0o755)
    query = f"SELECT TRANSFORM(a) USING '{command}' AS (b) FROM (SELECT 'abc' AS a) t"
    assert rows("-e", f"ADD FILE scripts/reverse.py; {query}") == ["cba"]


def test_files_are_listed_and_deleted(rows):
    for name in ("a.txt", "b.txt"):
        Path(name).touch()
    assert rows("-e", "ADD FILES a.txt b.txt; LIST FILES") == ["a.txt", "b.txt"]
    assert rows("-e", "ADD FILE a.txt; ADD FILE b.txt; LIST FILE b.txt c.txt") == ["b.txt"]
    assert rows("-e", "ADD FILES a.txt b.txt; DELETE FILE a.txt; LIST FILES") == ["b.txt"]
    assert rows("-e", "ADD FILES a.txt b.txt; DELETE FILES; LIST FILES") == []


@pytest.mark.parametrize(
    "jar", ["/usr/lib/hive-hcatalog/share/hcatalog/hive-hcatalog-core.jar", "hive-contrib-3.1.3.jar"]
)
def test_jars_of_what_is_here_are_not_needed(rows, jar):
    assert rows("-e", f"ADD JAR {jar}; SELECT 1; LIST FILES") == ["1"]


# -- MapReduce and SQL ------------------------------------------------------------------------------------------------


def test_the_tutorial_of_emr_counts_what_the_job_counts(rows):
    rows("-f", SAMPLES / "hive/os_requests.q", "-d", f"INPUT={SAMPLES}", "-d", "OUTPUT=out")
    lines = "".join(path.read_text() for path in Path("out/os_requests").glob("[!._]*")).splitlines()
    # Hive sets fields of a directory apart with ^A
    counts = {system: int(count) for system, count in (line.split("\x01") for line in lines)}
    assert counts == dict(bigdata.run(CloudFrontOS, str(SAMPLES / "cloudfront")))
    assert len(counts) == 6


@pytest.mark.slow
def test_the_tutorial_runs_in_a_bucket(s3, rows):
    s3("code/os_requests.q", (SAMPLES / "hive/os_requests.q").read_bytes())
    s3("code/reverse.py", b"import sys\nfor line in sys.stdin:\n    print(line.strip()[::-1])")
    s3("samples/cloudfront/cloudfront.log", (SAMPLES / "cloudfront/cloudfront.log").read_bytes())
    rows("-f", "s3://books/code/os_requests.q", "-d", "INPUT=s3://books/samples", "-d", "OUTPUT=s3://books/out")
    lines = rows("-e", "dfs -cat s3://books/out/os_requests/*")
    counts = {system: int(count) for system, count in (line.split("\x01") for line in lines)}
    assert counts == dict(bigdata.run(CloudFrontOS, str(SAMPLES / "cloudfront")))
    query = f"SELECT TRANSFORM(a) USING '{sys.executable} reverse.py' AS (b) FROM (SELECT 'abc' AS a) t"
    assert rows("-e", f"ADD FILE s3://books/code/reverse.py; LIST FILES; {query}") == [
        "s3://books/code/reverse.py",
        "cba",
    ]


def test_a_job_maps_and_reduces_within_sql(rows):
    job = f"{sys.executable} -m jobs.wordcount"
    table = f"CREATE EXTERNAL TABLE texts (line string) LOCATION '{SAMPLES}/documents'"
    mapped = f"SELECT TRANSFORM(line) USING '{job} --mapper' AS (word, n INT) FROM texts"
    summed = rows("-e", table, "-e", f"SELECT word, sum(n) FROM ({mapped}) mapped GROUP BY word")
    reduced = rows(
        "-e",
        f"FROM ({mapped} CLUSTER BY word) mapped SELECT TRANSFORM(word, n) USING '{job} --reducer' AS (word, n INT)",
    )
    counts = dict(bigdata.run(WordCount, str(SAMPLES / "documents")))
    # the keys of a job's task are JSON
    for lines in (summed, reduced):
        assert {json.loads(word): int(n) for word, n in (line.split("\t") for line in lines)} == counts


def test_sqlglot_that_is_compiled(hive, monkeypatch):
    compiled = ModuleSpec("sqlglot.parser", None, origin="sqlglot/parser.cpython-313-x86_64-linux-gnu.so")
    monkeypatch.setattr(sqlglot.parser, "__spec__", compiled)
    refused = "EngineNotInstalled: hive on duckdb can't use compiled sqlglot: pip uninstall sqlglotc"
    assert hive("-e", "SELECT 1") == (1, [], [refused])


def test_a_warehouse_that_can_not_be_made(hive, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "odd" / ".catalog.sqlite").mkdir(parents=True)
    for warehouse, said in (("file", "can't be written"), ("odd", "the catalog can't be read or written")):
        status, printed, [error] = hive("--warehouse", warehouse, "-S", "-e", "SHOW TABLES")
        assert (status, printed, f"{tmp_path / warehouse}" in error, said in error) == (1, [], True, True)
