CREATE TABLE t (k INT) PARTITIONED BY (d STRING);
INSERT INTO t PARTITION (d='a') VALUES (1);
INSERT INTO t PARTITION (d='b') VALUES (2);
-- LanguageManual Explain, DEPENDENCY: the tables and partitions that are read, as JSON
EXPLAIN DEPENDENCY SELECT k FROM t WHERE d = 'a';
--> {"input_tables":[{"tablename":"default@t","tabletype":"MANAGED_TABLE"}],"input_partitions":[{"partitionName":"default@t@d=a"}]}
CREATE VIEW v AS SELECT k FROM t WHERE d = 'b';
EXPLAIN DEPENDENCY SELECT * FROM v;
--> {"input_tables":[{"tablename":"default@v","tabletype":"VIRTUAL_VIEW"},{"tablename":"default@t","tabletype":"MANAGED_TABLE","tableParents":"[default@v]"}],"input_partitions":[{"partitionName":"default@t@d=b","partitionParents":"[default@v]"}]}
-- the other words ask for parts of Hive's plans; here they all give the SQL that runs
EXPLAIN VECTORIZATION ONLY DETAIL SELECT 1 AS x;
--> SELECT 1 AS "x"
EXPLAIN CBO JOINCOST SELECT 1 AS x;
--> SELECT 1 AS "x"
EXPLAIN ANALYZE SELECT 1 AS x;
--> SELECT 1 AS "x"
EXPLAIN AUTHORIZATION CREATE TABLE made AS SELECT 1 AS x;
--> SELECT 1 AS "x"
EXPLAIN LOCKS INSERT INTO t PARTITION (d='c') SELECT 1 AS x;
--> SELECT 1 AS "x"
EXPLAIN DROP TABLE t;
--> -- no query runs
EXPLAIN UPDATE t SET k = 1;
--! UPDATE
SELECT count(*) FROM t;
--> 2
