CREATE TABLE dim (id int COMMENT 'the id', name string, st struct<a:int,b:array<string>>) COMMENT 'tc' ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' TBLPROPERTIES ('k'='v');
INSERT INTO dim SELECT 1, 'a', named_struct('a', 1, 'b', array('x'));
CREATE TABLE pp (v int) PARTITIONED BY (y int, m string) CLUSTERED BY (v) SORTED BY (v DESC) INTO 2 BUCKETS STORED AS ORC;
INSERT INTO pp VALUES (1, 2020, '01'), (2, 2021, '0/2');
-- hive
EXPORT TABLE dim TO '${tmp}/hd1';
-- bigdata
EXPORT TABLE dim TO '${tmp}/od1';
-- hive
EXPORT TABLE pp TO '${tmp}/hp1';
-- bigdata
EXPORT TABLE pp TO '${tmp}/op1';
IMPORT TABLE a1 FROM '${tmp}/hd1';
IMPORT TABLE a2 FROM '${tmp}/od1';
SELECT * FROM a1;
SELECT * FROM a2;
DESCRIBE a1;
SHOW CREATE TABLE a1;
SHOW CREATE TABLE a2;
IMPORT TABLE b1 FROM '${tmp}/hp1';
IMPORT TABLE b2 FROM '${tmp}/op1';
SHOW PARTITIONS b1;
SHOW PARTITIONS b2;
SELECT * FROM b1;
SELECT * FROM b2;
SHOW CREATE TABLE b2;
IMPORT TABLE b3 PARTITION (y=2020, m='01') FROM '${tmp}/hp1';
SELECT * FROM b3;
IMPORT TABLE b3 FROM '${tmp}/hp1';
IMPORT TABLE b3 PARTITION (y=2021, m='0/2') FROM '${tmp}/op1';
SELECT * FROM b3;
IMPORT TABLE a1 FROM '${tmp}/hd1';
TRUNCATE TABLE a1;
IMPORT TABLE a1 FROM '${tmp}/hd1';
SELECT * FROM a1;
IMPORT FROM '${tmp}/hd1';
IMPORT EXTERNAL TABLE e1 FROM '${tmp}/hd1';
SELECT * FROM e1;
IMPORT EXTERNAL TABLE e2 FROM '${tmp}/hp1';
SELECT * FROM e2;
DROP TABLE e1;
IMPORT EXTERNAL TABLE e1 FROM '${tmp}/hd1';
SELECT * FROM e1;
IMPORT TABLE f1 FROM '${tmp}/nosuch';
IMPORT TABLE pp FROM '${tmp}/hd1';
EXPORT TABLE nosuch TO '${tmp}/x3';
CREATE TABLE empty_one (i int);
-- bigdata
EXPORT TABLE empty_one TO '${tmp}/x6';
IMPORT TABLE empty_two FROM '${tmp}/x6';
SELECT * FROM empty_two;
