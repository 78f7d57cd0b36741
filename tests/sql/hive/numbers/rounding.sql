-- LanguageManual UDF, Mathematical Functions: round to the nearest, halves away from zero
SELECT round(2.5), round(-2.5), round(2.4), round(12.3456, 1);
--> 3	-3	2	12.3

-- a decimal is rounded by its digits, and so is a double: java.math.BigDecimal.valueOf
SELECT round(2.675, 2), round(CAST(2.675 AS double), 2), round(CAST(1.005 AS double), 2), round(CAST(0.285 AS double), 2);
--> 2.68	2.68	1.01	0.29

-- GenericUDFRound: negative digits round before the point
SELECT round(1234.567, -2), round(149, -2), round(150, -2), round(CAST(149.6 AS double), -2), round(-151, -2);
--> 1200	100	200	100.0	-200

-- 150 rounded to hundreds has no room in a tinyint and wraps around: 200 - 256
SELECT round(CAST(125 AS tinyint), -2), round(CAST(127 AS tinyint), -1);
--> 100	-126

-- what is no number, and NULL
SELECT round('2.5'), round('x'), round(NULL), round(2.5, NULL);
--> 3.0	NULL	NULL	NULL

-- LanguageManual UDF, bround: bround(2.5) = 2, bround(3.5) = 4, bround(8.25, 1) = 8.2, bround(8.35, 1) = 8.4
SELECT bround(2.5), bround(3.5), bround(8.25, 1), bround(8.35, 1);
--> 2	4	8.2	8.4

-- halves go to the even digit before the point too
SELECT bround(25, -1), bround(35, -1), bround(CAST(-0.5 AS double));
--> 20	40	0.0

-- GenericUDFCeil and GenericUDFFloor, @Description
SELECT ceil(-0.1), ceil(5), ceiling(CAST(-0.1 AS double)), floor(-0.1), floor(5), floor('2.7');
--> 0	5	0	-1	5	2

-- a double stops at the ends of bigint
SELECT ceil(CAST(1e30 AS double)), floor(CAST(-1e30 AS double));
--> 9223372036854775807	-9223372036854775808

-- GenericUDFTrunc, @Description
SELECT trunc(1234567891.1234567891, 4), trunc(1234567891.1234567891, -4);
--> 1234567891.1234	1234560000

-- GenericUDFTrunc, @Description
SELECT trunc(1234567891.1234567891, 0), trunc(1234567891.1234567891);
--> 1234567891	1234567891

-- towards zero; a double by its exact value, and 0.29 is a little less
SELECT trunc(-2.7), trunc(129, -1), trunc(CAST(0.29 AS double), 2), trunc(CAST(-2.7 AS double));
--> -2	120	0.28	-2.0

-- of a decimal, whose type depends on them, the digits must be written out
SELECT round(2.5, x) FROM (SELECT explode(array(1)) AS x) t;
--! round: the number of digits of a decimal must be written out
SELECT round(2.5, 1.5);
--! round: expected a whole number of digits, got decimal(2,1)

-- GenericUDFTrunc gives the decimal without digits of its own, which is decimal(38,18)
SELECT trunc(n, 2), trunc(n, -2) FROM (SELECT explode(array(1234.567)) AS n) t;
--> 1234.560000000000000000	1200.000000000000000000

-- a number of digits that each row has for itself, as Hive 3.1.3 answers
CREATE TABLE places (d DOUBLE, i INT, k INT);
INSERT INTO places VALUES (2.567, 15, 1), (35, 25, -1), (1234.5, 14, 0), (1.5, 7, NULL);
SELECT round(d, k), bround(d, k), round(i, k), bround(i, k) FROM places;
--> 2.6	2.6	15	15
--> 40.0	40.0	30	20
--> 1235.0	1234.0	14	14
--> NULL	NULL	NULL	NULL
