CREATE TABLE staff (name string, dept string, hired date, pay int);
INSERT INTO staff VALUES ('ann', 'it', '2020-01-01', 50), ('bob', 'it', '2020-01-05', 40), ('cid', 'it', '2020-01-20', 40),
    ('dee', 'hr', '2020-02-01', 30), ('eve', 'hr', NULL, 20), ('fay', NULL, '2020-03-01', NULL);

-- LanguageManual WindowingAndAnalytics, Examples: partitions and orders by one column and by two
SELECT name, count(pay) OVER (PARTITION BY dept) FROM staff ORDER BY name;
--> ann	3
--> bob	3
--> cid	3
--> dee	2
--> eve	2
--> fay	0
SELECT name, sum(pay) OVER (PARTITION BY dept, pay ORDER BY hired, name) FROM staff WHERE dept = 'it' ORDER BY name;
--> ann	50
--> bob	40
--> cid	80
SELECT name, sum(pay) OVER (PARTITION BY dept ORDER BY pay DESC, name ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    avg(pay) OVER (PARTITION BY dept ORDER BY pay DESC, name ROWS BETWEEN 3 PRECEDING AND CURRENT ROW),
    max(pay) OVER (PARTITION BY dept ORDER BY pay DESC, name ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
FROM staff WHERE dept = 'it' ORDER BY name;
--> ann	50	50.0	50
--> bob	90	45.0	40
--> cid	130	43.333333333333336	40

-- the WINDOW clause; a name with and without parentheses
SELECT name, sum(pay) OVER w, rank() OVER (w) FROM staff WHERE dept IS NOT NULL
WINDOW w AS (PARTITION BY dept ORDER BY pay) ORDER BY name;
--> ann	130	3
--> bob	80	1
--> cid	80	1
--> dee	50	2
--> eve	20	1

SELECT name, sum(pay) OVER (w ORDER BY pay, name) FROM staff WHERE dept = 'it' WINDOW w AS (PARTITION BY dept) ORDER BY name;
--> ann	130
--> bob	40
--> cid	80

-- Hive.g, partitioningSpec: DISTRIBUTE BY and SORT BY mean the same
SELECT name, rank() OVER (DISTRIBUTE BY dept SORT BY pay) FROM staff WHERE dept = 'it' ORDER BY name;
--> ann	3
--> bob	1
--> cid	1

-- windows over joins, lateral views and CTEs; a rank in ORDER BY
WITH paid AS (SELECT name, rank() OVER (ORDER BY pay DESC) AS place FROM staff WHERE pay > 20)
SELECT name, place FROM paid WHERE place < 3 ORDER BY name;
--> ann	1
--> bob	2
--> cid	2
SELECT name, x, sum(x) OVER (ORDER BY name) FROM staff LATERAL VIEW explode(array(1, 2)) t AS x WHERE dept = 'hr'
ORDER BY name, x;
--> dee	1	3
--> dee	2	3
--> eve	1	6
--> eve	2	6
SELECT name FROM staff WHERE pay > 0 ORDER BY rank() OVER (ORDER BY pay DESC, name DESC);
--> ann
--> cid
--> bob
--> dee
--> eve

-- several windows in one expression, and windows in expressions
SELECT name, pay - lag(pay, 1, pay) OVER (ORDER BY name), round(pay / sum(pay) OVER (PARTITION BY dept), 2)
FROM staff WHERE dept = 'hr' ORDER BY name;
--> dee	0	0.6
--> eve	-10	0.4

-- HIVE-13475: aggregates within OVER
SELECT dept, rank() OVER (ORDER BY sum(pay) DESC), sum(sum(pay)) OVER (ORDER BY dept) FROM staff
WHERE dept IS NOT NULL GROUP BY dept ORDER BY dept;
--> hr	2	50
--> it	1	180

-- RANGE over dates goes by days
SELECT name, count(*) OVER (ORDER BY hired RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) FROM staff
WHERE hired IS NOT NULL ORDER BY name;
--> ann	1
--> bob	2
--> cid	1
--> dee	1
--> fay	1

-- NULL comes first in ascending order, last in descending
SELECT name, row_number() OVER (ORDER BY hired), row_number() OVER (ORDER BY hired DESC) FROM staff ORDER BY name;
--> ann	2	5
--> bob	3	4
--> cid	4	3
--> dee	5	2
--> eve	1	6
--> fay	6	1
SELECT name, row_number() OVER (ORDER BY hired NULLS LAST, name) FROM staff ORDER BY name;
--> ann	1
--> bob	2
--> cid	3
--> dee	4
--> eve	6
--> fay	5

-- a window's result is filtered in an outer query
SELECT name FROM (SELECT name, row_number() OVER (PARTITION BY dept ORDER BY pay DESC, name) AS place FROM staff) t
WHERE place = 1 ORDER BY name;
--> ann
--> dee
--> fay
SELECT DISTINCT dept, count(*) OVER (PARTITION BY dept) FROM staff ORDER BY dept;
--> NULL	1
--> hr	2
--> it	3

-- HIVE-9534: distinct values of a partition
SELECT name, count(DISTINCT pay) OVER (PARTITION BY dept), sum(DISTINCT pay) OVER (PARTITION BY dept) FROM staff
WHERE dept = 'it' ORDER BY name;
--> ann	2	90
--> bob	2	90
--> cid	2	90
SELECT name, sum(pay) OVER nosuch FROM staff;
--! nosuch

-- Hive.g, partitioningSpec: CLUSTER BY is DISTRIBUTE BY and SORT BY; WindowingComponentizer: rows come in the order of
-- the last window where there is no ORDER BY
SELECT name, row_number() OVER (CLUSTER BY dept) FROM staff WHERE dept = 'hr' AND name = 'dee';
--> dee	1
SELECT dept, count(*) OVER (CLUSTER BY dept) FROM staff;
--> NULL	1
--> hr	2
--> hr	2
--> it	3
--> it	3
--> it	3
SELECT name, rank() OVER w1, sum(pay) OVER (w2 ROWS UNBOUNDED PRECEDING), max(pay) OVER w2 FROM staff WHERE pay IS NOT NULL
WINDOW w1 AS (ORDER BY pay DESC), w2 AS (PARTITION BY dept ORDER BY name);
--> dee	4	30	30
--> eve	5	50	30
--> ann	1	50	50
--> bob	2	90	50
--> cid	2	130	50
-- all borders, of rows and of values
SELECT name, sum(pay) OVER (ORDER BY name ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING),
    sum(pay) OVER (ORDER BY name ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING),
    sum(pay) OVER (ORDER BY name ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
    sum(pay) OVER (ORDER BY name ROWS 1 PRECEDING),
    sum(pay) OVER (ORDER BY name ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING)
FROM staff WHERE pay IS NOT NULL;
--> ann	NULL	80	180	50	90
--> bob	50	70	130	90	130
--> cid	90	50	90	80	160
--> dee	80	20	50	70	180
--> eve	70	NULL	20	50	180
-- SingleValueBoundaryScanner: what is 10 before is beyond the border 10 PRECEDING of a frame's end
SELECT name, sum(pay) OVER (ORDER BY pay RANGE BETWEEN 10 PRECEDING AND CURRENT ROW),
    sum(pay) OVER (ORDER BY pay RANGE BETWEEN CURRENT ROW AND 10 FOLLOWING),
    sum(pay) OVER (ORDER BY pay RANGE BETWEEN 20 PRECEDING AND 10 PRECEDING),
    sum(pay) OVER (ORDER BY pay RANGE 5 PRECEDING),
    sum(pay) OVER (ORDER BY pay RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
FROM staff WHERE pay IS NOT NULL ORDER BY name;
--> ann	130	50	30	50	180
--> bob	110	130	20	80	180
--> cid	110	130	20	80	180
--> dee	50	110	NULL	30	180
--> eve	20	50	NULL	20	180
-- PTFTranslator: a frame by values has one sort key
SELECT sum(pay) OVER (ORDER BY pay, name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM staff;
--! one column of ORDER BY
SELECT sum(pay) OVER (ORDER BY name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM staff;
--! Use ROWS
-- HiveDecimalValueBoundaryScanner: the distance of decimals is a whole number, what is behind the point is cut off
SELECT m, count(*) OVER (ORDER BY m RANGE BETWEEN 1 PRECEDING AND CURRENT ROW),
    count(*) OVER (ORDER BY m RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
    count(*) OVER (ORDER BY CAST(m AS DOUBLE) DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 2 PRECEDING)
FROM (SELECT stack(4, 0.00BD, 1.99BD, 2.00BD, 4.00BD) AS m) q ORDER BY m;
--> 0.00	1	2	1
--> 1.99	2	1	1
--> 2.00	2	1	0
--> 4.00	1	0	0
-- Hive 2.3.10's driver: "Window range invalid, start boundary is greater than end boundary"
SELECT count(*) OVER (ORDER BY pay ROWS BETWEEN 2 FOLLOWING AND 1 FOLLOWING) FROM staff;
--! can't start behind its end
SELECT count(*) OVER (ORDER BY pay RANGE BETWEEN 1 PRECEDING AND 2 PRECEDING) FROM staff;
--! can't start behind its end
-- FromClauseParser.g: a number in a frame is PRECEDING or FOLLOWING
SELECT count(*) OVER (ORDER BY pay RANGE BETWEEN 1 AND CURRENT ROW) FROM staff;
--! PRECEDING or FOLLOWING

-- Hive's ValueBoundaryScanner: from NULL no row lies in a distance; what goes before ends at the partition's start, or in
-- descending order at its end, and what follows begins behind NULL, or there nowhere
SELECT name, pay, count(*) OVER (ORDER BY pay RANGE BETWEEN 20 PRECEDING AND 10 PRECEDING) AS a,
    count(*) OVER (ORDER BY pay RANGE BETWEEN UNBOUNDED PRECEDING AND 10 PRECEDING) AS b,
    count(*) OVER (ORDER BY pay RANGE BETWEEN 10 FOLLOWING AND UNBOUNDED FOLLOWING) AS c,
    count(*) OVER (ORDER BY pay RANGE BETWEEN 10 FOLLOWING AND 20 FOLLOWING) AS d,
    count(*) OVER (ORDER BY pay RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING) AS e
FROM staff WHERE pay IS NULL OR name = 'ann' ORDER BY name;
--> ann	50	0	1	0	0	1
--> fay	NULL	0	0	1	0	1
SELECT name, count(*) OVER (ORDER BY pay DESC RANGE BETWEEN 20 PRECEDING AND 10 PRECEDING) AS a,
    count(*) OVER (ORDER BY pay DESC RANGE BETWEEN UNBOUNDED PRECEDING AND 10 PRECEDING) AS b,
    count(*) OVER (ORDER BY pay DESC RANGE BETWEEN 10 FOLLOWING AND UNBOUNDED FOLLOWING) AS c,
    count(*) OVER (ORDER BY pay NULLS LAST RANGE BETWEEN 20 PRECEDING AND CURRENT ROW) AS d
FROM staff WHERE pay IS NULL OR name = 'ann' ORDER BY name;
--> ann	0	0	1	1
--> fay	1	2	0	2
-- Hive's WindowingSpec: a distance is one at least
SELECT sum(pay) OVER (ORDER BY pay ROWS 0 PRECEDING) FROM staff;
--! a frame of ROWS goes by positive numbers; got 0 PRECEDING. Write CURRENT ROW.
