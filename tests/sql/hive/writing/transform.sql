-- LanguageManual Transform
CREATE TABLE t (k INT, v STRING);
INSERT INTO t VALUES (2, 'b'), (1, 'a'), (3, NULL);
SELECT TRANSFORM (k, v) USING 'cat' AS (k INT, v STRING) FROM t WHERE k > 1;
--> 2	b
--> 3	NULL
-- without AS: the key, and what follows the first tab
SELECT TRANSFORM (k, v, k) USING 'cat' FROM t WHERE k = 1;
--> 1	a	1
FROM (FROM t MAP t.k, t.v USING 'cat' AS key, value CLUSTER BY key) m REDUCE m.key, m.value USING 'tr a-z A-Z' AS k, v;
--> 1	A
--> 2	B
--> 3	NULL
SELECT sum(n) FROM (SELECT TRANSFORM (k) USING 'sed s/$/0/' AS (n INT) FROM t) s;
--> 60
SELECT TRANSFORM (k) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' USING 'tr , :' AS (a STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY ':' FROM t WHERE k = 1;
--> 1
SELECT TRANSFORM (k) USING 'false' AS (a STRING) FROM t;
--! status 1
SELECT TRANSFORM (k) USING 'no_such_program' AS (a STRING) FROM t;
--! no_such_program
-- aggregates go through a script too, in the order of their keys
SELECT TRANSFORM(x % 2, count(*)) USING 'cat' AS (k INT, n INT) FROM (SELECT explode(array(1, 2, 3)) AS x) q GROUP BY x % 2;
--> 0	1
--> 1	2
SELECT TRANSFORM(max(x)) USING 'cat' AS (m INT) FROM (SELECT explode(array(1, 2, 3)) AS x) q;
--> 3
-- Hive's SelectClauseParser.g: TRANSFORM is all that its SELECT has
SELECT TRANSFORM(1) USING 'cat' AS (a INT), 2;
--! nothing else
-- what goes in and comes out is LazySimpleSerDe's text: checked with Hive 2.3.10
CREATE TABLE kinds (k INT, a ARRAY<INT>, m MAP<STRING,INT>, b BOOLEAN, d DOUBLE, c CHAR(4), s STRUCT<p:INT,q:STRING>);
INSERT INTO kinds SELECT 1, array(1, NULL), map('x', 1), true, 1e10, 'c', named_struct('p', 1, 'q', 'y"');
INSERT INTO kinds SELECT 2, NULL, NULL, false, -0.5, NULL, NULL;
SELECT TRANSFORM(*) USING 'cat' AS (k, a, m, b, d, c, s) FROM kinds;
--> 1	[1,null]	{"x":1}	true	1.0E10	c   	{"p":1,"q":"y\""}
--> 2	NULL	NULL	false	-0.5	NULL	NULL
SELECT TRANSFORM(b, c) USING 'cat' AS (b BOOLEAN, c BOOLEAN) FROM kinds;
--> true	NULL
--> false	NULL
SELECT TRANSFORM(k) USING 'sed "s/$/\t/"' FROM kinds;
--> 1	
--> 2	
SELECT TRANSFORM(c, k) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' NULL DEFINED AS 'nil' USING 'cat' AS (l STRING) FROM kinds;
--> c   ,1
--> nil,2
SELECT TRANSFORM(k, d) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' WITH SERDEPROPERTIES ('field.delim'='|')
RECORDWRITER 'org.apache.hadoop.hive.ql.exec.TextRecordWriter' USING 'cat' AS (l STRING) FROM kinds;
--> 1|1.0E10
--> 2|-0.5
SELECT TRANSFORM(k) USING 'echo 1,2' AS (a ARRAY<INT>) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' COLLECTION ITEMS TERMINATED BY ',' FROM kinds;
--> [1,2]
SELECT TRANSFORM(k) RECORDWRITER 'org.apache.hadoop.hive.contrib.util.typedbytes.TypedBytesRecordWriter' USING 'cat' AS (a) FROM kinds;
--! TypedBytesRecordWriter
SELECT TRANSFORM(k) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' USING 'cat' AS (a) FROM kinds;
--! Use LazySimpleSerDe
-- Hive 2.3.10's driver: nested values are JSON without ROW FORMAT, and delimited with one
SELECT TRANSFORM(1, array(2, 3)) USING 'cat' AS (a, b);
--> 1	[2,3]
SELECT TRANSFORM(1, array(2, 3)) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' COLLECTION ITEMS TERMINATED BY ';' USING 'cat' AS (a);
--> 1,2;3
