-- LanguageManual Select and LateralView, FROM first; Hive's FromClauseParser.g: what stands after FROM is the same
-- before INSERT and SELECT as behind SELECT, and lateral views and joins take effect in the order in which they stand
CREATE TABLE t (k INT, v STRING, a ARRAY<INT>);
INSERT INTO t SELECT 1, 'a', array(1, 2);
INSERT INTO t SELECT 2, 'b', array(3);
INSERT INTO t SELECT 3, 'c', array();
CREATE TABLE u (k INT, w STRING);
INSERT INTO u VALUES (1, 'x'), (3, 'y');
CREATE TABLE o1 (k INT, w STRING);
CREATE TABLE o2 (k INT, w STRING);
FROM t LATERAL VIEW explode(a) e AS x JOIN u ON e.x = u.k SELECT t.k, e.x, u.w ORDER BY t.k;
--> 1	1	x
--> 2	3	y
SELECT t.k, x, u2.w FROM t JOIN u ON t.k = u.k LATERAL VIEW explode(t.a) e AS x LEFT JOIN u u2 ON u2.k = e.x ORDER BY x;
--> 1	1	x
--> 1	2	NULL
FROM t JOIN u LATERAL VIEW explode(array(7, 8)) e AS x ON t.k = u.k SELECT t.k, x ORDER BY t.k, x;
--> 1	7
--> 1	8
--> 3	7
--> 3	8
FROM t LATERAL VIEW explode(a) e AS x JOIN u ON e.x = u.k
INSERT OVERWRITE TABLE o1 SELECT t.k, u.w
INSERT OVERWRITE TABLE o2 SELECT x, w WHERE x > 1;
SELECT * FROM o1;
--> 1	x
--> 2	y
SELECT * FROM o2;
--> 3	y
FROM (SELECT k, v FROM t WHERE k < 3) a LEFT OUTER JOIN (SELECT k, w FROM u) b ON (a.k = b.k)
INSERT OVERWRITE TABLE o1 SELECT a.k, b.w
INSERT INTO TABLE o2 SELECT a.k, max(a.v) GROUP BY a.k;
SELECT * FROM o1 ORDER BY k;
--> 1	x
--> 2	NULL
SELECT * FROM o2 ORDER BY k;
--> 1	a
--> 2	b
--> 3	y
FROM t, u INSERT OVERWRITE TABLE o1 SELECT t.k, u.w WHERE t.k = u.k;
SELECT * FROM o1 ORDER BY k;
--> 1	x
--> 3	y
WITH q AS (SELECT k FROM t WHERE k > 1) FROM q INSERT OVERWRITE TABLE o1 SELECT k, 'q' INSERT OVERWRITE TABLE o2 SELECT k, 'r';
SELECT * FROM o1 UNION ALL SELECT * FROM o2 ORDER BY k, w;
--> 2	q
--> 2	r
--> 3	q
--> 3	r
-- LanguageManual Transform: MAP and REDUCE are SELECT TRANSFORM, also before and within INSERT
FROM t a SELECT TRANSFORM(a.k, a.v) USING 'cat' AS (k INT, v STRING) WHERE a.k > 1;
--> 2	b
--> 3	c
FROM (FROM u SELECT TRANSFORM(u.*) USING 'cat' AS k, w) q SELECT q.w, q.k ORDER BY w;
--> x	1
--> y	3
FROM (FROM t MAP k, v USING 'cat' AS k, v CLUSTER BY k) y
INSERT OVERWRITE TABLE o1 REDUCE y.k, y.v USING 'cat' AS (a INT, b STRING);
SELECT * FROM o1;
--> 1	a
--> 2	b
--> 3	c
FROM (FROM t MAP k, v USING 'cat' AS k, v DISTRIBUTE BY k SORT BY k DESC) y
INSERT OVERWRITE TABLE o1 REDUCE y.k, y.v USING 'tail -1' AS (a INT, b STRING)
INSERT OVERWRITE TABLE o2 SELECT TRANSFORM(y.*) USING 'head -1' AS k, v;
SELECT * FROM o1;
--> 1	a
SELECT * FROM o2;
--> 3	c
-- Hive 3 has no NATURAL JOIN, and takes the word for the name of the table
SELECT * FROM t NATURAL JOIN u;
--! JOIN ... USING
