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
SELECT v, ds, hr FROM p WHERE hr < 3 ORDER BY v;
--> d	2008-04-10	1
--> e	NULL	2
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
--> e	NULL
--> f	2008-04-08
INSERT OVERWRITE TABLE p PARTITION (ds = '2008-04-08', hr = 11) IF NOT EXISTS SELECT 'g';
SELECT count(*) FROM p WHERE v = 'g';
--> 0
ALTER TABLE p DROP PARTITION (ds = '2008-04-08');
SELECT count(*) FROM p;
--> 3
INSERT INTO p PARTITION (nosuch = 1) SELECT 'x';
--! nosuch

-- a value names one partition, whether the query gives it or the clause; java.lang.Boolean.toString
CREATE TABLE flags (v int) PARTITIONED BY (b boolean, n int, d date);
INSERT INTO flags PARTITION (b, n, d) SELECT 1, true, -1, '2024-1-5' UNION ALL SELECT 2, NULL, NULL, NULL;
INSERT INTO flags PARTITION (b = true, n = -1, d = DATE '2024-01-05') VALUES (3);
SHOW PARTITIONS flags;
--> b=__HIVE_DEFAULT_PARTITION__/n=__HIVE_DEFAULT_PARTITION__/d=__HIVE_DEFAULT_PARTITION__
--> b=true/n=-1/d=2024-01-05
SELECT * FROM flags WHERE b ORDER BY v;
--> 1	true	-1	2024-01-05
--> 3	true	-1	2024-01-05
