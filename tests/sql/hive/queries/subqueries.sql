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
