"""Hive's scripts on Spark: settings, statements that Spark has otherwise, errors, and whose Spark it is."""

import re

import pytest

import bigdata
from bigdata import (
    BigdataError,
    NameNotFound,
    Session,
    SqlSyntaxError,
    TableNotFound,
    TaskFailed,
    UnsupportedStatement,
    UsageError,
)
from jobs.cloudfront_os import CloudFrontOS
from tests.engines.spark.conftest import MARKS
from tests.engines.spark.process import ROOT, python

pytestmark = MARKS
SAMPLES = ROOT / "sample_data"


@pytest.fixture
def hive(spark, tmp_path):
    """A session over a database of its own, on the Spark of all tests."""
    variables = {"INPUT": str(SAMPLES), "OUTPUT": str(tmp_path)}
    with Session("hive", "spark", spark.conf.get("spark.sql.warehouse.dir"), variables=variables) as session:
        session.sql("CREATE DATABASE mine; USE mine")
        yield session
        session.sql("USE default; DROP DATABASE mine CASCADE")


def printed(session, text):
    return list(session.sql(text).lines())


def test_the_cloudfront_tutorial_gives_what_the_job_gives(hive, tmp_path):
    hive.sql((SAMPLES / "hive" / "os_requests.q").read_text())
    parts = (tmp_path / "os_requests").glob("[!_.]*")
    rows = dict(line.split("\x01") for part in parts for line in part.read_text().splitlines())
    assert {system: int(count) for system, count in rows.items()} == dict(
        bigdata.run(CloudFrontOS, SAMPLES / "cloudfront" / "cloudfront.log")
    )


@pytest.mark.parametrize(
    "text, lines",
    [
        # LanguageManual Types, UDF: CAST gives NULL for what can't be converted; int / int is a double
        ("SELECT cast('x' AS int), 7 / 2, 7 DIV 2, 1 / 0", ["NULL\t3.5\t3\tNULL"]),
        ("SELECT 1 AS a, 'x' AS a, NULL", ["1\tx\tNULL"]),
        ("SELECT map('a', 1, 'a', 2), array(timestamp '2020-01-01 00:00:00')", ['{"a":2}\t["2020-01-01 00:00:00"]']),
        ("SELECT named_struct('A', cast(2.50 AS decimal(5,2)), 'b', NULL)", ['{"a":2.5,"b":null}']),
        ("SELECT interval '1-2' YEAR TO MONTH, interval '3' DAY", ["1-2\t3 00:00:00.000000000"]),
        # java.text.SimpleDateFormat, which Hive formats by: u is the day's number, Monday is 1
        ("SELECT date_format('2020-02-29', 'u')", ["6"]),
        # LanguageManual GroupBy: positions only where hive.groupby.position.alias is on
        ("SELECT count(*) FROM (SELECT 1 AS x UNION ALL SELECT 2) AS t GROUP BY 1", ["2"]),
        ("SELECT TRANSFORM (x) USING 'tr a b' AS (y string) FROM (SELECT 'banana' AS x) AS t", ["bbnbnb"]),
        # LanguageManual UDF: functions that Spark has not
        (
            "SELECT mask_first_n('1234-5678-8765-4321', 4), mask_last_n('1234-5678-8765-4321', 4), "
            "mask_show_first_n('1234-5678-8765-4321', 4), mask_show_last_n('1234-5678-8765-4321', 4)",
            ["nnnn-5678-8765-4321\t1234-5678-8765-nnnn\t1234-nnnn-nnnn-nnnn\tnnnn-nnnn-nnnn-4321"],
        ),
        (
            "SELECT istrue(NULL), isfalse(false), isnotfalse(NULL), isnottrue(true), week('2020-01-05'), "
            "field('world', 'say', 'hello', 'world'), to_epoch_milli(timestamp '1970-01-01 00:00:01'), "
            "sort_array_by(array(named_struct('n', 2), named_struct('n', 1)), 'n'), index(array(5, 6), 1)",
            ['false\ttrue\ttrue\tfalse\t1\t3\t1000\t[{"n":1},{"n":2}]\t6'],
        ),
        (
            "SELECT floor_year(t), floor_quarter(t), floor_month(t), floor_week(t), floor_day(t), floor_hour(t), "
            "floor_minute(t), floor_second(t) FROM (SELECT timestamp '2020-05-06 07:08:09.5' AS t) x",
            [
                "2020-01-01 00:00:00\t2020-04-01 00:00:00\t2020-05-01 00:00:00\t2020-05-04 00:00:00\t"
                "2020-05-06 00:00:00\t2020-05-06 07:00:00\t2020-05-06 07:08:00\t2020-05-06 07:08:09"
            ],
        ),
        (
            "SELECT udftoboolean('x'), udftobyte('3'), udftodouble('1.5'), udftofloat('3.5'), udftointeger('12'), "
            "udftolong('3'), udftoshort('3'), udftostring(3)",
            ["true\t3\t1.5\t3.5\t12\t3\t3\t3"],
        ),
        (
            "SELECT b.* FROM (SELECT 'http://facebook.com/path?k=v' AS url) a "
            "LATERAL VIEW parse_url_tuple(url, 'HOST', 'QUERY:k') b AS host, k",
            ["facebook.com\tv"],
        ),
        ("SET hivevar:who=you; SELECT 'hello ${who}', '${hiveconf:unknown}'", ["hello you\t${hiveconf:unknown}"]),
        ("SET spark.sql.shuffle.partitions=3; SET spark.sql.shuffle.partitions", ["spark.sql.shuffle.partitions=3"]),
        ("SELECT 1; quit; SELECT 2", ["1"]),
        ("DROP TABLE missing; DROP VIEW IF EXISTS missing; SHOW TABLES", []),
    ],
)
def test_queries_print_what_hive_prints(hive, text, lines):
    assert printed(hive, text) == lines


def test_in_file_reads_a_local_file(hive, tmp_path):
    (tmp_path / "names").write_text("ann\nbob\n")
    assert printed(hive, f"SELECT in_file('bob', '{tmp_path}/names'), in_file('cid', '{tmp_path}/names')") == [
        "true\tfalse"
    ]


def test_tables_are_hives(hive, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "1").write_text("1\x01mon\n2\x01tue\nx\x01\\N\n")
    (tmp_path / "more").write_text("3\x01wed\n")
    hive.sql("""
        CREATE EXTERNAL TABLE days (n int COMMENT 'of the week', name string) LOCATION 'days';
        LOAD DATA LOCAL INPATH 'more' INTO TABLE days;
        CREATE TABLE held (n int) PARTITIONED BY (name string);
        SET hive.exec.dynamic.partition.mode=nonstrict;
        INSERT OVERWRITE TABLE held PARTITION (name) SELECT n, name FROM days WHERE name < 'u';
        INSERT OVERWRITE DIRECTORY '${OUTPUT}/out' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' SELECT * FROM held;
    """)
    assert sorted(printed(hive, "SELECT * FROM days")) == ["1\tmon", "2\ttue", "3\twed", "NULL\tNULL"]
    assert printed(hive, "SHOW PARTITIONS held") == ["name=mon", "name=tue"]
    assert printed(hive, "SHOW TABLES") == ["days", "held"]
    assert printed(hive, "DESCRIBE days") == [
        "n                   \tint                 \tof the week         ",
        "name                \tstring              \t                    ",
    ]
    written = "".join(sorted(part.read_text() for part in (tmp_path / "out").glob("[!_.]*")))
    assert written == "1,mon\n2,tue\n"


def test_statements_that_spark_writes_otherwise(hive, tmp_path):
    hive.sql("""
        CREATE TABLE t (a int, b string) SKEWED BY (a, b) ON ((1, 'x'), (2, 'y')) STORED AS DIRECTORIES;
        INSERT INTO t VALUES (1, 'x'), (2, 'LIMIT 1,2'), (3, 'z');
        CREATE EXTERNAL TABLE IF NOT EXISTS l LIKE t LOCATION '${OUTPUT}/l';
        CREATE TABLE p (a int) PARTITIONED BY (d string);
        INSERT INTO p PARTITION (d='1') VALUES (1);
        MSCK TABLE p;
        ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS;
        ANALYZE TABLE p PARTITION (d) COMPUTE STATISTICS FOR COLUMNS a;
        CREATE TEMPORARY MACRO plus(x int, y decimal(5,2)) x + y;
        CREATE DATABASE theirs WITH DBPROPERTIES ('owner'='someone');
        DROP DATABASE theirs;
    """)
    assert printed(hive, "SELECT b FROM t WHERE b = 'LIMIT 1,2' OR a > 1 ORDER BY a LIMIT 1, 5") == ["z"]
    assert printed(hive, "SELECT plus(1, 2.25)") == ["3.25"]
    hive.sql("DROP TEMPORARY MACRO IF EXISTS plus")
    with pytest.raises(NameNotFound, match="plus"):
        hive.sql("SELECT plus(1, 2)")
    names = printed(hive, "SELECT t.INPUT__FILE__NAME FROM t")
    # LanguageManual UDF: variance(col) and stddev_pop(col) are of the population; Hive's stddev is stddev_pop
    assert printed(hive, "SELECT variance(a), stddev(a) FROM t WHERE a <> 2") == ["1.0\t1.0"]
    assert len(printed(hive, "SHOW TABLE EXTENDED IN mine LIKE t")) == 1
    assert [re.search("/mine.db/t/part-", name) is not None for name in names] == [True] * 3


def test_temporary_tables_go_with_their_session(hive, spark):
    with Session("hive", "spark", spark.conf.get("spark.sql.warehouse.dir")) as other:
        other.sql("USE mine; CREATE TEMPORARY TABLE passing AS SELECT 1 AS a; CREATE TABLE staying (a int)")
        other.sql("CREATE TEMPORARY TABLE IF NOT EXISTS staying (a int)")
        assert printed(other, "SELECT * FROM passing") == ["1"]
        with pytest.raises(UsageError, match="already exists"):
            other.sql("CREATE TEMPORARY TABLE staying (b int)")
    assert printed(hive, "SHOW TABLES IN mine") == ["staying"]


def test_python_functions_get_what_they_are_said_to_take(hive):
    hive.register("shown", lambda *values: repr(values), ["string", "bigint", "timestamp"], "string")
    assert printed(hive, "SELECT shown(1, '2', '2020-01-02 03:04:05'), shown(NULL, 1, NULL)") == [
        "('1', 2, datetime.datetime(2020, 1, 2, 3, 4, 5))\tNULL"
    ]
    assert "Physical Plan" in hive.explain("SELECT shown(1, 2, 3);")


@pytest.mark.parametrize(
    "text, kind, message",
    [
        ("SELECT 1;\n\nSELEC 2", SqlSyntaxError, r"line 3: \[PARSE_SYNTAX_ERROR\] Syntax error at or near 'SELEC'\."),
        ("SELECT *\nFROM missing", TableNotFound, r"line 1: .* `missing` cannot be found\..*"),
        ("SELECT missing FROM (SELECT 1 AS x) AS t", NameNotFound, "line 1: .*`missing` cannot be resolved.*"),
        ("SELECT missing(1)", NameNotFound, "line 1: .*Cannot resolve routine `missing`.*"),
        ("USE missing", NameNotFound, "line 1: .*missing.*"),
        ("SELECT array(1) + 1", UsageError, "line 1: .*incompatible types.*"),
        ("SET spark.master=local[9]", UsageError, "line 1: .*spark.master.*"),
        ("SELECT assert_true(1 > 2)", TaskFailed, r"line 1: .*'\(1 > 2\)' is not true.*"),
        ("SELECT a FROM noop(ON t PARTITION BY a)", UnsupportedStatement, "line 1: noop: Spark SQL doesn't have it.*"),
        ("FROM UNIQUEJOIN t a (a.a), t b (b.a) SELECT 1", UnsupportedStatement, "line 1: UNIQUEJOIN: Spark SQL .*"),
        ("!ls", BigdataError, "line 1: .*don't run from scripts.*"),
    ],
)
def test_errors_are_one_line_with_the_place(hive, capfd, text, kind, message):
    with pytest.raises(kind, match=f"^{message}$") as raised:
        hive.sql(text)
    assert "\n" not in str(raised.value)
    assert capfd.readouterr().err == ""


def test_a_script_is_checked_without_running_it(hive):
    hive.check("CREATE TABLE unmade (a int); SET a=b; SELECT * FROM missing; dfs -ls /missing")
    assert printed(hive, "SHOW TABLES") == []
    with pytest.raises(SqlSyntaxError, match=r"line 2: .*'SELEC'"):
        hive.check("SELECT 1;\nSELEC 2")


def test_a_spark_that_is_not_what_was_asked_for_is_refused(spark, tmp_path):
    with pytest.raises(
        UsageError, match=rf"wants spark\.sql\.warehouse\.dir={re.escape(str(tmp_path))}, and the Spark"
    ):
        Session("hive", "spark", tmp_path)
    with pytest.raises(UsageError, match=r"spark\.master=local\[7\]"):
        Session("hive", "spark", spark.conf.get("spark.sql.warehouse.dir"), {"spark.master": "local[7]"})


SCRIPT = """
from bigdata import Session

def tables(folder, text=""):
    with Session("hive", "spark", folder, {"spark.master": "local[1]"}) as hive:
        hive.sql(text)
        return list(hive.sql("SHOW TABLES").lines())

assert tables("one", "CREATE TABLE a (x int)") == ["a"]
assert tables("two") == []
assert tables("one") == ["a"]
"""


def test_a_session_starts_spark_quietly_and_stops_it_and_its_tables_stay(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = python("script.py", cwd=tmp_path)
    assert (done.returncode, "Exception" in done.stderr) == (0, False), done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"script.py", "one", "two"}


def test_without_java_one_line_says_so(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = python("script.py", cwd=tmp_path, PATH=str(tmp_path))
    assert "EngineNotInstalled: the spark engine needs Java" in done.stderr.splitlines()[-1]
