SELECT format_number(12345678901234567890123456789012.345, 2), format_number(CAST('12345678901234567890123456789012345678' AS decimal(38,0)), 2);
SELECT bround(1234567890123456789012345678901234.5, 0);
CREATE TABLE binary_decimals (k decimal(38,18), m map<string,decimal(38,4)>) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe' STORED AS SEQUENCEFILE;
INSERT INTO binary_decimals SELECT 12345678901234567890.123456789012345678, map('a', CAST(1234567890123456789012345678901234.5678 AS decimal(38,4)));
SELECT * FROM binary_decimals;
SELECT CAST(CAST(-3e10 AS float) AS decimal(20,0)), CAST(CAST(1.1 AS float) AS decimal(20,10)), CAST(CAST(123456789 AS float) AS decimal(20,2)), CAST(CAST(1e-3 AS float) AS decimal(10,8));
CREATE TABLE twice (i int, s string);
INSERT INTO twice (i, i) VALUES (1, 2);

CREATE TABLE places (i INT, y TINYINT, b BIGINT, d DOUBLE, f FLOAT, s STRING, n DECIMAL(6,3), k INT, w BIGINT);
INSERT INTO places VALUES (15, 126, 9223372036854775807, 2.567, 2.567, '12.345', 1.5, 1, 1), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1), (25, 25, -25, -2.5, -2.5, '12.35', 2.5, NULL, NULL), (25, 125, 15, 1e300, 1e30, '15', 3.5, -1, -1), (14, -128, 45, 1234.5, 1234.5, 'x', 4.5, 0, 0), (35, 127, 9223372036854775807, 35, 35, '35', 5.5, -1, 4294967297), (2147483647, 3, 4, 0.125, 0.125, '0.125', 6.5, -2, 2);
SELECT round(i, k), round(y, k), round(b, k), round(d, k), round(f, k), round(s, k), round(15, k), round(d, w) FROM places;
SELECT bround(i, k), bround(y, k), bround(b, k), bround(d, k), bround(f, k), bround(s, k), bround(2.5D, k) FROM places;
SELECT round(n, k) FROM places;
SELECT round(i, s) FROM places;
SELECT round(i, d) FROM places;
SELECT k, round(d, k), bround(d, k), round(n, k), round(z, k) FROM (SELECT 1.7976931348623157E308D AS d, 5 AS n, -0.5D AS z) q LATERAL VIEW explode(array(-308, -400, -38, 400, 0, 1, -1)) e AS k;
SELECT k, round(f, k), bround(f, k) FROM (SELECT CAST(3.4028234e38D AS FLOAT) AS f) q LATERAL VIEW explode(array(-35, -34, -38)) e AS k;
SELECT k, round(n, k) FROM (SELECT 55 AS n) q LATERAL VIEW explode(array(-2, -1000)) e AS k;
