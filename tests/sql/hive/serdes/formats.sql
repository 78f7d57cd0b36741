-- The same rows in every format; expected by hand
CREATE TABLE lines (id INT, price DECIMAL(8,2), tags ARRAY<STRING>, counts MAP<STRING,INT>, place STRUCT<city:STRING,at:DATE>);
INSERT INTO lines SELECT 1, 2.5, array('a', 'b'), map('k', 1), named_struct('city', 'Rome', 'at', DATE '2015-01-02');
INSERT INTO lines SELECT NULL, NULL, NULL, NULL, NULL;
SELECT * FROM lines ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE sequences STORED AS SEQUENCEFILE AS SELECT * FROM lines;
SELECT * FROM sequences ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE groups STORED AS RCFILE AS SELECT * FROM lines;
SELECT * FROM groups ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE cells ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.columnar.ColumnarSerDe' STORED AS RCFILE AS SELECT * FROM lines;
SELECT place.city, counts['k'], size(tags) FROM cells WHERE id = 1;
--> Rome	1	2
CREATE TABLE stripes STORED AS ORC AS SELECT * FROM lines;
SELECT * FROM stripes ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE pages STORED AS PARQUET AS SELECT * FROM lines;
SELECT * FROM pages ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE records STORED AS AVRO AS SELECT * FROM lines;
SELECT * FROM records ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE objects STORED AS JSONFILE AS SELECT * FROM lines;
SELECT * FROM objects ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
-- Schema on read: a column added later is NULL in older files
ALTER TABLE pages ADD COLUMNS (note STRING);
SELECT id, note FROM pages ORDER BY id DESC;
--> 1	NULL
--> NULL	NULL

-- SymlinkTextInputFormat: the table's files list the files, or folders, that hold its rows
CREATE TABLE first (k INT, v STRING);
INSERT INTO first VALUES (1, 'a'), (2, 'b');
CREATE TABLE second (k INT, v STRING);
INSERT INTO second VALUES (3, 'c');
INSERT INTO second VALUES (4, 'd');
INSERT OVERWRITE DIRECTORY '${tmp}/links' SELECT path FROM (SELECT DISTINCT INPUT__FILE__NAME AS path FROM first UNION ALL SELECT '${tmp}/warehouse/second') q;
CREATE EXTERNAL TABLE linked (k INT, v STRING)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' LOCATION '${tmp}/links';
SELECT *, INPUT__FILE__NAME LIKE '%/warehouse/%' FROM linked ORDER BY k;
--> 1	a	true
--> 2	b	true
--> 3	c	true
--> 4	d	true
INSERT INTO linked SELECT 5, 'e';
--! lists of files
-- Hive's RegexSerDe (serialize) only reads
CREATE TABLE matched (a STRING) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex'='(.*)');
INSERT INTO matched SELECT 'a';
--! RegexSerDe only reads
-- rows in bytes, in sequence files
CREATE TABLE binary_rows ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe' STORED AS SEQUENCEFILE
AS SELECT k, v, array(k, NULL) AS a, map('x', v) AS m FROM linked WHERE k < 3;
SELECT * FROM binary_rows ORDER BY k;
--> 1	a	[1,null]	{"x":"a"}
--> 2	b	[2,null]	{"x":"b"}
-- Hadoop's LineRecordReader: records may end at something else than line ends
INSERT OVERWRITE DIRECTORY '${tmp}/ends' SELECT 'one|two|three';
CREATE EXTERNAL TABLE ends (v STRING) LOCATION '${tmp}/ends';
SET textinputformat.record.delimiter=|;
SELECT substr(v, 1, 3), length(v) FROM ends;
--> one	3
--> two	3
--> thr	6
RESET textinputformat.record.delimiter;
SELECT map('a', 1, CAST(NULL AS STRING), 2);
--! NULL
-- the statement behind one that couldn't write its file
CREATE TABLE bytes_rc (b BINARY) STORED AS RCFILE;
INSERT INTO bytes_rc SELECT CAST('' AS BINARY);
--! can't tell no bytes from NULL
SELECT count(*) FROM bytes_rc;
--> 0
-- Hive 2.3.10's driver can't read the fractions that Arrow writes of timestamps before 1970
CREATE TABLE early (t TIMESTAMP, n ARRAY<STRUCT<t:TIMESTAMP>>) STORED AS ORC;
INSERT INTO early SELECT TIMESTAMP '1969-12-31 23:59:58', array(named_struct('t', TIMESTAMP '1970-01-01 00:00:00.5'));
INSERT INTO early SELECT TIMESTAMP '1969-12-31 23:59:58.5', NULL;
--! before 1970
INSERT INTO early SELECT NULL, array(named_struct('t', TIMESTAMP '1960-01-01 00:00:00.000001'));
--! before 1970
INSERT INTO early SELECT TIMESTAMP '1500-01-01 00:00:00', NULL;
--! before 1678
SELECT * FROM early;
--> 1969-12-31 23:59:58	[{"t":"1970-01-01 00:00:00.5"}]
-- Hive 3.1.3 (ConvertTreeReaderFactory, ETypeConverter): what is too large for an altered column is NULL, texts are read strictly
CREATE TABLE altered (l BIGINT, d DOUBLE, s STRING, t STRING, b STRING) STORED AS ORC;
INSERT INTO altered VALUES (3000000000, 1e20, '12', '2020-01-02', '2'), (7, 2.9, '1.5', '2020-01-02 03:04:05', 'x');
CREATE EXTERNAL TABLE narrow (l BIGINT, d DOUBLE) STORED AS PARQUET LOCATION '${tmp}/narrow';
INSERT INTO narrow VALUES (3000000000, 1.5), (7, 2.5);
CREATE EXTERNAL TABLE narrower (l INT, d DOUBLE) STORED AS PARQUET LOCATION '${tmp}/narrow';
SELECT * FROM narrower;
--> NULL	1.5
--> 7	2.5
CREATE EXTERNAL TABLE held_orc (l BIGINT, d DOUBLE, s STRING, t STRING, b STRING) STORED AS ORC LOCATION '${tmp}/held_orc';
INSERT INTO held_orc SELECT * FROM altered;
CREATE EXTERNAL TABLE read_orc (l INT, d BIGINT, s INT, t TIMESTAMP, b BOOLEAN) STORED AS ORC LOCATION '${tmp}/held_orc';
SELECT * FROM read_orc;
--> NULL	NULL	12	NULL	true
--> 7	2	NULL	2020-01-02 03:04:05	NULL
