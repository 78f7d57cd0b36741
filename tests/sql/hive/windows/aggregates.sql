CREATE TABLE sales (shop string, month int, amount int, rate double);
INSERT INTO sales VALUES ('a', 1, 10, 0.5), ('a', 2, 20, 1.5), ('a', 2, 30, 2.5), ('a', 4, 40, NULL), ('b', 1, 5, 1.0);

-- without an order the frame is the partition; with one, the rows up to the current one and its equals
SELECT shop, month, amount, sum(amount) OVER (PARTITION BY shop), sum(amount) OVER (PARTITION BY shop ORDER BY month),
    count(*) OVER (PARTITION BY shop ORDER BY month) FROM sales ORDER BY shop, month, amount;
--> a	1	10	100	10	1
--> a	2	20	100	60	3
--> a	2	30	100	60	3
--> a	4	40	100	100	4
--> b	1	5	5	5	1
SELECT month, amount, avg(amount) OVER (ORDER BY amount ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING),
    min(amount) OVER (ORDER BY amount ROWS 1 PRECEDING), max(rate) OVER (ORDER BY amount ROWS UNBOUNDED PRECEDING)
FROM sales WHERE shop = 'a';
--> 1	10	15.0	10	0.5
--> 2	20	20.0	10	1.5
--> 2	30	30.0	20	2.5
--> 4	40	35.0	30	2.5

-- RANGE goes by the value: here by months from one before to none after, and by those more than two after
-- (SingleValueBoundaryScanner)
SELECT month, amount, sum(amount) OVER (ORDER BY month RANGE BETWEEN 1 PRECEDING AND CURRENT ROW),
    sum(amount) OVER (ORDER BY month RANGE BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING)
FROM sales WHERE shop = 'a' ORDER BY month, amount;
--> 1	10	10	40
--> 2	20	60	NULL
--> 2	30	60	NULL
--> 4	40	40	NULL

-- distinct values, statistics and collections over windows
SELECT shop, amount, count(DISTINCT month) OVER (PARTITION BY shop),
    stddev_pop(amount) OVER (PARTITION BY shop ORDER BY amount ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),
    collect_list(amount) OVER (PARTITION BY shop ORDER BY amount ROWS 1 PRECEDING) FROM sales ORDER BY shop, amount;
--> a	10	3	0.0	[10]
--> a	20	3	5.0	[10,20]
--> a	30	3	5.0	[20,30]
--> a	40	3	5.0	[30,40]
--> b	5	1	0.0	[5]
SELECT DISTINCT shop, percentile(amount, 0.5) OVER (PARTITION BY shop), corr(amount, month) OVER (PARTITION BY shop),
    var_samp(amount) OVER (PARTITION BY shop) FROM sales WHERE month <> 2 ORDER BY shop;
--> a	25.0	1.0	450.0
--> b	5.0	NULL	NULL
