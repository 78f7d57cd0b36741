CREATE TABLE t1 (key int, value int);
INSERT INTO t1 VALUES (1, NULL), (1, 1), (2, 2), (3, 3), (3, NULL), (4, 5);

-- LanguageManual, Enhanced Aggregation: since Hive 2.3 a bit of GROUPING__ID is 1 where the column is aggregated over;
-- the first column has the highest bit
SELECT key, value, GROUPING__ID, count(*) FROM t1 GROUP BY key, value WITH ROLLUP ORDER BY GROUPING__ID, key, value;
--> 1	NULL	0	1
--> 1	1	0	1
--> 2	2	0	1
--> 3	NULL	0	1
--> 3	3	0	1
--> 4	5	0	1
--> 1	NULL	1	2
--> 2	NULL	1	1
--> 3	NULL	1	2
--> 4	NULL	1	1
--> NULL	NULL	3	6
SELECT key, value, grouping(key), grouping(value), grouping(key, value), grouping(value, key), count(*) FROM t1
WHERE key = 1 GROUP BY key, value WITH ROLLUP ORDER BY grouping(key, value), value;
--> 1	NULL	0	0	0	0	1
--> 1	1	0	0	0	0	1
--> 1	NULL	0	1	1	2	2
--> NULL	NULL	1	1	3	3	2

-- CUBE: all combinations
SELECT key, value, GROUPING__ID, count(*) FROM t1 WHERE key < 3 GROUP BY key, value WITH CUBE
ORDER BY GROUPING__ID, key, value;
--> 1	NULL	0	1
--> 1	1	0	1
--> 2	2	0	1
--> 1	NULL	1	2
--> 2	NULL	1	1
--> NULL	NULL	2	1
--> NULL	1	2	1
--> NULL	2	2	1
--> NULL	NULL	3	3

-- table 1 of the page: sets are queries with UNION
SELECT key, value, sum(value) FROM t1 GROUP BY key, value GROUPING SETS ((key, value)) ORDER BY key, value;
--> 1	NULL	NULL
--> 1	1	1
--> 2	2	2
--> 3	NULL	NULL
--> 3	3	3
--> 4	5	5
SELECT key, value, sum(value), GROUPING__ID FROM t1 WHERE value IS NOT NULL GROUP BY key, value
GROUPING SETS ((key, value), key) ORDER BY GROUPING__ID, key;
--> 1	1	1	0
--> 2	2	2	0
--> 3	3	3	0
--> 4	5	5	0
--> 1	NULL	1	1
--> 2	NULL	2	1
--> 3	NULL	3	1
--> 4	NULL	5	1
SELECT key, value, count(*) FROM t1 WHERE key < 3 GROUP BY key, value GROUPING SETS (key, value, ())
ORDER BY GROUPING__ID, key, value;
--> 1	NULL	2
--> 2	NULL	1
--> NULL	NULL	1
--> NULL	1	1
--> NULL	2	1
--> NULL	NULL	3

-- the functions of SQL's standard
SELECT key, count(*) FROM t1 GROUP BY ROLLUP(key) ORDER BY grouping(key), key;
--> 1	2
--> 2	1
--> 3	2
--> 4	1
--> NULL	6
SELECT count(*) FROM t1 WHERE key < 3 GROUP BY CUBE(key, value) ORDER BY GROUPING__ID, key, value;
--> 1
--> 1
--> 1
--> 2
--> 1
--> 1
--> 1
--> 1
--> 3

-- expressions as keys, HAVING
SELECT key % 2, GROUPING__ID, count(*) FROM t1 GROUP BY key % 2 WITH ROLLUP ORDER BY GROUPING__ID, 1;
--> 0	0	2
--> 1	0	4
--> NULL	1	6
SELECT key, count(*) AS n FROM t1 GROUP BY key WITH ROLLUP HAVING n > 1 ORDER BY n, key;
--> 1	2
--> 3	2
--> NULL	6
-- LanguageManual GroupBy: hive.groupby.position.alias is false, so 1 is no place but the number
SELECT key, sum(value) FROM t1 GROUP BY 1;
--! key
SELECT sum(value) FROM t1 GROUP BY 1;
--> 11
SELECT CASE WHEN grouping(key) = 1 THEN 'all' ELSE CAST(key AS string) END, count(*) FROM t1 GROUP BY key WITH ROLLUP
ORDER BY grouping(key), key;
--> 1	2
--> 2	1
--> 3	2
--> 4	1
--> all	6

-- no rows: the grand total remains only without keys
SELECT count(*) FROM t1 WHERE key > 9;
--> 0
SELECT key, count(*) FROM t1 WHERE key > 9 GROUP BY key;
SELECT key FROM t1 GROUP BY value;
--! key

-- a key in none of the sets is NULL in each group
SELECT key, value, GROUPING__ID, count(*) FROM t1 GROUP BY key, value GROUPING SETS (key) ORDER BY key;
--> 1	NULL	1	2
--> 2	NULL	1	1
--> 3	NULL	1	2
--> 4	NULL	1	1
SELECT key, GROUPING__ID, grouping(key), count(*) FROM t1 GROUP BY key GROUPING SETS (());
--> NULL	1	1	6
SELECT key, value, count(*) FROM t1 GROUP BY key, value GROUPING SETS ((), key) HAVING count(*) > 1 ORDER BY key;
--> NULL	NULL	6
--> 1	NULL	2
--> 3	NULL	2
-- Hive's GroupByOperator (shouldEmitSummaryRow): the empty set has a row also where there are none
SELECT key, count(*) FROM t1 WHERE key > 9 GROUP BY key GROUPING SETS (key, ());
--> NULL	0
-- ErrorMsg.HIVE_GROUPING_SETS_EXPR_NOT_IN_GROUPBY
SELECT key, count(*) FROM t1 GROUP BY key GROUPING SETS (key, value);
--! not in GROUP BY
-- expressions within sets, and one reducer's order: by the keys, then GROUPING__ID
SELECT key % 2, GROUPING__ID, count(*) FROM t1 GROUP BY key % 2, value IS NULL GROUPING SETS ((key % 2, value IS NULL), key % 2, ());
--> NULL	3	6
--> 0	1	2
--> 0	0	2
--> 1	1	4
--> 1	0	2
--> 1	0	2
-- HiveConf: hive.groupby.orderby.position.alias stands for both
SET hive.groupby.orderby.position.alias=true;
SELECT key % 2, count(*) FROM t1 GROUP BY 1 ORDER BY 2, 1;
--> 0	2
--> 1	4
RESET hive.groupby.orderby.position.alias;
-- CalcitePlanner: a grouping set that is there twice gives its groups once
SELECT k, sum(v) FROM (SELECT stack(3, 'a', 1, 'a', 2, 'b', 4) AS (k, v)) q GROUP BY k GROUPING SETS ((k), (k), ());
--> NULL	7
--> a	3
--> b	4
