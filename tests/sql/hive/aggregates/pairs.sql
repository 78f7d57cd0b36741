CREATE TABLE points (y double, x double);
INSERT INTO points VALUES (2.0, 1.0), (4.0, 1.0), (6.0, 3.0), (8.0, 3.0), (9.0, NULL), (NULL, 7.0);

-- means x 2 and y 5; squares: x 4, y 20; products 8
SELECT regr_count(y, x), regr_avgx(y, x), regr_avgy(y, x) FROM points;
--> 4	2.0	5.0
SELECT round(regr_sxx(y, x), 9), round(regr_syy(y, x), 9), round(regr_sxy(y, x), 9) FROM points;
--> 4.0	20.0	8.0
SELECT round(covar_pop(y, x), 9), round(covar_samp(y, x), 9) FROM points;
--> 2.0	2.666666667
SELECT round(regr_slope(y, x), 9), round(regr_intercept(y, x), 9), round(regr_r2(y, x), 9) FROM points;
--> 2.0	1.0	0.8

-- 8 / sqrt(20) / sqrt(4)
SELECT round(corr(y, x), 9), round(corr(x, y), 9) FROM points;
--> 0.894427191	0.894427191

-- one pair: GenericUDAFBinarySetFunctions, GenericUDAFCovariance, GenericUDAFCorrelation
SELECT covar_pop(y, x), covar_samp(y, x), corr(y, x), regr_slope(y, x), regr_r2(y, x), regr_sxy(y, x) FROM points
WHERE y = 2;
--> 0.0	NULL	NULL	NULL	NULL	0.0

-- no pair
SELECT covar_pop(y, x), corr(y, x), regr_count(y, x), regr_sxx(y, x), regr_avgx(y, x), regr_intercept(y, x)
FROM points WHERE y > 8;
--> NULL	NULL	0	NULL	NULL	NULL

-- equal x: a vertical line; equal y: a fit without error
SELECT corr(y, 1), regr_slope(y, 1), regr_r2(1, x) FROM points;
--> NULL	NULL	1.0

-- averages of decimals are decimals
SELECT regr_avgx(y, CAST(x AS decimal(4,1))) FROM points;
--> 2.00000
SELECT corr(y, 'x') FROM points;
--! string
