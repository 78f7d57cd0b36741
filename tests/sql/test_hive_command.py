"""`bigdata hive` as a user runs it: scripts, options, what is printed where, and errors."""

import io
import json
import re
import signal
import subprocess
import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
import sqlglot.parser

import bigdata
from bigdata.cli import main
from jobs.cloudfront_os import CloudFrontOS
from jobs.wordcount import WordCount

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
TOOK = re.compile(r"Time taken: \d+\.\d{3} seconds(, Fetched: (\d+) row\(s\))?")


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """An empty folder to be in, in which jobs are found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def hive(capsys):
    """Runs ``bigdata hive`` with such arguments; gives its exit status, its output and its errors."""

    def run(*words):
        status = 0
        try:
            main(["hive", *map(str, words)])
        except SystemExit as end:
            status = end.code
        if isinstance(status, str):  # Python prints it as it exits
            print(status, file=sys.stderr)
            status = 1
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err.splitlines()

    return run


@pytest.fixture
def rows(hive):
    """The lines that ``bigdata hive -S`` prints; nothing goes wrong."""

    def run(*words):
        status, printed, errors = hive("-S", *words)
        assert (status, errors) == (0, [])
        return printed

    return run


def script(text, name="script.q"):
    Path(name).write_text(text, encoding="utf-8")
    return name


# -- what is printed ------------------------------------------------------------------------------------------------


def test_rows_go_to_stdout_and_the_rest_to_stderr(hive):
    status, printed, errors = hive(
        "-e", "CREATE TABLE t AS SELECT 1 AS a; SELECT a, 'x' FROM t; SELECT a FROM t LIMIT 0"
    )
    assert (status, printed) == (0, ["1\tx"])
    assert errors[::2] == ["OK"] * 3
    assert [TOOK.fullmatch(line)[2] for line in errors[1::2]] == [None, "1", None]


def test_settings_are_no_statements_of_sql(hive):
    assert hive("-e", "SET a=4; SET a; ADD FILE .; RESET") == (0, ["a=4"], [])


@pytest.mark.parametrize("words", [["--header"], ["--hiveconf", "hive.cli.print.header=true"]])
def test_a_header_has_the_names(rows, words):
    assert rows(*words, "-e", "SELECT 1 AS one, 'x' AS `Two`; SET a=4; SET a") == ["one\ttwo", "1\tx", "a=4"]


def test_a_header_has_the_names_of_tables_that_a_query_gives(rows):
    """Configuration Properties, hive.resultset.use.unique.column.names: for ``*``, and where it is written."""
    rows("-e", "CREATE TABLE t AS SELECT 1 AS k, 'a' AS v")

    def header(query, *words):
        return rows("--header", *words, "-e", query)[0].split("\t")

    assert header("SELECT * FROM t") == ["t.k", "t.v"]
    assert header("SELECT a.k, v, a.k AS x, a.k + 1, b.* FROM t a JOIN (SELECT 2 AS y) b") == [
        "a.k",
        "v",
        "x",
        "_c3",
        "b.y",
    ]
    assert header("SELECT k FROM t UNION ALL SELECT k FROM t") == ["_u1.k"]
    assert header("SELECT * FROM t", "--hiveconf", "hive.resultset.use.unique.column.names=false") == ["k", "v"]
    assert header("SELECT * FROM t", "--output-format", "csv") == ["k,v"]


def test_a_script_turns_the_header_on(rows):
    assert rows("-e", "SELECT 1 AS a; SET hive.cli.print.header=true; SELECT 2 AS b") == ["1", "b", "2"]


def test_statements_are_printed_before_their_rows(rows):
    assert rows("-v", "-e", "SELECT\n 1; SELECT 2") == ["SELECT", " 1", "1", "SELECT 2", "2"]


ROW = "SELECT 7 AS n, CAST(NULL AS string) AS t, map('k', array(true)) AS m, 'a,\"b\"' AS q"


@pytest.mark.parametrize(
    "form, expected",
    [
        ("hive", ["n\tt\tm\tq", '7\tNULL\t{"k":[true]}\ta,"b"']),
        ("csv", ["n,t,m,q", '7,,"{""k"":[true]}","a,""b"""']),
        (
            "table",
            [
                "+---+------+--------------+-------+",
                "| n | t    | m            | q     |",
                "+---+------+--------------+-------+",
                '| 7 | NULL | {"k":[true]} | a,"b" |',
                "+---+------+--------------+-------+",
            ],
        ),
    ],
)
def test_rows_are_shown_as_asked(rows, form, expected):
    assert rows("--output-format", form, "--header", "-e", ROW) == expected


def test_json_has_an_object_a_row(rows):
    query = f"{ROW}, 1.50BD AS d, CAST('NaN' AS double) AS f, DATE '2024-02-29' AS day, named_struct('A', 1) AS s"
    (line,) = rows("--output-format", "json", "-e", query)
    assert '"d": 1.50' in line or '"d": 1.5,' in line
    assert json.loads(line) == {
        "n": 7,
        "t": None,
        "m": {"k": [True]},
        "q": 'a,"b"',
        "d": 1.5,
        "f": "NaN",
        "day": "2024-02-29",
        "s": {"a": 1},
    }


# -- where statements come from -------------------------------------------------------------------------------------


def test_statements_of_several_options_share_a_session(rows):
    assert rows("-e", "SET hivevar:x=5", "-e", "SELECT ${x}") == ["5"]


def test_a_script_is_a_file_or_a_uri(rows):
    path = script("-- a comment; with a semicolon\nSELECT 'ä;';\n")
    assert rows("-f", path) == rows("-f", Path(path).absolute().as_uri()) == ["ä;"]


def test_a_script_comes_from_standard_input(rows, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1;\nSELECT 2"))
    assert rows() == ["1", "2"]


@pytest.mark.parametrize("option", ["-d", "--define", "-define", "--hivevar", "-hivevar"])
def test_variables_are_put_in(rows, option):
    assert rows(option, "x=a=b", "-e", "SELECT '${x}', '${hivevar:x}', '${y}'") == ["a=b\ta=b\t${y}"]


@pytest.mark.parametrize("option", ["--hiveconf", "-hiveconf"])
def test_settings_are_those_of_set(rows, option):
    assert rows(option, "some.thing=5", "-e", "SET some.thing; SELECT ${hiveconf:some.thing}") == ["some.thing=5", "5"]


def test_scripts_before_run_in_silence(hive):
    first, second = script("SET hivevar:x=5; CREATE DATABASE d", "a.q"), script("SELECT ${x}", "b.q")
    status, printed, errors = hive("-i", first, "-i", second, "-e", "SHOW DATABASES LIKE 'd'")
    assert (status, printed) == (0, ["5", "d"])
    assert len(errors) == 2


def test_the_home_folder_has_a_script_that_runs_first(rows, tmp_path):
    """LanguageManual Cli, the hiverc file: it runs where -i names no other."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".hiverc").write_text("SET hivevar:x=5;\nSET hive.cli.print.header=true;\n")
    assert rows("-e", "SELECT ${x} AS a") == ["a", "5"]
    assert rows("-i", script("SET hivevar:x=6", "init.q"), "-e", "SELECT ${x} AS a") == ["6"]


def test_a_session_begins_in_a_database(rows):
    rows("-e", "CREATE DATABASE d; CREATE TABLE d.t AS SELECT 3 AS a")
    assert rows("--database", "d", "-e", "SELECT a FROM t") == ["3"]
    assert rows("-database", "d", "-e", "SELECT a FROM t") == ["3"]


def test_tables_last_in_the_warehouse(rows):
    rows("--warehouse", "here", "-e", "CREATE TABLE t AS SELECT 3 AS a")
    assert rows("--warehouse", "here", "-e", "SHOW TABLES") == ["t"]
    assert rows("--warehouse", "there", "-e", "SHOW TABLES") == []


def test_quit_ends_all(rows):
    script("SELECT 2; QUIT; SELECT 3", "inner.q")
    assert rows("-e", "SELECT 1; SOURCE inner.q; SELECT 4", "-e", "SELECT 5") == ["1", "2"]
    assert rows("-i", script("exit", "init.q"), "-e", "SELECT 5") == []


def test_source_runs_a_file_in_its_place(hive):
    script("SELECT 2;\nSELECT 3", "inner.q")
    status, printed, errors = hive("-e", "SET hivevar:name=inner; SOURCE ${name}.q; SELECT 4")
    assert (status, printed) == (0, ["2", "3", "4"])
    assert errors[::2] == ["OK"] * 3


# -- errors ---------------------------------------------------------------------------------------------------------


def test_the_first_error_ends_the_script(hive):
    path = script("CREATE TABLE a AS SELECT 1 AS n;\n\nSELECT n\nFROM nosuch;\nCREATE TABLE b AS SELECT 1 AS n;")
    status, printed, errors = hive("-S", "-f", path)
    assert (status, printed, len(errors)) == (1, [], 1)
    assert errors[0].startswith("TableNotFound: script.q: line 3: ") and "nosuch" in errors[0]
    assert hive("-S", "-e", "SHOW TABLES")[1] == ["a"]


@pytest.mark.parametrize(
    "text, message",
    [
        ("SELECT 1;\nSELECT 'open", "SqlSyntaxError: script.q: line 2: the quote ' has no end."),
        ("SELECT 1;\nSELEC 2", "SqlSyntaxError: script.q: line 2, column 7: "),
        ("SOURCE inner.q", "TableNotFound: inner.q: line 2: "),
        ("SELECT 1;\nSOURCE nosuch.q", "InputError: script.q: line 2: nosuch.q: can't be read: No such file"),
        ("ADD FILE nosuch.py", "InputNotFound: script.q: line 1: ADD FILE nosuch.py: no such file."),
        ("\n!ls -l", "UnsupportedStatement: script.q: line 2: !ls -l: commands of the system don't run from scripts."),
        ("ADD JAR a.jar", "UnsupportedStatement: script.q: line 1: ADD JAR a.jar: Java can't run here."),
        ("ADD ARCHIVE a.zip", "UnsupportedStatement: script.q: line 1: ADD ARCHIVE a.zip: archives aren't unpacked."),
        ("dfs -chmod 700 a", "UnsupportedStatement: script.q: line 1: dfs -chmod: expected one of -ls, -cat"),
    ],
)
def test_an_error_names_file_and_line(hive, text, message):
    script("\nSELECT * FROM nosuch", "inner.q")
    status, _, errors = hive("-S", "-f", script(text))
    assert status == 1
    assert errors[0].startswith(message), errors[0]
    assert "Traceback" not in "".join(errors)


def test_errors_are_passed_over_if_that_is_set(hive):
    text = "SET hive.cli.errors.ignore=true; SELECT nosuch; SELECT 1"
    status, printed, errors = hive("-S", "-e", text)
    assert (status, printed, len(errors)) == (0, ["1"], 1)
    assert errors[0].startswith("NameNotFound: -e: line 1: ")
    assert hive("-S", "-e", f"{text}; !ls")[0] == 1


@pytest.mark.parametrize(
    "words, parts",
    [
        (["-d", "INPUT"], ["-d/--define", "expected NAME=VALUE; got 'INPUT'"]),
        (["--hiveconf", "=x"], ["--hiveconf", "expected NAME=VALUE; got '=x'"]),
        (["-e", "SELECT 1", "-f", "a.q"], ["-f", "not allowed with argument -e"]),
        (["--engine", "mr"], ["--engine", "'mr'", "duckdb", "spark"]),
        (["--output-format", "xml"], ["--output-format", "'xml'", "hive", "table", "csv", "json"]),
    ],
)
def test_wrong_options_are_refused(hive, words, parts):
    status, printed, errors = hive(*words)
    assert (status, printed) == (2, [])
    assert all(part in errors[-1] for part in parts), errors[-1]


@pytest.mark.parametrize(
    "words, part", [(["-f", "nosuch.q"], "nosuch.q"), (["--database", "d", "-e", "SELECT 1"], "d")]
)
def test_what_is_missing_is_named(hive, words, part):
    status, printed, errors = hive(*words)
    assert (status, printed, len(errors)) == (1, [], 1)
    assert part in errors[0]


def test_a_script_is_utf8(hive):
    Path("script.q").write_bytes(b"SELECT '\xe4'")
    assert hive("-f", "script.q")[2] == ["UsageError: script.q: byte 9 isn't UTF-8. Save the script as UTF-8."]


def test_who_reads_the_rows_may_stop(tmp_path):
    words = [
        sys.executable,
        "-m",
        "bigdata",
        "hive",
        "-S",
        "-e",
        "SELECT * FROM (SELECT explode(split(space(99999), ''))) t",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_ctrl_c_stops_a_query():
    many = "(SELECT explode(split(space(3000), '')) AS c)"
    query = f"SELECT count(*), max(concat(a.c, b.c, c.c)) FROM {many} a CROSS JOIN {many} b CROSS JOIN {many} c"
    words = [sys.executable, "-m", "bigdata", "hive", "-v", "-e", query]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == f"{query}\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, "")
    assert errors == "Interrupted: the command was stopped and left no output.\n"


# -- reading instead of running ---------------------------------------------------------------------------------------


def test_check_runs_nothing(hive, tmp_path):
    path = script("CREATE TABLE t (a int);\nINSERT INTO t SELECT 1;\nSET a=4; dfs -mkdir folder;")
    assert hive("--check", "-f", path) == (0, [], [])
    assert [found.name for found in tmp_path.iterdir()] == ["script.q"]


def test_check_says_what_is_wrong(hive):
    status, printed, errors = hive("--check", "-f", script("SELECT 1;\n\nADD JAR a.jar"))
    assert (status, printed, len(errors)) == (1, [], 1)
    assert errors[0].startswith("UnsupportedStatement: script.q: line 3: ADD JAR a.jar: ")


def test_check_follows_source(hive, tmp_path):
    script("SELECT 2;\nSOURCE deeper.q;", "inner.q")
    script("SELECT ${y};\nUPDATE t SET a = 1;", "deeper.q")
    status, printed, errors = hive("--check", "-e", "SET hivevar:x=inner; SET hivevar:y=3; SOURCE ${x}.q;")
    assert (status, printed, len(errors)) == (1, [], 1)
    assert errors[0].startswith("UnsupportedStatement: deeper.q: line 2: UPDATE: ")
    # nothing runs of a script that holds what can't run, wherever it stands
    assert hive("-e", "SELECT 1; SOURCE inner.q;")[:2] == (1, [])
    status, _, errors = hive("--check", "-f", script("SOURCE script.q"))
    assert (status, len(errors)) == (1, 1)
    assert errors[0].startswith("UsageError: script.q: line 1: source script.q: the script names itself")


def test_explain_prints_the_sql_of_queries(rows):
    rows("-e", "CREATE TABLE t AS SELECT 3 AS a")
    printed = rows(
        "--explain", "-d", "x=5", "-e", "SET hivevar:y=6;\nDROP TABLE t;\nINSERT INTO t SELECT a + ${x} + ${y} FROM t"
    )
    assert printed[0] == "-- not run: DROP TABLE t"
    assert printed[1].startswith("SELECT") and printed[-1].endswith(";")
    assert "5" in "".join(printed) and "6" in "".join(printed)
    assert rows("-e", "SELECT a FROM t") == ["3"]


def test_explain_prints_the_sql_of_several_inserts(rows):
    rows("-e", "CREATE TABLE t AS SELECT 3 AS a")
    assert len(rows("--explain", "-e", "WITH q AS (SELECT a FROM t) INSERT INTO t SELECT a FROM q")) == 1
    printed = rows("--explain", "-e", "FROM t INSERT INTO t SELECT a INSERT INTO t SELECT a + 1")
    assert [line.split()[0] for line in printed] == ["CREATE", "SELECT", "SELECT"]
    assert rows("-e", "SELECT a FROM t") == ["3"]


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
