-- LanguageManual SubQueries
CREATE TABLE t (k INT, v STRING);
CREATE TABLE u (k INT);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c'), (NULL, 'n');
INSERT INTO u VALUES (2), (3), (3);
SELECT s.n FROM (SELECT k + 1 AS n FROM t WHERE k < 3) s ORDER BY s.n;
--> 2
--> 3
SELECT v FROM t WHERE k IN (SELECT k FROM u) ORDER BY v;
--> b
--> c
SELECT v FROM t WHERE k NOT IN (SELECT k FROM u) ORDER BY v;
--> a
SELECT v FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.k = t.k) ORDER BY v;
--> b
--> c
SELECT v FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.k = t.k) ORDER BY v;
--> a
--> n
SELECT v FROM t WHERE k = (SELECT max(k) FROM u);
--> c
SELECT v, (SELECT count(*) FROM u WHERE u.k = t.k) FROM t ORDER BY v;
--> a	0
--> b	1
--> c	2
--> n	0
-- LanguageManual Common Table Expression
WITH q AS (SELECT k FROM t WHERE k > 1), r AS (SELECT k * 10 AS k FROM q) SELECT * FROM r ORDER BY k;
--> 20
--> 30
WITH q AS (SELECT 1 AS x) SELECT x FROM q UNION ALL SELECT x + 1 FROM q ORDER BY x;
--> 1
--> 2
-- LanguageManual Union: rows once without ALL; types meet
SELECT k FROM u UNION SELECT 2 ORDER BY k;
--> 2
--> 3
SELECT 1 AS x UNION ALL SELECT 'a' UNION ALL SELECT 2.5 ORDER BY x;
--> 1
--> 2.5
--> a
SELECT k FROM t INTERSECT SELECT k FROM u ORDER BY k;
--> 2
--> 3
SELECT k FROM t EXCEPT SELECT k FROM u ORDER BY k;
--> NULL
--> 1
SELECT k FROM t MINUS SELECT k FROM u ORDER BY k;
--> NULL
--> 1
SELECT k FROM t UNION ALL SELECT k, v FROM t;
--! columns
CREATE VIEW w AS SELECT v AS name, k FROM t WHERE k IS NOT NULL;
SELECT name FROM w WHERE k = 2;
--> b
-- set operations: all forms, from left to right; what stands in parentheses has its own ORDER BY and LIMIT
SELECT k FROM u UNION DISTINCT SELECT 2 ORDER BY k;
--> 2
--> 3
SELECT k FROM u INTERSECT ALL SELECT 3;
--> 3
SELECT k FROM u EXCEPT ALL SELECT 3 ORDER BY k;
--> 2
--> 3
SELECT k FROM u MINUS DISTINCT SELECT 3;
--> 2
SELECT 1 AS x UNION SELECT 2 INTERSECT SELECT 2;
--> 2
(SELECT k FROM t ORDER BY k DESC LIMIT 1) UNION ALL (SELECT k FROM u ORDER BY k LIMIT 1);
--> 3
--> 2
SELECT k AS a FROM t UNION ALL SELECT k AS b FROM u ORDER BY 1 DESC LIMIT 1, 2;
--> 3
--> 3
SELECT 1 AS x UNION ALL SELECT 2 SORT BY x DESC;
--> 2
--> 1
-- NOT IN with NULL among the values of the subquery is never true; a scalar subquery in SELECT, HAVING and arithmetic
SELECT v FROM t WHERE 9 NOT IN (SELECT k FROM t);
SELECT count(*) FROM t WHERE k + 1 > (SELECT max(k) FROM u);
--> 1
SELECT k, k IN (SELECT k FROM u), EXISTS (SELECT 1 FROM u WHERE u.k = t.k) FROM t ORDER BY k;
--> NULL	NULL	false
--> 1	false	false
--> 2	true	true
--> 3	true	true
SELECT v, count(*) FROM t GROUP BY v HAVING count(*) < (SELECT count(*) FROM u) AND v IN (SELECT 'a');
--> a	1
-- common table expressions within others, in views and before INSERT
WITH q AS (WITH r AS (SELECT 7 AS x) SELECT x FROM r) SELECT x FROM q;
--> 7
CREATE VIEW viaw AS WITH q AS (SELECT k FROM t WHERE k > 2) SELECT k AS kk FROM q;
SELECT kk FROM viaw;
--> 3
WITH q AS (SELECT 1), q AS (SELECT 2) SELECT * FROM q;
--! two queries are named q
WITH RECURSIVE q AS (SELECT 1) SELECT * FROM q;
--! no recursive queries
-- rows once: one reducer gives them in the order of their columns, as it does for GROUP BY
SELECT k FROM t UNION SELECT 5;
--> NULL
--> 1
--> 2
--> 3
--> 5
SELECT k FROM t UNION SELECT 5 LIMIT 2;
--> NULL
--> 1
SELECT k FROM t EXCEPT SELECT 3;
--> NULL
--> 1
--> 2

-- FunctionRegistry.getCommonClassForUnionAll: beside an integer a decimal keeps its digits, and what has more is NULL;
-- rows from Hive 3.1.3
CREATE TABLE sides (i INT, d DECIMAL(4,2));
INSERT INTO sides VALUES (7, 1.25), (123, 2.5);
SELECT i FROM sides UNION ALL SELECT d FROM sides ORDER BY i;
--> NULL
--> 1.25
--> 2.50
--> 7.00
-- HiveDecimalUtils: digits before the point go first
CREATE TABLE widest AS SELECT CAST(1.5 AS DECIMAL(38,18)) AS d UNION ALL SELECT CAST(12345678901 AS DECIMAL(38,0));
DESCRIBE widest;
--> d                   	decimal(38,0)       	                    
SELECT CAST(1.5 AS DECIMAL(38,18)) = CAST(2 AS DECIMAL(38,0)), coalesce(CAST(1.5 AS DECIMAL(38,18)), CAST(2 AS DECIMAL(38,0)));
--> false	2
