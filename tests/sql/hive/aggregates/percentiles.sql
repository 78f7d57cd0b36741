CREATE TABLE ages (n int, d double);
INSERT INTO ages VALUES (4, 1.0), (1, 2.0), (NULL, 10.0), (3, NULL), (2, NULL);

-- UDAFPercentile: at position 3 * p of 1, 2, 3, 4, between its neighbours in proportion
SELECT percentile(n, 0.5), percentile(n, 0), percentile(n, 1), percentile(n, 0.25) FROM ages;
--> 2.5	1.0	4.0	1.75
SELECT percentile(n, array(0.0, 0.25, 1.0)) FROM ages;
--> [1.0,1.75,4.0]
SELECT percentile(n, 0.5), percentile(n, array(0.5)) FROM ages WHERE n > 9;
--> NULL	NULL
SELECT n % 2, percentile(n, 0.5) FROM ages WHERE n IS NOT NULL GROUP BY n % 2 ORDER BY 1;
--> 0	3.0
--> 1	2.0

-- Percentile value must be within the range of 0 to 1
SELECT percentile(n, 1.5) FROM ages;
--! between 0 and 1
SELECT percentile(d, 0.5) FROM ages;
--! percentile

-- NumericHistogram.quantile: the heights of 1, 2, 3, 4 reach half at 2, and 0.6 in the fourth tenths from 2 to 3
SELECT percentile_approx(n, 0.5), percentile_approx(n, 0.25), percentile_approx(n, 1.0) FROM ages;
--> 2.0	1.0	4.0
SELECT round(percentile_approx(n, 0.6), 9), percentile_approx(n, array(0.5, 1.0), 100) FROM ages;
--> 2.4	[2.0,4.0]

-- two bins: 1 and 2 become 1.5 with the height 2, of which 0.9 * 3 leaves 0.7 of the way to 10
SELECT percentile_approx(d, 0.5, 2), round(percentile_approx(d, 0.9, 2), 9) FROM ages;
--> 1.5	7.45
SELECT percentile_approx(d, 0.5) FROM ages WHERE d > 99.0;
--> NULL
SELECT percentile_approx('x', 0.5) FROM ages;
--! string
-- UDAFPercentile.getPercentile: between equal neighbours nothing is computed; no input gives no array
SELECT percentile(21, array(0.1, 0.5)), percentile(CAST(NULL AS int), array(0.1, 0.5)) FROM (SELECT explode(array(1, 2))) t;
--> [21.0,21.0]	NULL
