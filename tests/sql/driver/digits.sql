SELECT format_number(12345678901234567890123456789012.345, 2), format_number(CAST('12345678901234567890123456789012345678' AS decimal(38,0)), 2);
SELECT bround(1234567890123456789012345678901234.5, 0);
CREATE TABLE binary_decimals (k decimal(38,18), m map<string,decimal(38,4)>) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe' STORED AS SEQUENCEFILE;
INSERT INTO binary_decimals SELECT 12345678901234567890.123456789012345678, map('a', CAST(1234567890123456789012345678901234.5678 AS decimal(38,4)));
SELECT * FROM binary_decimals;
SELECT CAST(CAST(-3e10 AS float) AS decimal(20,0)), CAST(CAST(1.1 AS float) AS decimal(20,10)), CAST(CAST(123456789 AS float) AS decimal(20,2)), CAST(CAST(1e-3 AS float) AS decimal(10,8));
CREATE TABLE twice (i int, s string);
INSERT INTO twice (i, i) VALUES (1, 2);
