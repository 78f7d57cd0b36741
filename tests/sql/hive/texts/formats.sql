-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT format_number(12332.123456, 4), format_number(12332.123456, '##################.###'), printf('Hello World %d %s', 100, 'days');
--> 12,332.1235	12332.123	Hello World 100 days

-- java.text.DecimalFormat: halves go to the even digit, by the exact value of a double
SELECT format_number(0.125D, 2), format_number(0.375D, 2), format_number(1.005D, 2), format_number(2.5, 0), format_number(3.5, 0);
--> 0.12	0.38	1.00	2	4
SELECT format_number(-0.001D, 2), format_number(1234567, 2), format_number(cast('NaN' AS double), 2), format_number(cast('Infinity' AS double), 0);
--> -0.00	1,234,567.00	NaN	∞
SELECT format_number(0.5, '#.##'), format_number(0.5, '.00'), format_number(0.256, '0%'), format_number(-3, '#;(#)'), format_number(7, "'no.' 000");
--> 0.5	.50	26%	(3)	no. 007
SELECT format_number(NULL, 2), format_number(1, cast(NULL AS int));
--> NULL	NULL
SELECT format_number(1, -1);
--! format_number needs 0 or more decimal places
SELECT format_number(12345.678, '0.###E0'), format_number(12345.678, '##0.##E0'), format_number(0.00012D, '00.0E00');
--> 1.235E4	12.346E3	12.0E-05
SELECT format_number(1, '0.00E');
--! is no number format

-- java.util.Formatter
SELECT printf('%5d|%-5d|%05d|%+d|%,d|%x|%X|%o', 42, 42, 42, 42, 1234567, 255, -1, 8);
-->    42|42   |00042|+42|1,234,567|ff|FFFFFFFF|10
SELECT printf('%.2f %8.3f %e %g', 2.345D, -1.5D, 12345.678D, 0.0001234D);
--> 2.35   -1.500 1.234568e+04 0.000123400
SELECT printf('%s %S %b %c %% %2$s', true, 'up', 'x', 65), printf('%s', NULL), printf('%s', 1.50);
--> true UP true A % up	null	1.5
SELECT printf('%d', 'x');
--! isn't one for a value of type string
SELECT printf('%d %d', 1);
--! asks for a value

-- Java before 19: Double.toString(1234567890123456789d), Float.toString(123456789f), Double.toString(1e16)
SELECT cast(1234567890123456789 AS double), cast(123456789 AS float), 1e16D, 1e7D, cast(-16777217 AS float), get_json_object('{"a":1234567890123456789.0}', '$.a');
--> 1.23456789012345677E18	1.23456792E8	1.0E16	1.0E7	-1.6777216E7	1.23456789012345677E18

-- GenericUDFPrintf: a decimal is shown as a double, and a float's digits are those of its double; NULL is cut by the precision
SELECT printf('%s|%.1f|%s', d, d, i), printf('%10.2f|%10.2f', n, x), printf('%.3f', f) FROM (SELECT CAST(i AS decimal(12,2)) AS d, i, CAST(NULL AS double) AS n, CAST(0.125 AS decimal(10,2)) AS x, CAST(3.4e38 AS float) AS f FROM (SELECT explode(array(123456789, 0)) AS i) t) u;
--> 1.23456789E8|123456789.0|123456789	        nu|      0.13	339999995214436420000000000000000000000.000
--> 0.0|0.0|0	        nu|      0.13	339999995214436420000000000000000000000.000
