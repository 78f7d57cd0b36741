-- LanguageManual DDL, Bucketed Sorted Tables; Hive's ObjectInspectorUtils.getBucketNumber: a row goes to the file of its
-- hash modulo the number of buckets, Murmur3's for tables of Hive 3; the hash of NULL is 0
CREATE TABLE t (k INT, v STRING);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e'), (NULL, 'n');
CREATE TABLE b (k INT, v STRING) CLUSTERED BY (k) SORTED BY (v DESC) INTO 4 BUCKETS;
INSERT OVERWRITE TABLE b SELECT * FROM t;
SELECT count(*), count(DISTINCT INPUT__FILE__NAME) FROM b
WHERE cast(substr(regexp_extract(INPUT__FILE__NAME, '[^/]+$', 0), 1, 6) AS int) = (murmur_hash(k) & 2147483647) % 4;
--> 6	4
SELECT regexp_extract(INPUT__FILE__NAME, '[^/]+$', 0) FROM b WHERE k IS NULL;
--> 000000_0
SELECT v FROM b TABLESAMPLE(BUCKET 1 OUT OF 4);
--> n
--> b
-- with Java's hash codes, that of an int is the int
CREATE TABLE old (k INT) CLUSTERED BY (k) INTO 2 BUCKETS STORED AS ORC TBLPROPERTIES ('bucketing_version'='1');
INSERT INTO old SELECT k FROM t;
INSERT INTO old SELECT 7;
SELECT k, regexp_extract(INPUT__FILE__NAME, '[^/]+$', 0) FROM old ORDER BY k;
--> NULL	000000_0
--> 1	000001_0
--> 2	000000_0
--> 3	000001_0
--> 4	000000_0
--> 5	000001_0
--> 7	000001_0_copy_1
-- each partition has its buckets; a file for each is there without rows too
SET hive.exec.dynamic.partition.mode=nonstrict;
CREATE TABLE p (k INT) PARTITIONED BY (d STRING) CLUSTERED BY (k) INTO 2 BUCKETS TBLPROPERTIES ('bucketing_version'='1');
FROM t INSERT INTO p PARTITION (d) SELECT k, v WHERE k < 3 INSERT INTO p PARTITION (d='x') SELECT k WHERE k > 3;
SELECT k, d, regexp_extract(INPUT__FILE__NAME, '[^/]+/[^/]+$', 0) FROM p ORDER BY k;
--> 1	a	d=a/000001_0
--> 2	b	d=b/000000_0
--> 4	x	d=x/000000_0
--> 5	x	d=x/000001_0
SET hive.exec.dynamic.partition.mode=strict;
CREATE TABLE made CLUSTERED BY (k) INTO 3 BUCKETS AS SELECT k FROM t;
SELECT count(*) FROM made
WHERE cast(substr(regexp_extract(INPUT__FILE__NAME, '[^/]+$', 0), 1, 6) AS int) = (murmur_hash(k) & 2147483647) % 3;
--> 6
