"""SHOW CREATE TABLE, DESCRIBE FORMATTED and SHOW TABLE EXTENDED, whose places and times change from run to run."""

import re

import pytest

from bigdata import Session

LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
TEXT = "org.apache.hadoop.mapred.TextInputFormat"
KEYS = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"


@pytest.fixture
def session(tmp_path):
    with Session("hive", warehouse=tmp_path) as found:
        yield found


def lines(session, text):
    return [re.sub(r"\b\d{10}\b", "NOW", line) for line in session.sql(text).lines()]


def test_show_create_table_has_the_form_of_hive_3(session, tmp_path):
    """The form is that of an answer of Hive 3.1 on the web (marcelmittelstaedt/BigData, faust_1.sql)."""
    session.sql("CREATE TABLE faust_1 (line string)")
    assert lines(session, "SHOW CREATE TABLE default.faust_1") == [
        "CREATE TABLE `default.faust_1`(",
        "  `line` string)",
        "ROW FORMAT SERDE ",
        f"  '{LAZY}' ",
        "STORED AS INPUTFORMAT ",
        f"  '{TEXT}' ",
        "OUTPUTFORMAT ",
        f"  '{KEYS}'",
        "LOCATION",
        f"  '{tmp_path}/faust_1'",
        "TBLPROPERTIES (",
        "  'bucketing_version'='2', ",
        "  'transient_lastDdlTime'='NOW')",
    ]


FULL = r"""
CREATE EXTERNAL TABLE users (id int COMMENT 'it\'s the key', name string)
COMMENT 'who; where'
PARTITIONED BY (day string COMMENT 'of entry')
CLUSTERED BY (id) SORTED BY (id DESC, name) INTO 4 BUCKETS
SKEWED BY (id, name) ON ((1, 'a'), (2, 'b')) STORED AS DIRECTORIES
ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
LOCATION '{place}' TBLPROPERTIES ('b'='2', 'a'='it\'s one')
"""


def test_show_create_table_with_every_clause(session, tmp_path):
    session.sql(FULL.replace("{place}", f"{tmp_path}/there"))
    shown = lines(session, "SHOW CREATE TABLE users")
    assert shown == [
        "CREATE EXTERNAL TABLE `users`(",
        r"  `id` int COMMENT 'it\'s the key', ",
        "  `name` string)",
        r"COMMENT 'who\; where'",
        "PARTITIONED BY ( ",
        "  `day` string COMMENT 'of entry')",
        "CLUSTERED BY ( ",
        "  id) ",
        "SORTED BY ( ",
        "  id DESC, ",
        "  name ASC) ",
        "INTO 4 BUCKETS",
        "SKEWED BY (id,name)",
        "  ON (('1','a'),('2','b'))",
        "  STORED AS DIRECTORIES",
        "ROW FORMAT SERDE ",
        f"  '{LAZY}' ",
        "WITH SERDEPROPERTIES ( ",
        r"  'field.delim'='\t', ",
        r"  'serialization.format'='\t') ",
        "STORED AS INPUTFORMAT ",
        f"  '{TEXT}' ",
        "OUTPUTFORMAT ",
        f"  '{KEYS}'",
        "LOCATION",
        f"  '{tmp_path}/there'",
        "TBLPROPERTIES (",
        r"  'a'='it\'s one', ",
        "  'b'='2', ",
        "  'bucketing_version'='2', ",
        "  'transient_lastDdlTime'='NOW')",
    ]


@pytest.mark.parametrize("format", ["ORC", "PARQUET", "TEXTFILE", "SEQUENCEFILE", "RCFILE", "AVRO", "JSONFILE"])
def test_what_is_shown_makes_the_same_table(session, format):
    session.sql(
        f"CREATE TABLE a (x int, y array<string>) COMMENT 'one' PARTITIONED BY (z date) STORED AS {format}"
        " TBLPROPERTIES ('k'='v')"
    )
    shown = lines(session, "SHOW CREATE TABLE a")
    session.sql("DROP TABLE a")
    session.sql("\n".join(shown).replace("NOW", "1"))
    assert lines(session, "SHOW CREATE TABLE a") == shown


def test_show_create_database(session, tmp_path):
    session.sql("CREATE DATABASE sales COMMENT 'sold' WITH DBPROPERTIES ('b'='2', 'a'='1')")
    assert lines(session, "SHOW CREATE DATABASE sales") == [
        "CREATE DATABASE `sales`",
        "COMMENT",
        "  'sold'",
        "LOCATION",
        f"  '{tmp_path}/sales.db'",
        "WITH DBPROPERTIES (",
        "  'a'='1', ",
        "  'b'='2')",
    ]


def test_describe_formatted(session, tmp_path):
    """The padding and the titles are those of MetaDataFormatUtils; what a line has no field for is a blank."""
    session.sql(FULL.replace("{place}", f"{tmp_path}/there"))
    shown = lines(session, "DESCRIBE FORMATTED users")
    assert shown[:8] == [
        "# col_name            \tdata_type           \tcomment             ",
        "id                  \tint                 \tit's the key        ",
        "name                \tstring              \t                    ",
        "\t \t ",
        "# Partition Information\t \t ",
        "# col_name            \tdata_type           \tcomment             ",
        "day                 \tstring              \tof entry            ",
        "\t \t ",
    ]
    assert shown[8] == "# Detailed Table Information\t \t "
    assert shown[9] == "Database:           \tdefault             \t "
    assert [line.split(":")[0] for line in shown[10:17]] == [
        "OwnerType",
        "Owner",
        "CreateTime",
        "LastAccessTime",
        "Retention",
        "Location",
        "Table Type",
    ]
    assert shown[16] == "Table Type:         \tEXTERNAL_TABLE      \t "
    start = shown.index("Table Parameters:\t \t ") + 1
    assert shown[start : start + 12] == [
        '\tCOLUMN_STATS_ACCURATE\t{\\"BASIC_STATS\\":\\"true\\"}',
        "\tEXTERNAL            \tTRUE                ",
        "\ta                   \tit's one            ",
        "\tb                   \t2                   ",
        "\tbucketing_version   \t2                   ",
        "\tcomment             \twho; where          ",
        "\tnumFiles            \t0                   ",
        "\tnumPartitions       \t0                   ",
        "\tnumRows             \t0                   ",
        "\trawDataSize         \t0                   ",
        "\ttotalSize           \t0                   ",
        "\ttransient_lastDdlTime\tNOW          ",
    ]
    assert shown[start + 12 :] == [
        "\t \t ",
        "# Storage Information\t \t ",
        f"SerDe Library:      \t{LAZY}\t ",
        f"InputFormat:        \t{TEXT}\t ",
        f"OutputFormat:       \t{KEYS}\t ",
        "Compressed:         \tNo                  \t ",
        "Num Buckets:        \t4                   \t ",
        "Bucket Columns:     \t[id]                \t ",
        "Sort Columns:       \t[Order(col:id, order:0), Order(col:name, order:1)]\t ",
        "Stored As SubDirectories:\tYes                 \t ",
        "Skewed Columns:     \t[id, name]          \t ",
        "Skewed Values:      \t[[1, a], [2, b]]    \t ",
        "Storage Desc Params:\t \t ",
        "\tfield.delim         \t\\t                  ",
        "\tserialization.format\t\\t                  ",
    ]


def test_describe_a_partition(session, tmp_path):
    session.sql(
        "CREATE TABLE logs (a int) PARTITIONED BY (day string); INSERT INTO logs PARTITION (day='x') VALUES (1)"
    )
    shown = lines(session, "DESCRIBE FORMATTED logs PARTITION (day='x')")
    start = shown.index("# Detailed Partition Information\t \t ")
    assert shown[start + 1 : start + 4] == [
        "Partition Value:    \t[x]                 \t ",
        "Database:           \tdefault             \t ",
        "Table:              \tlogs                \t ",
    ]
    assert f"Location:           \t{tmp_path}/logs/day=x\t " in shown
    assert "\tnumFiles            \t1                   " in shown
    *_, last = lines(session, "DESCRIBE EXTENDED logs PARTITION (day='x')")
    assert last.startswith(
        "Detailed Partition Information\tPartition(values:[x], dbName:default, tableName:logs, create"
    )


def test_describe_extended(session):
    session.sql("CREATE TABLE t (id int COMMENT 'a \"key\"')")
    *_, blank, last = lines(session, "DESCRIBE EXTENDED t")
    assert blank == "\t \t "
    title, text, rest = last.split("\t")
    assert (title, rest) == ("Detailed Table Information", "")
    assert text.startswith("Table(tableName:t, dbName:default, owner:")
    assert r"cols:[FieldSchema(name:id, type:int, comment:a \"key\")]" in text
    assert text.endswith("tableType:MANAGED_TABLE, rewriteEnabled:false, catName:hive, ownerType:USER)")


def test_describe_a_view_of_several_lines(session):
    session.sql("CREATE VIEW v AS SELECT 1 AS one,\n 2 AS two")
    shown = lines(session, "DESCRIBE FORMATTED v")
    start = shown.index("# View Information\t \t ")
    assert shown[start + 1 : start + 3] == [
        "View Original Text: \tSELECT 1 AS one,    \t ",
        "\t                    \t 2 AS two           ",
    ]
    assert "Table Type:         \tVIRTUAL_VIEW        \t " in shown


def test_describe_constraints(session):
    session.sql("CREATE TABLE t (a int, b string DEFAULT 'x', CONSTRAINT key PRIMARY KEY (a) DISABLE NOVALIDATE)")
    shown = lines(session, "DESCRIBE FORMATTED t")
    assert shown[shown.index("# Constraints\t \t ") :] == [
        "# Constraints\t \t ",
        "\t \t ",
        "# Primary Key\t \t ",
        "Table:              \tdefault.t           \t ",
        "Constraint Name:    \tkey                 \t ",
        "Column Names:       \ta                   \t ",
        "\t \t ",
        "# Default Constraints\t \t ",
        "Table:              \tdefault.t           \t ",
        "Constraint Name:    \tdc_t_0              \t ",
        "Column Name:b       \tDefault Value:'x'   \t ",
        "\t \t ",
    ]
    session.sql("ALTER TABLE t DROP CONSTRAINT key")
    assert "# Primary Key\t \t " not in lines(session, "DESCRIBE FORMATTED t")


def test_describe_a_column_with_statistics(session):
    session.sql("CREATE TABLE t (a int COMMENT 'x')")
    shown = lines(session, "DESCRIBE FORMATTED t a")
    blanks = "\t ".join([""] * 11)
    assert shown[0] == f"col_name            \ta                   {blanks}"
    assert [line.split()[0] for line in shown] == [
        *("col_name", "data_type", "min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len"),
        *("num_trues", "num_falses", "bitVector", "comment"),
    ]


def test_describe_a_database(session, tmp_path):
    session.sql("CREATE DATABASE sales COMMENT 'sold' WITH DBPROPERTIES ('b'='2', 'a'='1')")
    (line,) = lines(session, "DESCRIBE DATABASE EXTENDED sales")
    name, comment, location, _, kind, properties = line.split("\t")
    assert (name, comment, location) == ("sales", "sold", f"{tmp_path}/sales.db")
    assert (kind, properties) == ("USER", "{a=1, b=2}")
    (line,) = lines(session, "DESCRIBE DATABASE default")
    assert line == f"default\tDefault Hive database\t{tmp_path}\tpublic\tROLE\t"


def test_show_table_extended(session, tmp_path):
    session.sql("CREATE TABLE t (a bigint, b array<int>) PARTITIONED BY (day string)")
    session.sql("ALTER TABLE t ADD PARTITION (day='x')")
    (tmp_path / "t" / "day=x" / "part").write_text("12345")
    shown = lines(session, "SHOW TABLE EXTENDED LIKE 't*'")
    assert shown[0] == "tableName:t"
    assert shown[2:8] == [
        f"location:{tmp_path}/t",
        f"inputformat:{TEXT}",
        f"outputformat:{KEYS}",
        "columns:struct columns { i64 a, list<i32> b}",
        "partitioned:true",
        "partitionColumns:struct partition_columns { string day}",
    ]
    assert shown[8:12] == ["totalNumberFiles:1", "totalFileSize:5", "maxFileSize:5", "minFileSize:5"]
    assert shown[-1] == ""
    assert f"location:{tmp_path}/t/day=x" in lines(session, "SHOW TABLE EXTENDED LIKE t PARTITION (day='x')")


def test_a_table_without_files_is_known_to_have_no_rows(session):
    """The form is that of StatsSetupConst.setStatsStateForCreateTable."""
    session.sql("CREATE TABLE t (a int, b string)")
    accurate = r'{"BASIC_STATS":"true","COLUMN_STATS":{"a":"true","b":"true"}}'.replace('"', r"\"")
    rows = f"\tCOLUMN_STATS_ACCURATE\t{accurate}"
    assert rows in lines(session, "DESCRIBE FORMATTED t")
    assert "numRows\t0" in lines(session, "SHOW TBLPROPERTIES t")
    session.sql("INSERT INTO t VALUES (1, 'x')")
    assert "numFiles\t1" in lines(session, "SHOW TBLPROPERTIES t")
    assert not [line for line in lines(session, "SHOW TBLPROPERTIES t") if line.startswith("numRows")]
