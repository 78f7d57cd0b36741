-- 9999999999999.99 squared is 99999999999999800000000000.0001; types by GenericUDFOPMultiply: p1 + p2 + 1, s1 + s2
CREATE TABLE products STORED AS PARQUET AS
SELECT x * x AS square, x * y AS small, x * y + y AS more
FROM (SELECT CAST(9999999999999.99 AS decimal(15,2)) AS x, CAST(0.01 AS decimal(15,2)) AS y) AS t;
DESCRIBE products;
--> square              	decimal(31,4)       	                    
--> small               	decimal(31,4)       	                    
--> more                	decimal(32,4)       	                    
SELECT * FROM products;
--> 99999999999999800000000000.0001	99999999999.9999	100000000000.0099
SELECT small * small, small * 3 - square, array(small), sum(small * y), max(small) OVER ()
FROM (SELECT small, square, CAST(100000 AS decimal(15,2)) AS y FROM products) AS t GROUP BY small, square;
--> 9999999999999980000000.000000	-99999999999999500000000000.0004	[99999999999.9999]	9999999999999990.000000	99999999999.9999
