-- LanguageManual UDF, Arithmetic Operators: / of whole numbers is a double, DIV a whole number
SELECT 7 / 2, 17 DIV 3, -7 DIV 2, 7 % 3, -7 % 3;
--> 3.5	5	-3	1	-1

-- by zero all are NULL
SELECT 1 / 0, 1 % 0, 1 DIV 0, 1.5 / 0, 1.5 % 0, CAST(1 AS double) / 0;
--> NULL	NULL	NULL	NULL	NULL	NULL

-- whole numbers wrap around as Java's; the sign of a number is no part of it, so -2147483648 is a bigint
SELECT 2147483647 + 1, -2147483647 - 2, 2147483647 * 2, -2147483648 - 1, -9223372036854775808 - 1;
--> -2147483648	2147483647	-2	-2147483649	-9223372036854775809

SELECT 9223372036854775807 + 1, 9223372036854775807 * 9223372036854775807, CAST(127 AS tinyint) + CAST(1 AS tinyint);
--> -9223372036854775808	1	-128

-- the wider of two types: here bigint holds it
SELECT 2147483647 + 1L, CAST(100 AS tinyint) + CAST(100 AS smallint);
--> 2147483648	200

-- text is read as a double
SELECT '5' + 1, '5' * '2', 'x' + 1, '1.5' - 1L;
--> 6.0	10.0	NULL	0.5

-- digits by the rules of the SQL standard that GenericUDFOPDivide and its kin name: 1/3 has max(6, s1 + p2 + 1) after the point
SELECT 1.5 + 2.25, 1.5 * 2.25, 1 / 3.0, 5.5 % 2, 1.1 - 1.10;
--> 3.75	3.375	0.333333	1.5	0

-- Hive 2.3.10's classes: the digits of a constant are its own, those of a column its type's; decimal(20,10) * decimal(20,10) is
-- decimal(38,17)
SELECT x * x, x / 3, x * 2, x + 1, CAST(1.5 AS decimal(20,10)) * 2 FROM (SELECT CAST(y AS decimal(20,10)) AS x FROM (SELECT 1.5 AS y) t) t;
--> 2.25000000000000000	0.500000000000	3.0000000000	2.5000000000	3

-- what has no room in 38 digits is NULL, and so is a product that has more of them before it is rounded
SELECT x * x, y * y FROM (SELECT 99999999999999999999 AS x, 1234567890.12345678901 AS y) t;
--> NULL	NULL

-- halves go away from zero: 2/3 = 0.666666...
SELECT 2 / 3.0, -2 / 3.0, x / 3.0 FROM (SELECT -2 AS x) t;
--> 0.666667	-0.666667	-0.666667

-- LanguageManual UDF: bits
SELECT 5 & 3, 5 | 3, 5 ^ 3, ~5;
--> 1	7	6	-6

SELECT -(-5), +5, -'3';
--> 5	5	-3.0

-- NULL makes NULL
SELECT 1 + NULL, NULL * 2.5, NULL / NULL;
--> NULL	NULL	NULL

SELECT array(1) + 1;
--! +

SELECT true + 1;
--! +
-- the least number has no positive counterpart; Hive 2.3.10's driver
SELECT -CAST(-128 AS TINYINT), -CAST(-32768 AS SMALLINT), -CAST(-2147483648 AS INT);
--> -128	-32768	-2147483648
