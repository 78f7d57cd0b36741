"""`--check` and `--explain`: what a script would do."""

from tests.sql.command.cases import script

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
