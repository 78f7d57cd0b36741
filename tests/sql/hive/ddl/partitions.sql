-- LanguageManual DDL, Alter Partition
CREATE TABLE page_view (viewtime int) PARTITIONED BY (dt string, country string);
ALTER TABLE page_view ADD PARTITION (dt='2008-08-08', country='us') PARTITION (dt='2008-08-09', country='us');
SHOW PARTITIONS page_view;
--> dt=2008-08-08/country=us
--> dt=2008-08-09/country=us
ALTER TABLE page_view ADD PARTITION (dt='2008-08-08', country='us');
--! already exists
ALTER TABLE page_view ADD IF NOT EXISTS PARTITION (dt='2008-08-08', country='us') LOCATION '/elsewhere';
ALTER TABLE page_view ADD PARTITION (dt='2008-08-08');
--! the value of country is missing
ALTER TABLE page_view ADD PARTITION (day='2008-08-08', country='us');
--! Partition column not found: day
INSERT INTO page_view PARTITION (dt='2008-08-08', country='us') VALUES (1), (2);
ALTER TABLE page_view PARTITION (dt='2008-08-08', country='us') RENAME TO PARTITION (dt='20080808', country='de');
SELECT dt, country, count(*) FROM page_view GROUP BY dt, country;
--> 20080808	de	2
SHOW PARTITIONS page_view PARTITION (country='us');
--> dt=2008-08-09/country=us
-- values that can't be in the name of a folder: FileUtils.escapePathName
ALTER TABLE page_view ADD PARTITION (dt='12:30', country='a/b');
SHOW PARTITIONS page_view PARTITION (dt='12:30');
--> dt=12%3A30/country=a%2Fb
ALTER TABLE page_view DROP PARTITION (dt='12:30');
-- LanguageManual DDL, Drop Partitions: arbitrary expressions of comparison
CREATE TABLE numbered (x int) PARTITIONED BY (n int);
ALTER TABLE numbered ADD PARTITION (n=2) PARTITION (n=10) PARTITION (n=30);
ALTER TABLE numbered DROP PARTITION (n < 10);
SHOW PARTITIONS numbered;
--> n=10
--> n=30
ALTER TABLE numbered DROP PARTITION (n >= 10, n != 30), PARTITION (n = 30);
SHOW PARTITIONS numbered;
-- hive.exec.drop.ignorenonexistent
ALTER TABLE numbered DROP PARTITION (n = 5);
SET hive.exec.drop.ignorenonexistent=false;
ALTER TABLE numbered DROP PARTITION (n = 5);
--! Partition not found
ALTER TABLE numbered DROP IF EXISTS PARTITION (n = 5);
-- LanguageManual DDL, Exchange Partition
CREATE TABLE t1 (a string, b string) PARTITIONED BY (ds string);
CREATE TABLE t2 (a string, b string) PARTITIONED BY (ds string);
INSERT INTO t1 PARTITION (ds='1') VALUES ('x', 'y');
ALTER TABLE t2 EXCHANGE PARTITION (ds='1') WITH TABLE t1;
SELECT * FROM t1;
SELECT * FROM t2;
--> x	y	1
ALTER TABLE t2 EXCHANGE PARTITION (ds='2') WITH TABLE t1;
--! Partition not found in table t1
-- LanguageManual DDL, Truncate Table
ALTER TABLE t2 ADD PARTITION (ds='2');
TRUNCATE TABLE t2 PARTITION (ds='1');
SELECT count(*) FROM t2;
--> 0
SHOW PARTITIONS t2;
--> ds=1
--> ds=2
TRUNCATE TABLE t2 PARTITION (ds='3');
--! Partition not found {ds=3} in table t2
CREATE TABLE plain (a int);
SHOW PARTITIONS plain;
--! is not a partitioned table
ALTER TABLE plain ADD PARTITION (a=1);
--! Partition column not found: a
-- LanguageManual DDL, Describe: a partition may stand behind a column
CREATE TABLE told (a int) PARTITIONED BY (d string);
ALTER TABLE told ADD PARTITION (d='1');
DESCRIBE told a PARTITION (d='1');
--> a                   	int                 	from deserializer   
DESCRIBE FORMATTED told a PARTITION (d='2');
--! Partition not found
