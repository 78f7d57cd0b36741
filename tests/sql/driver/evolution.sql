CREATE EXTERNAL TABLE held_orc (k int, i int, l bigint, d double, s string) STORED AS ORC LOCATION '${tmp}/held_orc';
-- hive
INSERT INTO held_orc SELECT 1, 300, 3000000000, 1e20, '12' UNION ALL SELECT 2, -5, 7, 2.9, '1.5' UNION ALL SELECT 3, NULL, NULL, NULL, '2020-01-02' UNION ALL SELECT 4, 0, 0, -0.5, '0';
CREATE EXTERNAL TABLE narrow_orc (k int, i tinyint, l int, d bigint, s int) STORED AS ORC LOCATION '${tmp}/held_orc';
SELECT * FROM narrow_orc;
SELECT sum(i), sum(l), sum(d), sum(s) FROM narrow_orc;
CREATE EXTERNAL TABLE other_orc (k int, i string, l decimal(12,1), d float, s timestamp) STORED AS ORC LOCATION '${tmp}/held_orc';
SELECT * FROM other_orc;
CREATE EXTERNAL TABLE flags_orc (k int, i boolean, l boolean, d int, s boolean) STORED AS ORC LOCATION '${tmp}/held_orc';
SELECT * FROM flags_orc;
CREATE EXTERNAL TABLE held_parquet (k int, i int, l bigint) STORED AS PARQUET LOCATION '${tmp}/held_parquet';
-- hive
INSERT INTO held_parquet VALUES (1, 300, 3000000000), (2, -5, 7), (3, NULL, NULL);
CREATE EXTERNAL TABLE narrow_parquet (k bigint, i tinyint, l int) STORED AS PARQUET LOCATION '${tmp}/held_parquet';
SELECT * FROM narrow_parquet;
