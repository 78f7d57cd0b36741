-- LanguageManual UDF, Displaying Documentation; texts of Hive's @Description
DESCRIBE FUNCTION abs;
--> abs(x) - returns the absolute value of x

DESC FUNCTION EXTENDED substring_index;
--> substring_index(str, delim, count) - Returns the substring from string str before count occurrences of the delimiter delim.

DESCRIBE FUNCTION EXTENDED ceil;
--> ceil(x) - Find the smallest integer not smaller than x
--> Synonyms: ceiling

DESCRIBE FUNCTION count;
--> count(*) - Returns the total number of retrieved rows, including rows containing NULL values.
--> count(expr) - Returns the number of rows for which the supplied expression is non-NULL.
--> count(DISTINCT expr[, expr...]) - Returns the number of rows for which the supplied expression(s) are unique and non-NULL.

DESCRIBE FUNCTION <=;
--> a <= b - Returns TRUE if a is not greater than b

DESCRIBE FUNCTION `+`;
--> a + b - Returns a+b

DESCRIBE FUNCTION row_number;
--> There is no documentation for function 'row_number'

DESCRIBE FUNCTION nothing_like_it;
--> Function 'nothing_like_it' does not exist.
