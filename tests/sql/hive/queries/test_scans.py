"""Tables are read for the columns that a query names, wherever it names them."""

import re

import pyarrow
import pyarrow.parquet
import pytest

from bigdata import Session

TABLES = """
    CREATE TABLE t (a int, b string, c array<int>) PARTITIONED BY (p int) STORED AS PARQUET;
    INSERT INTO t PARTITION (p = 1) SELECT 1, 'x "t_2"."a"', array(1, 2);
    INSERT INTO t PARTITION (p = 2) SELECT 2, 'y', array();
    CREATE TABLE u (a int, d string) STORED AS PARQUET;
    INSERT INTO u VALUES (2, 'two'), (3, 'three');
"""


@pytest.fixture(scope="module")
def hive(tmp_path_factory):
    with Session("hive", warehouse=tmp_path_factory.mktemp("scans")) as session:
        session.sql(TABLES)
        yield session


@pytest.mark.parametrize(
    "query, lines",
    [
        ("SELECT a FROM t ORDER BY a", ["1", "2"]),
        ("SELECT count(*) FROM t", ["2"]),
        ("SELECT p FROM t ORDER BY p", ["1", "2"]),
        ("SELECT 'x' FROM t WHERE p = 2", ["x"]),
        ("SELECT * FROM t ORDER BY a", ['1\tx "t_2"."a"\t[1,2]\t1', "2\ty\t[]\t2"]),
        (
            "SELECT regexp_extract(INPUT__FILE__NAME, 'p=.', 0), BLOCK__OFFSET__INSIDE__FILE FROM t WHERE a = 2",
            ["p=2\t0"],
        ),
        ('SELECT b, \'"t_2"."c\' FROM t WHERE a = 2', ['y\t"t_2"."c']),
        ("SELECT n FROM t LATERAL VIEW explode(c) e AS n ORDER BY n", ["1", "2"]),
        ("SELECT d, a FROM t JOIN u USING (a)", ["two\t2"]),
        ("SELECT a FROM t WHERE EXISTS (SELECT * FROM u WHERE u.a = t.a)", ["2"]),
        ("SELECT b FROM t WHERE a NOT IN (SELECT a FROM u)", ['x "t_2"."a"']),
        ("SELECT (SELECT max(d) FROM u WHERE u.a = t.a) FROM t ORDER BY a", ["NULL", "two"]),
        ("WITH q AS (SELECT * FROM t) SELECT b FROM q WHERE p = 2", ["y"]),
        ("SELECT a FROM (SELECT * FROM t UNION ALL SELECT a, d, array(), 0 FROM u) s ORDER BY a", ["1", "2", "2", "3"]),
        ("SELECT b FROM t TABLESAMPLE (BUCKET 1 OUT OF 1 ON a) s WHERE p = 2", ["y"]),
        ("SELECT TRANSFORM (b) USING 'cat' AS (x string) FROM t WHERE a = 2", ["y"]),
        ("SELECT a, row_number() OVER (ORDER BY d DESC) FROM u ORDER BY d", ["3\t2", "2\t1"]),
        ("SELECT count(*) FROM u GROUP BY d HAVING max(a) > 2", ["1"]),
    ],
)
def test_queries_give_what_they_name(hive, query, lines):
    assert list(hive.sql(query).lines()) == lines


@pytest.mark.parametrize("format", ["ORC", "AVRO", "RCFILE", "SEQUENCEFILE", "TEXTFILE"])
def test_every_format_gives_some_of_its_columns(hive, format):
    hive.sql(
        f"DROP TABLE IF EXISTS f; CREATE TABLE f (a int, b string, c string) PARTITIONED BY (p int) STORED AS {format}"
    )
    hive.sql("INSERT INTO f PARTITION (p = 7) VALUES (1, 'x', 'u'), (2, 'y', 'v')")
    assert list(hive.sql("SELECT count(*) FROM f").lines()) == ["2"]
    assert list(hive.sql("SELECT c, a FROM f ORDER BY a").lines()) == ["u\t1", "v\t2"]
    assert list(hive.sql("SELECT p, max(b) FROM f GROUP BY p").lines()) == ["7\ty"]


def test_several_inserts_read_what_any_of_them_names(hive, tmp_path):
    hive.sql(
        f"""FROM t INSERT OVERWRITE LOCAL DIRECTORY '{tmp_path}/b' SELECT b WHERE a = 2
        INSERT OVERWRITE LOCAL DIRECTORY '{tmp_path}/p' SELECT p"""
    )
    assert (tmp_path / "b" / "000000_0").read_text() == "y\n"
    assert sorted((tmp_path / "p" / "000000_0").read_text().split()) == ["1", "2"]


@pytest.mark.parametrize(
    "query, columns",
    [
        ("SELECT a FROM u", {"a"}),
        ("SELECT count(*) FROM u", set()),
        ("SELECT max(d) FROM u WHERE a > 1", {"a", "d"}),
        ("SELECT 1 FROM t WHERE EXISTS (SELECT * FROM u WHERE u.a = 1)", {"a"}),
    ],
)
def test_files_are_read_for_no_other_columns(hive, query, columns):
    reads = re.findall(r"\(SELECT ([^()]+) FROM read_parquet", hive.explain(query))
    assert {column for read in reads for column in re.findall('"([ad])" AS', read)} == columns
    assert reads


def test_a_file_that_has_changed_is_read_anew(hive, tmp_path):
    path = tmp_path / "data" / "part.parquet"
    path.parent.mkdir()
    hive.sql(f"CREATE EXTERNAL TABLE changing (a string, b string) STORED AS PARQUET LOCATION '{path.parent}'")
    for table, line in (
        (pyarrow.table({"a": ["one"], "b": ["x"]}), "one\tx"),
        (pyarrow.table({"a": ["two"], "b": ["y"]}), "two\ty"),
        (pyarrow.table({"b": ["z"], "A": [3]}), "3\tz"),
        (pyarrow.table({"a": ["four"]}), "four\tNULL"),
    ):
        pyarrow.parquet.write_table(table, path)
        assert list(hive.sql("SELECT * FROM changing").lines()) == [line]
        assert list(hive.sql("SELECT a FROM changing").lines()) == [line.split("\t")[0]]


@pytest.fixture
def half_spoilt(tmp_path):
    """A session with a table whose second partition no one can read."""
    with Session("hive", warehouse=tmp_path) as session:
        session.sql(TABLES)
        session.sql(
            """
            CREATE VIEW v (x, q) AS SELECT a, p FROM t WHERE a > 0;
            CREATE VIEW w AS SELECT * FROM v;
            CREATE VIEW n PARTITIONED ON (q) AS SELECT count(*) AS c, p AS q FROM t GROUP BY p;
            """
        )
        [path] = (tmp_path / "t" / "p=2").iterdir()
        path.write_bytes(b"spoilt")
        yield session


@pytest.mark.parametrize(
    "query, lines",
    [
        ("SELECT x FROM v WHERE q = 1", ["1"]),
        ("SELECT z.x FROM w z WHERE z.q < 2 AND z.x = 1", ["1"]),
        ("SELECT * FROM n WHERE q = 1", ["1\t1"]),
        ("SELECT a FROM (SELECT * FROM t) s WHERE s.p IN (1, 3)", ["1"]),
        ("SELECT r FROM (SELECT p AS r, a FROM (SELECT p, a FROM t) i) s WHERE r = 1 OR r = 7", ["1"]),
        ("SELECT k FROM (SELECT p, a FROM t) s(j, k) WHERE j = 1", ["1"]),
        ("SELECT d FROM u LEFT JOIN v ON u.a = v.x + 1 WHERE v.q = 1", ["two"]),
        ("SELECT y FROM (SELECT p, y FROM t LATERAL VIEW explode(c) e AS y) s WHERE p = 1 ORDER BY y", ["1", "2"]),
        ("SELECT * FROM (SELECT DISTINCT p FROM t) s WHERE p = 1", ["1"]),
        ("SELECT * FROM (SELECT a, p FROM t UNION ALL SELECT * FROM v) s WHERE p = 1", ["1\t1", "1\t1"]),
        ("SELECT q FROM (SELECT max(a) AS q, p FROM t GROUP BY p) s WHERE q = 1 AND p = 1", ["1"]),
    ],
)
def test_what_conditions_on_a_subquery_leave_out_is_not_opened(half_spoilt, query, lines):
    assert list(half_spoilt.sql(query).lines()) == lines


@pytest.mark.parametrize(
    "query, lines",
    [
        ("SELECT * FROM (SELECT p + 1 AS p FROM t) s WHERE p = 2", ["2"]),
        ("SELECT * FROM (SELECT p FROM t ORDER BY p LIMIT 1) s WHERE p = 2", []),
        ("SELECT * FROM (SELECT p, count(*) OVER () AS n FROM t) s WHERE p = 2", ["2\t2"]),
        ("SELECT * FROM (SELECT a AS p, p AS a FROM t) s WHERE p = 2", ["2\t2"]),
        ("SELECT * FROM (SELECT p FROM t UNION ALL SELECT d FROM u) s WHERE p > '10'", ["2", "two", "three"]),
        ("SELECT s.p FROM (SELECT * FROM t) s JOIN u ON s.a <> u.a WHERE d = 'two'", ["1"]),
        ("SELECT * FROM matchpath(ON t ORDER BY a arg1('A'), arg2('A'), arg3(true), arg4('a, 2 AS p')) WHERE p = 2",
         ["1\t2", "2\t2"]),
    ],
)  # fmt: skip
def test_conditions_stay_where_they_mean_something_else(hive, query, lines):
    assert list(hive.sql(query).lines()) == lines
