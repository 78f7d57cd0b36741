-- LanguageManual DML, Dynamic Partition Inserts; LanguageManual DDL, Partitioned Tables
CREATE TABLE p (v STRING) PARTITIONED BY (ds STRING, hr INT);
INSERT INTO p PARTITION (ds = '2008-04-08', hr = 11) VALUES ('a'), ('b');
SELECT * FROM p ORDER BY v;
--> a	2008-04-08	11
--> b	2008-04-08	11
SHOW PARTITIONS p;
--> ds=2008-04-08/hr=11
INSERT OVERWRITE TABLE p PARTITION (ds = '2008-04-09', hr) SELECT 'c', 12;
SELECT v, hr + 1 FROM p WHERE ds = '2008-04-09';
--> c	13
INSERT INTO p PARTITION (ds, hr) SELECT 'd', '2008-04-10', 1;
--! strict
SET hive.exec.dynamic.partition.mode=nonstrict;
INSERT INTO p PARTITION (ds, hr) SELECT 'd', '2008-04-10', 1 UNION ALL SELECT 'e', NULL, 2;
-- what stands for NULL is a text, but no number and no date: checked with Hive 2.3.10
SELECT v, ds, hr FROM p WHERE hr < 3 ORDER BY v;
--> d	2008-04-10	1
--> e	__HIVE_DEFAULT_PARTITION__	2
SELECT v FROM p WHERE ds IS NULL;
SELECT v FROM p WHERE ds = '__HIVE_DEFAULT_PARTITION__';
--> e
SHOW PARTITIONS p;
--> ds=2008-04-08/hr=11
--> ds=2008-04-09/hr=12
--> ds=2008-04-10/hr=1
--> ds=__HIVE_DEFAULT_PARTITION__/hr=2
-- OVERWRITE replaces the partitions that the rows go to, and no others
INSERT OVERWRITE TABLE p PARTITION (ds, hr) SELECT 'f', '2008-04-08', 11;
SELECT v, ds FROM p ORDER BY v;
--> c	2008-04-09
--> d	2008-04-10
--> e	__HIVE_DEFAULT_PARTITION__
--> f	2008-04-08
INSERT OVERWRITE TABLE p PARTITION (ds = '2008-04-08', hr = 11) IF NOT EXISTS SELECT 'g';
SELECT count(*) FROM p WHERE v = 'g';
--> 0
ALTER TABLE p DROP PARTITION (ds = '2008-04-08');
SELECT count(*) FROM p;
--> 3
INSERT INTO p PARTITION (nosuch = 1) SELECT 'x';
--! nosuch

-- what a query gives names its partition as it is, what the clause gives as its type writes it: Hive 3.1.3
CREATE TABLE flags (v int) PARTITIONED BY (b boolean, n int, d date);
INSERT INTO flags PARTITION (b, n, d) SELECT 1, true, -1, '2024-1-5' UNION ALL SELECT 2, NULL, NULL, NULL;
INSERT INTO flags PARTITION (b = true, n = -1, d = DATE '2024-01-05') VALUES (3);
SHOW PARTITIONS flags;
--> b=__HIVE_DEFAULT_PARTITION__/n=__HIVE_DEFAULT_PARTITION__/d=__HIVE_DEFAULT_PARTITION__
--> b=true/n=-1/d=2024-01-05
--> b=true/n=-1/d=2024-1-5
SELECT * FROM flags ORDER BY v;
--> 1	true	-1	2024-01-05
--> 2	true	NULL	NULL
--> 3	true	-1	2024-01-05
-- hive.typecheck.on.insert: a value is written as its type writes it; checked with Hive 2.3.10
CREATE TABLE typed (k INT) PARTITIONED BY (i INT, d DATE, c DECIMAL(5,2), s STRING);
INSERT INTO typed PARTITION (i='007', d='2020-1-1', c='1.50', s='007') VALUES (3);
ALTER TABLE typed ADD PARTITION (i='08', d='2020-1-2', c=2, s=5);
SHOW PARTITIONS typed;
--> i=7/d=2020-01-01/c=1.5/s=007
--> i=8/d=2020-01-02/c=2/s=5
INSERT INTO typed PARTITION (i=9, d='nodate', c=1, s='x') VALUES (3);
--! cannot be converted to type date
ALTER TABLE typed ADD PARTITION (i='x', d='2020-1-2', c=2, s=5);
--! cannot be converted to type int
SELECT k FROM typed WHERE i = 7 AND d = '2020-01-01' AND s = '007';
--> 3
-- Hive 3.1.3: without PARTITION all partitions are dynamic, strict mode or not; columns that aren't named are NULL
SET hive.exec.dynamic.partition.mode=strict;
CREATE TABLE bare (v int, w string) PARTITIONED BY (k string, n int);
INSERT INTO bare VALUES (1, 'a', 'x', 2);
INSERT INTO bare SELECT 2, 'b', 'y', '03';
INSERT INTO bare (n, v) VALUES (5, 3);
INSERT INTO bare PARTITION (k = 'z', n) (w) VALUES ('d');
INSERT INTO bare PARTITION (k = '', n = 1) VALUES (1, 'e');
--! named by a value
SELECT * FROM bare ORDER BY v;
--> NULL	d	z	NULL
--> 1	a	x	2
--> 2	b	y	3
--> 3	NULL	__HIVE_DEFAULT_PARTITION__	5
SHOW PARTITIONS bare;
--> k=__HIVE_DEFAULT_PARTITION__/n=5
--> k=x/n=2
--> k=y/n=03
--> k=z/n=__HIVE_DEFAULT_PARTITION__

-- hive.exec.default.partition.name, as Hive 3.1.3 answers
SET hive.exec.default.partition.name=NONE;
SET hive.exec.dynamic.partition.mode=nonstrict;
CREATE TABLE unnamed (i INT) PARTITIONED BY (s STRING);
INSERT INTO unnamed PARTITION (s) SELECT stack(2, 0, NULL, 1, 'a') AS (i, s);
SHOW PARTITIONS unnamed;
--> s=NONE
--> s=a
SELECT * FROM unnamed ORDER BY i;
--> 0	NONE
--> 1	a
RESET;
