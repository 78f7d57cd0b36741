CREATE TABLE measures (n int, d double);
INSERT INTO measures VALUES (1, 23.79), (2, 23.79), (3, 23.79), (4, NULL);

-- LanguageManual UDF: of 1, 2, 3, 4 with the mean 2.5 the squares of the distances are 5 together
SELECT variance(n), var_pop(n), var_samp(n) FROM measures;
--> 1.25	1.25	1.6666666666666667
SELECT std(n), stddev(n), stddev_pop(n), stddev_samp(n) FROM measures;
--> 1.118033988749895	1.118033988749895	1.118033988749895	1.2909944487358056

-- the sample's of one value is NULL, all are of none
SELECT var_pop(n), var_samp(n), stddev(n), stddev_samp(n) FROM measures WHERE n = 2;
--> 0.0	NULL	0.0	NULL
SELECT var_pop(n), var_samp(n), stddev(n), stddev_samp(n) FROM measures WHERE n > 9;
--> NULL	NULL	NULL	NULL

-- HIVE-25351: the optimiser computes (sum(x * x) - sum(x) * sum(x) / n) / n, here below zero by rounding
SELECT stddev(d), var_pop(d) < 0 FROM measures;
--> NULL	true

-- distinct values, and text that shows numbers
SELECT var_pop(DISTINCT c), var_pop(c) FROM (SELECT stack(3, '1', '1', '3') AS (c)) t;
--> 1.0	0.8888888888888887
SELECT variance(c) FROM (SELECT true AS c) t;
--! boolean
