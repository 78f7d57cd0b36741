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
