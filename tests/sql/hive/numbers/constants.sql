-- WritableConstantHiveDecimalObjectInspector.scale is that of the value up to Hive 3.1 (HIVE-24389): constants lose the
-- zeros at their end, columns keep all digits of their scale
SELECT 1.10, CAST(1.10 AS decimal(5,3)), CAST('1.10' AS decimal(5,3)), CAST(5 AS decimal(5,2)), CAST(n AS decimal(5,2)) FROM (SELECT id AS n FROM (SELECT explode(array(5)) AS id) t) u;
--> 1.1	1.1	1.1	5	5.00

-- UDFToFloat: what has no room is infinite; UDFToInteger and its kin know no dates; TimestampWritableV2.longToTimestamp
SELECT CAST(1e300 AS float), CAST(-1e300 AS float), CAST(date '2020-01-01' AS int), CAST(date '2020-01-01' AS boolean), CAST(date '2020-01-01' AS double);
--> Infinity	-Infinity	NULL	NULL	NULL

-- TimestampWritableV2: a decimal of a timestamp is that of its double
SELECT CAST(t AS decimal(38,18)) FROM (SELECT explode(array(timestamp '9999-12-31 23:59:59.123456')) AS t) u;
--> 253402300799.123440000000000000

-- GenericUDAFSumHiveDecimal and GenericUDAFAverage: NULL where a sum has more than 38 digits
SELECT sum(x), avg(x) FROM (SELECT CAST('99999999999999999999999999999999999999' AS decimal(38,0)) AS x FROM (SELECT explode(array(1, 2)) AS n) t) u;
--> NULL	NULL

SELECT sum(x) FROM (SELECT CAST('99999999999999999999999999999999999999' AS decimal(38,0)) * n AS x FROM (SELECT explode(array(1, -1)) AS n) t) u;
--> 0

-- ... also those that functions make of constants
SELECT round(99.99, 1), coalesce(1, 2.5), CAST('1e2' AS decimal(5,2)), CAST(true AS decimal(3,1)), round(1.25, 5), least(1.25, 1), CAST('0.10' AS decimal(2,2));
--> 100	1	100	1	1.25	1	0.1

SELECT round(n, 1), coalesce(n, 2.5) FROM (SELECT explode(array(99.99)) AS n) t;
--> 100.0	99.99

-- TypeCheckProcFactory: a sign isn't the constant's, so the least number can't be written with its letter
SELECT -127Y, 32767S;
--> -127	32767
SELECT -128Y;
--! 128Y is too large for 8 bits
SELECT 1, 9223372036854775808L;
--! 9223372036854775808L is too large for 64 bits
-- a folded decimal keeps the operator's type, and as an operand counts by its value's digits; types from Hive 3.1.3
CREATE TABLE folded AS SELECT 2 * 0.5 AS a, (2 * 3) * 1.5 AS b, 0.5 + 0.5 AS c, (1.0 + 1) / 3 AS d, 1 + 1 + 0.5 AS e;
DESCRIBE folded;
--> a                   	decimal(3,1)        	                    
--> b                   	decimal(4,1)        	                    
--> c                   	decimal(2,1)        	                    
--> d                   	decimal(7,6)        	                    
--> e                   	decimal(3,1)        	                    
SELECT 2 * 0.5, 1.5 * 2, concat('x', 2 * 0.5);
--> 1	3	x1
