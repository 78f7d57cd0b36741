-- LanguageManual UDF, Conditional Functions
SELECT if(1 = 1, 'yes', 'no'), if(NULL, 1, 2), coalesce(NULL, NULL, 3, 4), nvl(NULL, 'bla'), nvl('a', 'b');
--> yes	2	3	bla	a

-- the type that all have in common
SELECT if(true, 1, 2.5), coalesce(NULL, 1, 'a'), if(false, date '2015-01-01', timestamp '2015-01-02 03:04:05');
--> 1	1	2015-01-02 03:04:05

-- LanguageManual UDF: nullif(a, b) is NULL if a = b, else a
SELECT nullif(1, 1), nullif(1, 2), nullif(NULL, 1), nullif('a', 'b');
--> NULL	1	NULL	a

SELECT isnull(NULL), isnull(1), isnotnull(NULL), isnotnull('');
--> true	false	false	true

-- GenericUDFOPTrue and its kin are never NULL
SELECT istrue(true), istrue(NULL), isfalse(NULL), isfalse(false), isnottrue(NULL), isnotfalse(NULL);
--> true	false	false	true	true	true

-- LanguageManual UDF: NULL when one or more arguments are NULL
SELECT greatest(1, 3, 2), least(1, 3, 2), greatest(1, NULL), least('b', 'a'), greatest(1, 2.5);
--> 3	1	NULL	a	2.5

-- as with > , text beside a number is a double
SELECT greatest('10', 9), greatest('10', '9'), least(date '2015-01-02', '2015-01-01');
--> 10.0	9	2015-01-01

-- GenericUDFAssertTrue, @Description
SELECT assert_true(1 = 1);
--> NULL

SELECT assert_true(1 = 2);
--! ASSERT_TRUE(): assertion failed.

SELECT if(1, 2, 3);
--! if(

SELECT reflect('java.lang.String', 'valueOf', 1);
--! Java

-- FunctionRegistry: the names of types are functions
SELECT int('5'), string(5), double('2.5'), boolean(0), bigint(2.9);
--> 5	5	2.5	false	2

-- GenericUDFNullif: the second is read as the first's type; what is no number equals nothing
SELECT nullif(i, 1.5), nullif(s, 'x'), nullif(CAST('NaN' AS double), CAST('NaN' AS double)) FROM (SELECT i, '1.0' AS s FROM (SELECT explode(array(1)) AS i) u) v;
--> NULL	1.0	NaN

-- FunctionRegistry.getTypeForPrimitiveCategory: beside what has no length a varchar or char keeps its own
SELECT coalesce(CAST(NULL AS varchar(3)), i), concat('[', coalesce(CAST(NULL AS char(3)), i), ']'), if(i > 0, i, CAST('x' AS char(3))) FROM (SELECT explode(array(12345, 1)) AS i) u;
--> 123	[123]	123
--> 1	[1]	1  

-- GenericUDFOPTrue and its kin, PrimitiveObjectInspectorUtils.getBoolean: of a double the whole part decides
SELECT d IS TRUE, d IS NOT FALSE, i IS TRUE, s IS FALSE, istrue(n), t IS NOT TRUE FROM (SELECT d, 2 AS i, '' AS s, CAST(d AS decimal(2,1)) AS n, CAST('1970-01-01 00:00:00' AS timestamp) AS t FROM (SELECT explode(array(0.5D, -1.5D)) AS d) u) v;
--> false	false	true	true	true	true
--> true	true	true	true	true	true

-- GenericUDFBaseNwayCompare: two decimals in the type that holds the digits before the point of both
SELECT greatest(a, b), least(a, b) FROM (SELECT CAST(s AS decimal(38,0)) AS a, CAST('1.25' AS decimal(5,2)) AS b FROM (SELECT explode(array('100', '1')) AS s) t) u;
--> 100	1
--> 1	1
