-- LanguageManual DML
CREATE TABLE src (k INT, v STRING);
INSERT INTO TABLE src VALUES (1, 'a'), (2, 'b');
CREATE TABLE dst (k BIGINT, v VARCHAR(1), extra DOUBLE);
INSERT INTO dst (v, k) SELECT 'xyz', k FROM src WHERE k = 1;
SELECT * FROM dst;
--> 1	x	NULL
INSERT OVERWRITE TABLE dst SELECT k, v, '2.5' FROM src;
SELECT * FROM dst ORDER BY k;
--> 1	a	2.5
--> 2	b	2.5
INSERT INTO dst SELECT 3, 'c', NULL;
SELECT count(*) FROM dst;
--> 3
INSERT INTO dst SELECT 1;
--! columns
SELECT count(*) FROM dst;
--> 3
-- "Multiple insert clauses": one FROM
CREATE TABLE small (k INT);
CREATE TABLE large (k INT, v STRING);
FROM src INSERT OVERWRITE TABLE small SELECT k WHERE k < 2 INSERT INTO TABLE large SELECT k, v WHERE k >= 2;
SELECT * FROM small;
--> 1
SELECT * FROM large;
--> 2	b
-- what is read is what was there before
INSERT OVERWRITE TABLE src SELECT k + 10, v FROM src;
SELECT k FROM src ORDER BY k;
--> 11
--> 12
CREATE TABLE made AS SELECT k, v AS name FROM src;
SELECT name, k FROM made ORDER BY k;
--> a	11
--> b	12
CREATE TABLE wrong AS SELECT NULL AS x;
--! no type
SELECT * FROM wrong;
--! wrong
INSERT OVERWRITE DIRECTORY '${tmp}/out' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' SELECT k, v FROM src WHERE k = 11;
CREATE EXTERNAL TABLE back (k INT, v STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${tmp}/out';
SELECT * FROM back;
--> 11	a
WITH q AS (SELECT 5 AS k) INSERT INTO small SELECT k FROM q;
SELECT * FROM small ORDER BY k;
--> 1
--> 5
-- HIVE-19059: DEFAULT among VALUES is the column's default, or NULL
CREATE TABLE preset (k INT, v STRING DEFAULT 'none', w DOUBLE);
INSERT INTO preset VALUES (1, DEFAULT, DEFAULT), (2, 'two', 2);
INSERT INTO preset (v, k) VALUES (DEFAULT, 3);
SELECT * FROM preset ORDER BY k;
--> 1	none	NULL
--> 2	two	2.0
--> 3	none	NULL
-- HIVE-20241: CREATE TABLE AS with partitions, whose columns are the query's
SET hive.exec.dynamic.partition.mode=nonstrict;
CREATE TABLE parted PARTITIONED BY (v) STORED AS ORC AS SELECT v, k FROM preset;
SELECT k, v FROM parted ORDER BY k;
--> 1	none
--> 2	two
--> 3	none
SHOW PARTITIONS parted;
--> v=none
--> v=two
CREATE TABLE unparted PARTITIONED BY (nosuch) AS SELECT 1 AS k;
--! no such column
CREATE TABLE unparted (k INT) PARTITIONED BY (d);
--! no type
-- what one reducer writes is in the order of its keys; checked with Hive 2.3.10
CREATE TABLE unsorted (k INT, v STRING);
INSERT INTO unsorted VALUES (3, 'c'), (1, 'a'), (2, NULL), (1, 'b');
CREATE TABLE folded AS SELECT v, count(*) AS c FROM unsorted GROUP BY v;
SELECT * FROM folded;
--> NULL	1
--> a	1
--> b	1
--> c	1
FROM unsorted INSERT OVERWRITE TABLE folded SELECT DISTINCT v, 7 INSERT OVERWRITE TABLE unsorted SELECT row_number() OVER (ORDER BY k, v), v;
SELECT * FROM folded;
--> NULL	7
--> a	7
--> b	7
--> c	7
SELECT * FROM unsorted;
--> 1	a
--> 2	b
--> 3	NULL
--> 4	c
-- Hive 2.3.10's driver, error 10087: the same output cannot be present multiple times
CREATE TABLE once (k int) PARTITIONED BY (p int);
FROM src INSERT OVERWRITE TABLE once PARTITION (p=1) SELECT k INSERT INTO TABLE once PARTITION (p=2) SELECT k;
FROM src INSERT INTO TABLE once PARTITION (p=1) SELECT k INSERT INTO TABLE once PARTITION (p='01') SELECT k;
--! write to default.once p=1
FROM src INSERT OVERWRITE TABLE small SELECT k INSERT OVERWRITE TABLE small SELECT k;
--! write to default.small
