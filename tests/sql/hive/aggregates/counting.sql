CREATE TABLE visits (page string, visitor string, seconds int);
INSERT INTO visits VALUES ('home', 'ann', 10), ('home', 'ann', 20), ('home', NULL, 5), ('shop', 'bob', NULL),
    ('shop', 'ann', 7), (NULL, 'bob', 1);

-- LanguageManual UDF, Built-in Aggregate Functions: count(*) counts rows that hold NULL, count(expr) those that don't
SELECT count(*), count(1), count(page), count(visitor), count(seconds) FROM visits;
--> 6	6	5	5	5
SELECT count(NULL) FROM visits;
--> 0

-- count(DISTINCT expr, expr) counts the rows for which all are unique and not NULL
SELECT count(DISTINCT page), count(DISTINCT visitor), count(DISTINCT page, visitor) FROM visits;
--> 2	2	3
SELECT page, count(*), count(DISTINCT visitor) FROM visits GROUP BY page ORDER BY page;
--> NULL	1	1
--> home	3	1
--> shop	2	2

-- no rows: zero, and no group
SELECT count(*), count(page), count(DISTINCT page) FROM visits WHERE seconds > 100;
--> 0	0	0
SELECT page, count(*) FROM visits WHERE seconds > 100 GROUP BY page;

-- GenericUDAFCount: DISTINCT keyword must be specified
SELECT count(page, visitor) FROM visits;
--! DISTINCT
