CREATE TABLE amounts (tiny tinyint, n int, big bigint, f float, d double, price decimal(10,2), words string,
    moment timestamp, flag boolean, day date);
INSERT INTO amounts VALUES
    (100, 1, 9223372036854775807, 0.1, 1.5, 1.25, '1.5', '1970-01-01 00:00:01.5', true, '2020-01-01'),
    (100, 2, 1, 0.1, 2.5, 2.50, 'x', '1970-01-01 00:00:02', false, '2020-01-02'),
    (NULL, 4, 0, 0.1, NULL, 0.01, '2', NULL, true, NULL);

-- whole numbers add as bigint, which wraps around as Java's long does
SELECT sum(tiny), sum(n), sum(big) FROM amounts;
--> 200	7	-9223372036854775808

-- (double) 0.1f is 0.10000000149011612
SELECT sum(f), sum(d) FROM amounts;
--> 0.30000000447034836	4.0

-- GenericUDAFSum: decimal(p,s) adds as decimal(p+10,s)
SELECT sum(price) FROM amounts;
--> 3.76

-- GenericUDAFSum skips what Double.parseDouble refuses, and adds the seconds of timestamps
SELECT sum(words), sum(moment) FROM amounts;
--> 3.5	3.5
SELECT sum(words) FROM amounts WHERE words = 'x';
--> 0.0

-- 7 / 3; 2.5 and 1.5 of two rows; 3.76 / 3 as decimal(14,6)
SELECT avg(n), avg(d), avg(price), avg(tiny) FROM amounts;
--> 2.3333333333333335	2.0	1.253333	100.0

-- an average and a variance are one value to the operators around them
SELECT CAST(8 AS double) / avg(d), CAST(1 AS double) / variance(d), CAST(1 AS double) - avg(d) * 2 FROM amounts;
--> 4.0	4.0	-3.0

-- HiveAggregateReduceFunctionsRule of Hive 3: avg(x) is sum(x) / count(x), of ('1.5', 'x') so 1.5 / 2
SELECT avg(words) FROM amounts WHERE n < 3;
--> 0.75

-- half up, away from zero: 0.01 / 2 is 0.005 as decimal(7,6)
SELECT avg(c), avg(-c) FROM (SELECT stack(2, CAST(0.01 AS decimal(3,2)), CAST(0.00 AS decimal(3,2))) AS (c)) t;
--> 0.005000	-0.005000
SELECT avg(c), avg(-c) FROM (SELECT stack(3, 0.1, 0.1, 0.0) AS (c)) t;
--> 0.06667	-0.06667

-- each value once
SELECT sum(DISTINCT c), avg(DISTINCT c), sum(c) FROM (SELECT stack(3, 1, 1, 2) AS (c)) t;
--> 3	1.5	4

-- no rows and only NULL: NULL
SELECT sum(n), sum(price), avg(n), avg(price), sum(words), avg(d) FROM amounts WHERE n > 10;
--> NULL	NULL	NULL	NULL	NULL	NULL
SELECT sum(d), avg(d) FROM amounts WHERE d IS NULL;
--> NULL	NULL

-- Only numeric or string type arguments are accepted
SELECT sum(flag) FROM amounts;
--! boolean
SELECT avg(day) FROM amounts;
--! date
SELECT sum(n, d) FROM amounts;
--! sum

-- halves go away from zero, whatever the digits; each value is the sum over the number, worked out by hand
CREATE TABLE averaged (g INT, a DECIMAL(15,2), b DECIMAL(22,2), c DECIMAL(5,5));
INSERT INTO averaged VALUES (1, 9999999999999.99, 99999999999999999999.99, 0.99999), (1, 9999999999999.98, 99999999999999999999.98, 0.99998), (1, -0.01, 0, 0.00001), (2, 0.01, 0.01, 0.00001), (2, 0.02, 0.02, 0.00002), (2, 0.02, 0.02, 0.00002), (3, -0.01, -0.01, -0.00001), (3, -0.02, -0.02, -0.00002), (3, -0.02, -0.02, -0.00002), (4, NULL, NULL, NULL);
SELECT g, avg(a), avg(b), avg(c), avg(DISTINCT a) FROM averaged GROUP BY g;
--> 1	6666666666666.653333	66666666666666666666.656667	0.666660000	6666666666666.653333
--> 2	0.016667	0.016667	0.000016667	0.015000
--> 3	-0.016667	-0.016667	-0.000016667	-0.015000
--> 4	NULL	NULL	NULL	NULL
