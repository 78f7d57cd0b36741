-- LanguageManual DDL, Create/Drop/Reload Function: Hive's own classes under other names
CREATE TEMPORARY FUNCTION later AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFAddMonths';
SELECT later('2009-08-31', 1), upper(later('2009-08-31', 1));
--> 2009-09-30	2009-09-30

CREATE TEMPORARY FUNCTION Most AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFMax' USING JAR '/jars/none.jar', FILE 'x';
SELECT most(x), MOST(x) + 1 FROM (SELECT explode(array(1, 5, 3)) AS x) t;
--> 5	6
SELECT x, most(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) FROM (SELECT explode(array(1, 5)) AS x) t;
--> 1	5
--> 5	5

CREATE TEMPORARY FUNCTION spread AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDTFExplode';
SELECT spread(array(1, 2));
--> 1
--> 2
SELECT y FROM (SELECT array(7, 8) AS a) t LATERAL VIEW spread(a) s AS y;
--> 7
--> 8

CREATE TEMPORARY FUNCTION pair AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFNamedStruct';
SELECT pair('pair', 1).pair, later(pair('d', '2009-08-31').d, 1);
--> 1	2009-09-30
CREATE DATABASE lake;
CREATE FUNCTION lake.twice AS 'org.apache.hadoop.hive.ql.udf.UDFRepeat';
SELECT lake.twice('ab', 2);
--> abab
SELECT twice('ab', 2);
--! no function is named twice
CREATE VIEW lake.v AS SELECT lake.twice('c', 3) AS c;
SELECT c FROM lake.v;
--> ccc
CREATE FUNCTION lake.twice AS 'org.apache.hadoop.hive.ql.udf.UDFRepeat';
--! Function lake.twice exists
SHOW FUNCTIONS LIKE 'lake*|most';
--> lake.twice
--> most
DESCRIBE FUNCTION lake.twice;
--> lake.twice(string, int) gives string
USE lake;
CREATE TABLE kept AS SELECT twice('d', 2) AS d;
SELECT d FROM kept;
--> dd
USE default;
DROP FUNCTION lake.twice;
SELECT lake.twice('ab', 2);
--! lake
DROP TEMPORARY FUNCTION spread;
SELECT spread(array(1, 2));
--! no function is named spread
SET hive.exec.drop.ignorenonexistent=false;
DROP TEMPORARY FUNCTION spread;
--! Function not found: spread
CREATE TEMPORARY FUNCTION upper AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFLower';
--! Hive has another function of that name
CREATE TEMPORARY FUNCTION mine AS 'com.example.Mine';
--! Java functions can't run here, but those of Hive itself; com.example.Mine is none
