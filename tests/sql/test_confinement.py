"""A session that is confined to folders reaches nothing else, whatever a statement names."""

import pytest

from bigdata import BigdataError, Session


@pytest.fixture
def places(tmp_path):
    for name in ("inside", "outside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"{name}\n")
    with Session("hive", warehouse=tmp_path / "warehouse") as session:
        session.sql(f"CREATE EXTERNAL TABLE strayed (v STRING) LOCATION '{tmp_path}/outside'")
        session.sql("CREATE TABLE parts (v STRING) PARTITIONED BY (d INT)")
        session.sql(f"ALTER TABLE parts ADD PARTITION (d = 1) LOCATION '{tmp_path}/outside'")
    return tmp_path


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM strayed",
        "SELECT * FROM parts",
        "INSERT INTO strayed SELECT 'x'",
        "INSERT INTO parts PARTITION (d = 1) SELECT 'x'",
        "INSERT OVERWRITE DIRECTORY '{}/outside' SELECT 1",
        "INSERT OVERWRITE DIRECTORY '{}/inside/../outside' SELECT 1",
        "CREATE EXTERNAL TABLE t (v STRING) LOCATION '{}/outside'",
        "CREATE DATABASE d LOCATION '{}/outside'",
        "LOAD DATA LOCAL INPATH '{}/outside/a.txt' INTO TABLE held",
        "ALTER TABLE held SET LOCATION '{}/outside'",
        "ADD FILE {}/outside/a.txt",
        "dfs -rm {}/outside/a.txt",
        "source {}/outside/a.txt",
        "SELECT TRANSFORM (v) USING 'cat' AS (v) FROM held",
        "SELECT in_file('outside', '{}/outside/a.txt')",
        "CREATE TABLE made AS SELECT TRANSFORM (v) USING 'cat' AS (v) FROM held",
        "CREATE TABLE made AS SELECT in_file('outside', '{}/outside/a.txt') AS x",
        "CREATE VIEW made AS SELECT TRANSFORM (v) USING 'cat' AS (v) FROM held; SELECT * FROM made",
        "CREATE VIEW made AS SELECT in_file('outside', '{}/outside/a.txt') AS x; SELECT * FROM made",
        "CREATE TEMPORARY MACRO made(x STRING) in_file(x, '{}/outside/a.txt'); SELECT made('outside')",
        "CREATE TABLE made (k INT, v BOOLEAN DEFAULT in_file('outside', '{}/outside/a.txt'));"
        " INSERT INTO made (k) VALUES (1)",
        "EXPLAIN SELECT TRANSFORM (v) USING 'cat' AS (v) FROM held",
        "DROP TABLE strayed",
        "CREATE TABLE t (v STRING) STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'"
        " OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
    ],
)
def test_what_lies_outside_is_refused(places, statement):
    with Session("hive", warehouse=places / "warehouse", folders=[str(places / "inside")]) as session:
        session.sql("CREATE TABLE IF NOT EXISTS held (v STRING)")
        with pytest.raises(BigdataError, match=r"outside the folders|confined to folders"):
            session.sql(statement.format(places))
    assert (places / "outside" / "a.txt").read_text() == "outside\n"


def test_what_lies_inside_is_let_through(places):
    with Session("hive", warehouse=places / "warehouse", folders=[str(places / "inside")]) as session:
        session.sql(f"CREATE EXTERNAL TABLE t (v STRING) LOCATION '{places}/inside'; CREATE TABLE u AS SELECT * FROM t")
        assert list(session.sql("SELECT v FROM u").lines()) == ["inside"]
