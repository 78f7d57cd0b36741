"""Tables, scripts and directories in S3."""

from bigdata import Session


def test_a_table_is_read_and_written_in_place(s3, tmp_path):
    s3("in/a.txt", b"1,one\n2,two\n")
    with Session("hive", warehouse=tmp_path / "warehouse", variables={"out": "s3://books/out"}) as session:
        session.sql(
            "CREATE EXTERNAL TABLE given (k INT, v STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY ','"
            " LOCATION 's3://books/in';"
            "CREATE EXTERNAL TABLE made (v STRING) PARTITIONED BY (k INT) STORED AS PARQUET LOCATION 's3://books/made';"
            "SET hive.exec.dynamic.partition.mode=nonstrict;"
            "INSERT INTO made PARTITION (k) SELECT v, k FROM given;"
            "INSERT OVERWRITE TABLE made PARTITION (k = 2) SELECT 'zwei';"
            "INSERT OVERWRITE DIRECTORY '${out}' SELECT k, v FROM made ORDER BY k"
        )
        assert list(session.sql("SELECT * FROM made ORDER BY k").lines()) == ["one\t1", "zwei\t2"]
        assert list(session.sql("SELECT count(*), max(INPUT__FILE__NAME) FROM given").lines()) == [
            "2\ts3://books/in/a.txt"
        ]
        found = session.sql("dfs -cat s3://books/out/000000_0").lines()
        assert list(found) == ["1\x01one", "2\x01zwei"]


def test_files_are_loaded_from_a_bucket_and_scripts_run_from_it(s3, tmp_path):
    s3("new/b.txt", b"7\n8\n")
    s3("scripts/sum.q", b"SELECT sum(k) FROM t;")
    with Session("hive", warehouse=tmp_path / "warehouse") as session:
        session.sql("CREATE TABLE t (k INT); LOAD DATA INPATH 's3://books/new/b.txt' INTO TABLE t")
        assert list(session.sql("source s3://books/scripts/sum.q").lines()) == ["15"]


def test_tables_and_partitions_are_renamed_emptied_and_dropped(s3, tmp_path):
    with Session("hive", warehouse=tmp_path / "warehouse") as session:

        def files():
            listed = session.sql("dfs -ls -R s3://books/d").lines()
            return [line.split()[-1] for line in listed if not line.startswith("d")]

        session.sql(
            "CREATE DATABASE d LOCATION 's3://books/d'; USE d; CREATE TABLE a (v STRING) PARTITIONED BY (k INT);"
            "INSERT INTO a PARTITION (k = 1) VALUES ('x'); INSERT INTO a PARTITION (k = 3) VALUES ('z');"
            "ALTER TABLE a PARTITION (k = 1) RENAME TO PARTITION (k = 2)"
        )
        assert files() == ["s3://books/d/a/k=2/000000_0", "s3://books/d/a/k=3/000000_0"]
        session.sql("ALTER TABLE a RENAME TO b; ALTER TABLE b DROP PARTITION (k = 3)")
        assert files() == ["s3://books/d/b/k=2/000000_0"]
        assert list(session.sql("SELECT * FROM b").lines()) == ["x\t2"]
        session.sql("TRUNCATE TABLE b")
        assert files() == []
        assert list(session.sql("SELECT * FROM b").lines()) == []
        session.sql("INSERT INTO b PARTITION (k = 2) VALUES ('y'); DROP TABLE b")
        assert files() == []
