-- JDK 19 release notes, JDK-4511638: 2e23 is 1.9999999999999998E23 before. FloatingDecimal has two digits at least beside an exponent, and a digit too many for some powers of two
SELECT x FROM (SELECT explode(array(2.2250738585072014E-308D, 4.9E-324D, 2.0E-3D, 9.999E-4D, 1.0E7D, 9999999.0D, 1.0E10D, 2.0E23D, 2.0E-323D, 5.684341886080802E-14D, 1234567890123456789D, 0.1D)) AS x) t;
--> 2.2250738585072014E-308
--> 4.9E-324
--> 0.002
--> 9.999E-4
--> 1.0E7
--> 9999999.0
--> 1.0E10
--> 1.9999999999999998E23
--> 2.0E-323
--> 5.6843418860808015E-14
--> 1.23456789012345677E18
--> 0.1

-- Float.toString; 3047523.25 is a float, of which 3047523.2 is the nearest of 8 digits
SELECT CAST(3047523.25D AS float), CAST(1.4E-45D AS float), CAST(1.17549435E-38D AS float), CAST(16777217 AS float), CAST(0.3D AS float), CAST(353106.625D AS float), -CAST(259962.125D AS float);
--> 3047523.2	1.4E-45	1.17549435E-38	1.6777216E7	0.3	353106.62	-259962.12
-- a text beside a column of doubles is what Java's Double.valueOf reads; rows from Hive 3.1.3
SELECT n, d = 'NaN', d = ' Infinity ', d = '1d', d = 'infinity' FROM
    (SELECT stack(4, 1, CAST('NaN' AS double), 2, CAST('Infinity' AS double), 3, CAST(1 AS double), 4, NULL) AS (n, d)) q ORDER BY n;
--> 1	true	false	false	false
--> 2	false	true	false	false
--> 3	false	false	true	false
--> 4	NULL	NULL	NULL	false
