-- MapReduce: a reducer gets its keys in order; with one reducer the rows of GROUP BY and DISTINCT come so
CREATE TABLE t (k STRING, v INT);
INSERT INTO t VALUES ('b', 1), ('c', 2), ('a', 3), (NULL, 4), ('b', 5);
SELECT k, sum(v) FROM t GROUP BY k;
--> NULL	4
--> a	3
--> b	6
--> c	2
SELECT v % 2, k FROM t GROUP BY v % 2, k LIMIT 3;
--> 0	NULL
--> 0	c
--> 1	a
SELECT DISTINCT k AS key FROM t;
--> NULL
--> a
--> b
--> c
-- a number in a window is a constant and no place in the SELECT list
SELECT v, rank() OVER (PARTITION BY 7 ORDER BY v) r FROM t;
--> 1	1
--> 2	2
--> 3	3
--> 4	4
--> 5	5
SELECT rank() OVER (PARTITION BY k ORDER BY 9) r FROM t LIMIT 1;
--> 1
