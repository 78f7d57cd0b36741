-- LanguageManual UDF, Relational Operators
SELECT 1 = 1, 1 == 1, 1 <> 2, 1 != 2, 1 < 2, 1 <= 1, 2 > 1, 2 >= 3;
--> true	true	true	true	true	true	true	false

-- NULL = NULL is NULL; <=> is true or false
SELECT NULL = NULL, 1 = NULL, NULL <=> NULL, 1 <=> NULL, 1 <=> 1;
--> NULL	NULL	true	false	true

-- FunctionRegistry.getCommonClassForComparison: text beside a number is a double; 'a' is none
SELECT '10' > 9, '10' > '9', 'a' = 1, 1 = '1.0';
--> true	false	NULL	true

-- text beside a date is a date, beside a timestamp a timestamp
SELECT date '2015-01-01' = '2015-1-1', timestamp '2015-01-01 00:00:00' > '2014-12-31', date '2015-01-01' = timestamp '2015-01-01 00:00:00';
--> true	true	true

-- LanguageManual Types: the blanks at the end of a char don't count; those of a text do
SELECT CAST('a' AS char(3)) = CAST('a  ' AS char(5)), CAST('a' AS char(3)) = 'a  ', CAST('a' AS varchar(3)) = 'a  ';
--> true	false	false

-- a boolean beside a number is 1 or 0
SELECT true = 1, false = 0, true > false;
--> true	true	true

-- a decimal is compared by its value
SELECT 1.50 = 1.5, 2 = 2.0, 0.1 = CAST(0.1 AS double), 1.5 BETWEEN 1 AND 2;
--> true	true	true	true

-- whole numbers beside digits are compared as doubles, and 2^53 + 1 is none; beside a column the digits are of its type
SELECT 9007199254740993 = '9007199254740992', n = '9007199254740992', n > '9007199254740992', n IN ('9007199254740992')
FROM (SELECT explode(array(9007199254740993)) AS n) t;
--> true	false	true	true

-- a timestamp beside a number is its seconds
SELECT timestamp '1970-01-01 00:00:10' = 10, timestamp '1970-01-01 00:00:10' > 9.5;
--> true	true

SELECT array(1, 2) = array(1, 2), array(1) < array(2);
--> true	true

SELECT array(1) = 1;
--! Hive doesn't compare

-- FunctionRegistry.getCommonClassForComparison: a date beside a number, both are texts
SELECT date '2020-02-29' > 18000, date '2020-02-29' < 3, date '2020-02-29' = 3;
--> true	true	false

-- RexNodeConverter, FunctionRegistry.getCommonClassForComparison: texts are numbers beside a number, and days beside a day
SELECT 12 IN ('12'), 12.0D IN ('12'), '12.0' IN (12), 'abc' IN (12, 3), 1 IN (1.5, '1');
--> true	true	true	NULL	true

-- ... as the first of them says
SELECT s, s IN ('hello', 123), s IN (123, 'hello'), s NOT IN ('x', 5) FROM (SELECT explode(array('hello', '123')) AS s) t;
--> hello	true	NULL	true
--> 123	true	true	true

SELECT i IN ('01', '02'), i IN (1, 'x'), i IN ('2', 'x'), s IN (7, 'x'), d IN ('2020-1-31'), t IN ('2020-01-31', '2020-01-30 00:00:00.0') FROM (SELECT i, 'x' AS s, CAST('2020-01-31' AS date) AS d, CAST('2020-01-30' AS timestamp) AS t FROM (SELECT explode(array(1)) AS i) u) v;
--> true	true	NULL	NULL	true	true

-- TypeCheckProcFactory.interpretNodeAs: a column of numbers equals no text that shows none
SELECT n = 'x', 'x' = n, n <> 'x', n < 'x' FROM (SELECT explode(array(5)) AS n) t;
--> false	false	NULL	NULL

-- GenericUDFBaseNwayCompare: NULL for an argument that is NULL; the first that can't be converted is left out, others are NULL
SELECT greatest('abc', 12), least('abc', 12), least(12, 'abc'), greatest(12, 'abc'), greatest(NULL, 1), greatest('abc', 1, 2);
--> 12.0	12.0	NULL	NULL	NULL	2.0

-- FunctionRegistry.getCommonClass: chars and varchars of different lengths are strings, in UNION they are the longer
SELECT length(coalesce(CAST('ab' AS char(5)), CAST('abcdefgh' AS char(8)))), concat('[', if(true, CAST('ab' AS char(5)), CAST('c' AS char(8))), ']');
--> 2	[ab]

CREATE TABLE united AS SELECT CAST('ab' AS varchar(3)) AS v UNION ALL SELECT CAST('abcde' AS varchar(5));

DESCRIBE united;
--> v                   	varchar(5)          	                    

-- seen in Hive 3.1.3: BETWEEN is NULL where its lower bound gives no answer, whatever the upper one says
SELECT 3 BETWEEN CAST(NULL AS int) AND 2, 3 NOT BETWEEN CAST(NULL AS int) AND 2, 1 BETWEEN 2 AND CAST(NULL AS int), 3 >= CAST(NULL AS int) AND 3 <= 2;
--> NULL	NULL	false	false
SELECT a FROM (SELECT stack(3, 1, 2, NULL, 3, NULL, 2, 1, NULL, 5) AS (a, b, c)) t WHERE a NOT BETWEEN b AND c;
--> 1
SELECT a FROM (SELECT stack(3, 1, 1, 4, 3, NULL, 2, 1, NULL, 5) AS (a, b, c)) t WHERE a > 0 AND (a BETWEEN b AND c);
--> 1

-- Hive's IdentifiersParser.g, precedenceUnarySuffixExpression: IS is nearer than any other operator but a sign
SELECT 1 = 2 IS NULL, 'a' || 'b' IS NULL, NOT 1 IS NULL, -1 IS NOT NULL, true = NULL IS NULL;
--> false	aFALSE	true	true	true
SELECT 1 + 2 IS NULL;
--! + has no meaning for int and boolean

-- seen in Hive 3.1.3: where one bound is a text and the other isn't, all three are compared as what they have in common
SELECT t BETWEEN 1 AND '2-2', t BETWEEN '0' AND '2-2' FROM (SELECT '2' AS t) x;
--> NULL	true
