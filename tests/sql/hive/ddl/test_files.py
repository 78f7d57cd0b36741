"""What DDL does to files: those of managed tables come and go, and a statement that fails leaves all as it was."""

from pathlib import Path

import pytest

from bigdata import BigdataError, Session
from bigdata.sql.hive import ddl
from bigdata.sql.hive.ddl.tables import CreateTable


@pytest.fixture
def warehouse(tmp_path):
    return tmp_path / "warehouse"


@pytest.fixture
def session(warehouse):
    with Session("hive", warehouse=warehouse) as found:
        yield found


def tree(folder: Path) -> dict[str, str]:
    """Files and folders below a folder, but for the catalog's."""
    paths = (path for path in folder.rglob("*") if not path.name.startswith(".catalog"))
    return {str(path.relative_to(folder)): path.read_text() if path.is_file() else "" for path in paths}


def lines(session, text):
    return list(session.sql(text).lines())


def test_a_managed_table_goes_with_its_files(session, warehouse):
    session.sql("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    assert (warehouse / "t").is_dir()
    session.sql("DROP TABLE t")
    assert tree(warehouse) == {}


def test_the_files_of_an_external_table_stay(session, warehouse, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.txt").write_text("1\n2\n")
    session.sql(f"CREATE EXTERNAL TABLE t (a int) LOCATION 'file://{tmp_path}/there'")
    assert lines(session, "SELECT sum(a) FROM t") == ["3"]
    with pytest.raises(BigdataError, match="Cannot truncate non-managed table"):
        session.sql("TRUNCATE TABLE t")
    session.sql("DROP TABLE t")
    assert tree(tmp_path / "there") == {"a.txt": "1\n2\n"}


def test_a_table_made_external_keeps_its_files(session, warehouse):
    session.sql("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    session.sql("ALTER TABLE t SET TBLPROPERTIES ('EXTERNAL'='TRUE'); DROP TABLE t")
    assert any(path.startswith("t/") for path in tree(warehouse))


def test_a_dropped_database_leaves_the_files_of_external_tables(session, warehouse):
    session.sql("CREATE DATABASE d; CREATE TABLE d.gone (a int)")
    session.sql("CREATE EXTERNAL TABLE d.kept (a int)")
    (warehouse / "d.db" / "kept" / "a.txt").write_text("1\n")
    session.sql("DROP DATABASE d CASCADE")
    assert tree(warehouse) == {"d.db": "", "d.db/kept": "", "d.db/kept/a.txt": "1\n"}


def test_a_dropped_partition_goes_with_its_files(session, warehouse):
    session.sql("CREATE TABLE t (a int) PARTITIONED BY (p int)")
    session.sql("ALTER TABLE t ADD PARTITION (p=1) PARTITION (p=2)")
    session.sql("ALTER TABLE t DROP PARTITION (p=1)")
    assert tree(warehouse) == {"t": "", "t/p=2": ""}


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE t ADD PARTITION (p=7) PARTITION (p=1)",
        "ALTER TABLE t DROP PARTITION (p=1), PARTITION (p < 5, nothing > 3)",
        "ALTER TABLE t RENAME TO taken",
        "ALTER TABLE t RENAME TO free",
        "ALTER TABLE t PARTITION (p=1) RENAME TO PARTITION (p=9)",
        "ALTER TABLE t PARTITION (p=3) SET LOCATION '/elsewhere'",
        "ALTER TABLE t ADD COLUMNS (b int, A int)",
        "CREATE TABLE made AS SELECT cast(nothing AS int)",
        "CREATE DATABASE default",
        "DROP DATABASE full",
        "TRUNCATE TABLE t PARTITION (p=4)",
        "CREATE VIEW t AS SELECT 1",
        "DROP VIEW t",
    ],
)
def test_a_statement_that_fails_leaves_catalog_and_files_as_they_were(session, warehouse, statement):
    session.sql("CREATE TABLE t (a int) PARTITIONED BY (p int); CREATE TABLE taken (a int)")
    session.sql("INSERT INTO t PARTITION (p=1) VALUES (1); CREATE DATABASE full; CREATE TABLE full.a (a int)")
    # in the way of what would move
    (warehouse / "free").mkdir()
    (warehouse / "t" / "p=9").mkdir()
    before = tree(warehouse), lines(session, "SHOW TABLES"), lines(session, "SHOW PARTITIONS t"), _created(session)
    with pytest.raises(BigdataError):
        session.sql(statement)
    after = tree(warehouse), lines(session, "SHOW TABLES"), lines(session, "SHOW PARTITIONS t"), _created(session)
    assert after == before


def _created(session):
    return lines(session, "SHOW CREATE TABLE t")


def test_temporary_tables_are_gone_with_the_session(warehouse):
    with Session("hive", warehouse=warehouse) as first:
        first.sql("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
        first.sql("CREATE TEMPORARY TABLE t (a string); INSERT INTO t VALUES ('x')")
        assert lines(first, "SELECT * FROM t") == ["x"]
        with Session("hive", warehouse=warehouse) as second:
            assert lines(second, "SELECT * FROM t") == ["1"]
        first.sql("DROP TABLE t")
        assert lines(first, "SELECT * FROM t") == ["1"]
        first.sql("CREATE TEMPORARY TABLE u (a int)")
    assert {path.split("/")[0] for path in tree(warehouse)} == {"t"}


def test_repair_finds_partitions_and_forgets_those_that_are_gone(session, warehouse):
    session.sql("CREATE TABLE t (a int) PARTITIONED BY (p int, q string)")
    session.sql("ALTER TABLE t ADD PARTITION (p=1, q='gone')")
    (warehouse / "t" / "p=1" / "q=gone").rmdir()
    for name in ("p=1/q=a", "p=2/q=b%3Ac", "p=3", "other", "p=4/r=d"):
        (warehouse / "t" / name).mkdir(parents=True)
    missing = [
        "Partitions not in metastore:\tt:p=1/q=a\tt:p=2/q=b%3Ac",
        "Partitions missing from filesystem:\tt:p=1/q=gone",
    ]
    assert lines(session, "MSCK TABLE t") == missing
    assert lines(session, "SHOW PARTITIONS t") == ["p=1/q=gone"]
    added = [f"Repair: Added partition to metastore t:{name}" for name in ("p=1/q=a", "p=2/q=b%3Ac")]
    assert lines(session, "MSCK REPAIR TABLE t") == missing + added
    assert lines(session, "SHOW PARTITIONS t PARTITION (q='b:c')") == ["p=2/q=b%3Ac"]
    assert lines(session, "MSCK REPAIR TABLE t SYNC PARTITIONS") == [
        missing[1],
        "Repair: Dropped partition from metastore default.t:p=1/q=gone",
    ]
    assert lines(session, "ALTER TABLE t RECOVER PARTITIONS") == []


def test_an_avro_schema_has_the_columns(session, tmp_path):
    """The types are those of LanguageManual's page AvroSerDe."""
    fields = ", ".join(
        f'{{"name": "F{number}", "type": {kind}}}'
        for number, kind in enumerate(
            [
                '"string"',
                '["null", "long"]',
                '{"type": "array", "items": "boolean"}',
                '{"type": "map", "values": "double"}',
                '{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 1}',
                '{"type": "int", "logicalType": "date"}',
                '{"type": "record", "name": "r", "fields": [{"name": "X", "type": "bytes"}]}',
                '["null", "int", "string"]',
                '{"type": "enum", "name": "e", "symbols": ["A"]}',
            ]
        )
    )
    (tmp_path / "a.avsc").write_text(f'{{"type": "record", "name": "a", "fields": [{fields}]}}')
    session.sql(f"CREATE TABLE t STORED AS AVRO TBLPROPERTIES ('avro.schema.url'='file://{tmp_path}/a.avsc')")
    assert [line.split("\t")[1].strip() for line in lines(session, "DESCRIBE t")] == [
        "string",
        "bigint",
        "array<boolean>",
        "map<string,double>",
        "decimal(4,1)",
        "date",
        "struct<x:binary>",
        "uniontype<int,string>",
        "string",
    ]


def test_the_query_of_a_table_has_its_line():
    statement = ddl.parse("CREATE TABLE t\nSTORED AS ORC\nAS SELECT 1", line=4)
    assert isinstance(statement, CreateTable)
    assert (statement.query, statement.query_line) == ("SELECT 1", 6)


def test_what_is_no_ddl_is_left_to_others():
    for text in (
        "SELECT 1",
        "INSERT INTO t SELECT 1",
        "FROM t SELECT 1",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "(SELECT 1)",
    ):
        assert ddl.parse(text) is None
