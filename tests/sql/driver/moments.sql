CREATE EXTERNAL TABLE moment_texts (i int, s string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${tmp}/moments';
-- hive
INSERT INTO moment_texts VALUES (1, '2020-01-01'), (2, '2020-01-01 10:11:12'), (3, '2020-01-01T10:11:12'), (4, '2020-1-1 1:2:3'), (5, '2020-01-01 10:11'), (6, '2020-01-01 10:11:12.'), (7, ' 2020-01-01 10:11:12 '), (8, '2020-02-30 10:00:00'), (9, '2020-01-01 10:11:12Z'), (10, '2020-01-01 10:11:12 UTC'), (11, '2020-01-01 10:11:12.5x'), (12, '2020-01-01  10:11:12'), (13, '2020-01-01 24:00:00'), (14, '2020-01-01-10:11:12'), (15, '');
CREATE EXTERNAL TABLE moments (i int, t timestamp) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${tmp}/moments';
SELECT * FROM moments;
SELECT count(t) FROM moments WHERE i < 10;
CREATE EXTERNAL TABLE moment_members (i int, t array<timestamp>) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' COLLECTION ITEMS TERMINATED BY ';' LOCATION '${tmp}/moments';
SELECT * FROM moment_members;
CREATE EXTERNAL TABLE moments_by_regex (i string, t timestamp) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex' = '([^,]*),(.*)') LOCATION '${tmp}/moments';
SELECT * FROM moments_by_regex;
CREATE EXTERNAL TABLE moments_by_pattern (i int, t timestamp) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${tmp}/moments';
ALTER TABLE moments_by_pattern SET SERDEPROPERTIES ('timestamp.formats' = 'yyyyMMdd');
SELECT * FROM moments_by_pattern;
