CREATE TABLE t (k INT, v STRING);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/text' SELECT * FROM t;
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/orc' STORED AS ORC SELECT * FROM t;
-- LanguageManual DML, Loading files into tables
CREATE TABLE loaded (k INT, v STRING);
LOAD DATA LOCAL INPATH '${tmp}/text/000000_0' INTO TABLE loaded;
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE loaded;
SELECT k, count(*) FROM loaded GROUP BY k;
--> 1	2
--> 2	2
--> 3	2
LOAD DATA LOCAL INPATH '${tmp}/text/*' OVERWRITE INTO TABLE loaded;
SELECT count(*) FROM loaded;
--> 3
CREATE TABLE parted (k INT) PARTITIONED BY (v STRING);
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE parted PARTITION (v='said');
SELECT * FROM parted;
--> 1	said
--> 2	said
--> 3	said
-- since Hive 3.0: without the partitions, the last columns of the files tell them
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE parted;
--! Dynamic partition strict mode
SET hive.exec.dynamic.partition.mode=nonstrict;
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE parted;
SELECT * FROM parted WHERE v <> 'said';
--> 1	a
--> 2	b
--> 3	c
-- since Hive 3.0: files of another format
LOAD DATA LOCAL INPATH '${tmp}/orc' OVERWRITE INTO TABLE loaded
INPUTFORMAT 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat' SERDE 'org.apache.hadoop.hive.ql.io.orc.OrcSerde';
SELECT * FROM loaded;
--> 1	a
--> 2	b
--> 3	c
-- since Hive 3.0: rows go to their buckets
CREATE TABLE bucketed (k INT, v STRING) CLUSTERED BY (k) INTO 2 BUCKETS TBLPROPERTIES ('bucketing_version'='1');
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE bucketed;
SELECT k, regexp_extract(INPUT__FILE__NAME, '[^/]+$', 0) FROM bucketed ORDER BY k;
--> 1	000001_0
--> 2	000000_0
--> 3	000001_0
-- hive.fileformat.check
CREATE TABLE orc_only (k INT, v STRING) STORED AS ORC;
LOAD DATA LOCAL INPATH '${tmp}/text' INTO TABLE orc_only;
--! does not match the file format
LOAD DATA LOCAL INPATH '${tmp}/orc' INTO TABLE orc_only;
SELECT count(*) FROM orc_only;
--> 3
LOAD DATA LOCAL INPATH '${tmp}/nosuch' INTO TABLE loaded;
--! no such input file
INSERT INTO t VALUES (1, 'a'), (2);
--! one row has more values than another
