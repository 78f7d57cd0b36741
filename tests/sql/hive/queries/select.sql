-- LanguageManual Select; names of columns without an alias are Hive's own
CREATE TABLE t (k INT, v STRING, d DOUBLE);
INSERT INTO t VALUES (1, 'a', 1.5), (2, 'b', NULL), (3, NULL, -2.0), (4, 'a', 1e7);
SELECT * FROM t WHERE k > 2;
--> 3	NULL	-2.0
--> 4	a	1.0E7
SELECT t.v, t.* FROM t WHERE v IS NULL;
--> NULL	3	NULL	-2.0
FROM t SELECT k + 1 WHERE k = 1;
--> 2
SELECT v, count(*), sum(d) FROM t GROUP BY v ORDER BY v;
--> NULL	1	-2.0
--> a	2	1.00000015E7
--> b	1	NULL
SELECT v FROM t GROUP BY v HAVING count(*) > 1;
--> a
SELECT v AS w, count(*) AS n FROM t GROUP BY v HAVING n = 1 AND w IS NOT NULL;
--> b	1
SELECT DISTINCT v FROM t ORDER BY v DESC;
--> b
--> a
--> NULL
-- LanguageManual SortBy: NULL is first in ascending order, last in descending
SELECT v, k FROM t ORDER BY v, k DESC;
--> NULL	3
--> a	4
--> a	1
--> b	2
SELECT v, k FROM t ORDER BY v NULLS LAST, k LIMIT 2;
--> a	1
--> a	4
SELECT k FROM t ORDER BY k LIMIT 1, 2;
--> 2
--> 3
SELECT k FROM t ORDER BY -k LIMIT 1;
--> 4
-- HIVE-6617: ORDER BY a position
SELECT v, k FROM t ORDER BY 2 DESC LIMIT 1;
--> a	4
SET hive.groupby.position.alias=true;
SELECT v, count(*) FROM t GROUP BY 1 ORDER BY 1 LIMIT 1;
--> NULL	1
SELECT k FROM t WHERE v;
--> 1
--> 2
--> 4
SELECT nosuch FROM t;
--! nosuch
SELECT k FROM nosuch;
--! nosuch
SELECT x.k FROM t;
--! no table or column is named x
SELECT k FROM t ORDER nonsense;
--! line 1
-- LanguageManual Select, REGEX Column Specification
SET hive.support.quoted.identifiers=none;
SELECT `(k)?+.+` FROM t WHERE k = 1;
--> a	1.5
SELECT 1 + 1, 'x', TRUE, NULL;
--> 2	x	true	NULL
RESET hive.support.quoted.identifiers;
-- LanguageManual Select: LIMIT takes numbers; HAVING without GROUP BY; DISTINCT of all columns
SELECT k FROM t ORDER BY k LIMIT 1 + 1;
--! LIMIT takes a whole number
SELECT count(*) FROM t HAVING count(*) > 3;
--> 4
SELECT count(*) FROM t HAVING count(*) > 4;
SELECT DISTINCT t.v, t.* FROM t WHERE k = 1;
--> a	1	a	1.5
SELECT t.*, k + 1 AS n FROM t WHERE k = 1;
--> 1	a	1.5	2
SELECT k AS `a b`, k AS `select`, `t`.`k` AS date FROM `default`.`t` WHERE default.t.k = 1;
--> 1	1	1
SELECT /* a */ k -- b
FROM /*+ no hint here */ t -- ; c
WHERE k = 1 /* ; */;
--> 1
VALUES (1, 'a'), (2, 'b');
--> 1	a
--> 2	b
SELECT x, y FROM (VALUES (1, 'a'), (2, 'b')) AS q (x, y) WHERE x > 1;
--> 2	b
-- DISTINCT is a grouping by all columns, which ORDER BY may write as the list does
SELECT DISTINCT t.v FROM t;
--> NULL
--> a
--> b
SELECT DISTINCT t.v, k % 2 FROM t ORDER BY k % 2, t.v;
--> a	0
--> b	0
--> NULL	1
--> a	1
-- LanguageManual UDF, Operators Precedences: ^ binds closer than *, then + and ||, &, |
SELECT 7 & 3 | 8 ^ 1, 2 * 3 ^ 1, 1 + 6 & 3, 'a' || 1 + 1, 6 | 1 & 1, -2 ^ 1, 5 & 6 = 4;
--> 11	4	3	a2	7	-1	true
-- Hive's IdentifiersParser.g, expressionsInParenthesis: a struct; around the keys of CLUSTER BY and its kin only brackets
SELECT (1, 'a'), (2);
--> {"col1":1,"col2":"a"}	2
SELECT k, rank() OVER (PARTITION BY (v, k) ORDER BY k) FROM t WHERE k > 2 DISTRIBUTE BY (k, v) SORT BY (k, v);
--> 3	1
--> 4	1
-- brackets give a column no other name
SELECT DISTINCT (v) FROM t ORDER BY v;
--> NULL
--> a
--> b
SELECT q.k FROM (SELECT (t.k), ((v)) FROM t) q WHERE q.v = 'b';
--> 2
-- SemanticAnalyzer.recommendName: a cast of a table's column has its name, which ORDER BY takes; Hive 2.3.10's driver
CREATE TABLE casts (n INT);
INSERT INTO casts VALUES (2), (10);
SELECT CAST(n AS STRING) FROM casts ORDER BY n;
--> 10
--> 2
CREATE TABLE named AS SELECT CAST(n AS STRING), CAST(n AS BIGINT), CAST(1 AS INT) FROM casts;
DESCRIBE named;
--> n                   	string              	                    
--> _c1                 	bigint              	                    
--> _c2                 	int                 	                    
CREATE TABLE unnamed AS SELECT CAST(n AS STRING) FROM (SELECT n FROM casts) q;
DESCRIBE unnamed;
--> _c0                 	string              	                    
