-- LanguageManual DDL, Create/Drop Macro
CREATE TEMPORARY MACRO fixed_number() 42;
CREATE TEMPORARY MACRO string_len_plus_two(x string) length(x) + 2;
CREATE TEMPORARY MACRO simple_add (x int, y int) x + y;
SELECT fixed_number(), string_len_plus_two('abc'), simple_add(1, 2);
--> 42	5	3
SHOW FUNCTIONS LIKE 'simple*';
--> simple_add
DESCRIBE FUNCTION simple_add;
--> There is no documentation for function 'simple_add'
DROP TEMPORARY MACRO simple_add;
DESCRIBE FUNCTION simple_add;
--> Function 'simple_add' does not exist.
DROP TEMPORARY MACRO IF EXISTS simple_add;
SHOW FUNCTIONS LIKE 'low*|upper';
--> lower
--> upper
CREATE FUNCTION mine AS 'org.example.Mine' USING JAR 's3://code/mine.jar';
--! Java functions can't run here
