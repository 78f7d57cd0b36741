"""What is written is there whole or not at all, and two processes lose nothing of each other's."""

import subprocess
import sys

import pytest

from bigdata import BigdataError, Session

WRITER = """
import sys
from bigdata import Session
with Session("hive", warehouse=sys.argv[1], settings={"hive.exec.dynamic.partition.mode": "nonstrict"}) as session:
    for number in range(5):
        session.sql(f"INSERT INTO t SELECT '{sys.argv[2]}-{number}'")
        session.sql(f"INSERT INTO p PARTITION (who) SELECT {number}, '{sys.argv[2]}'")
"""


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")


def test_two_processes_write_to_the_same_tables(tmp_path):
    warehouse = tmp_path / "warehouse"
    with Session("hive", warehouse=warehouse) as session:
        session.sql("CREATE TABLE t (v STRING); CREATE TABLE p (n INT) PARTITIONED BY (who STRING)")
        writers = [subprocess.Popen([sys.executable, "-c", WRITER, warehouse, who]) for who in ("a", "b")]
        assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
        expected = [f"{who}-{number}" for who in ("a", "b") for number in range(5)]
        assert list(session.sql("SELECT v FROM t ORDER BY v").lines()) == expected
        assert list(session.sql("SELECT who, count(*) FROM p GROUP BY who").lines()) == ["a\t5", "b\t5"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OVERWRITE TABLE t SELECT assert_true(v < 2) FROM s",
        "FROM s INSERT OVERWRITE TABLE t SELECT 9 INSERT OVERWRITE TABLE t2 SELECT assert_true(v < 2)",
        "CREATE TABLE u AS SELECT assert_true(v < 2) AS x FROM s",
        "INSERT OVERWRITE DIRECTORY '{}/out/deep' SELECT assert_true(v < 2) FROM s",
        "LOAD DATA LOCAL INPATH '{}/nothing' OVERWRITE INTO TABLE t",
    ],
)
def test_a_statement_that_fails_leaves_all_as_it_was(tmp_path, statement):
    warehouse = tmp_path / "warehouse"
    with Session("hive", warehouse=warehouse) as session:
        session.sql("CREATE TABLE s (v INT); CREATE TABLE t (v INT); CREATE TABLE t2 (v STRING)")
        session.sql("INSERT INTO s VALUES (1), (2), (3); INSERT INTO t VALUES (7)")
        before = files(tmp_path)
        with pytest.raises(BigdataError):
            session.sql(statement.format(tmp_path))
        assert files(tmp_path) == before
        assert list(session.sql("SHOW TABLES; SELECT * FROM t").lines()) == ["s", "t", "t2", "7"]
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.rglob(".hive-staging*"))
