CREATE TABLE things (word string, code varchar(5), n int, d double, price decimal(5,2), day date, moment timestamp,
    flag boolean);
INSERT INTO things VALUES
    ('apple', 'b', 3, 1.5, 10.50, '2020-02-01', '2020-02-01 10:00:00', true),
    ('Zebra', 'a', -7, NULL, 9.99, '2019-12-31', '2019-12-31 23:59:59.5', false),
    (NULL, NULL, NULL, -2.0, NULL, NULL, NULL, NULL),
    ('été', 'c', 3, 0.0, 10.49, '2020-01-15', '2020-02-01 09:59:59', true);

-- NULL doesn't count; text goes by its bytes: capitals, small letters, letters with accents
SELECT min(word), max(word), min(code), max(code) FROM things;
--> Zebra	été	a	c
SELECT min(n), max(n), min(d), max(d), min(price), max(price) FROM things;
--> -7	3	-2.0	1.5	9.99	10.50
SELECT min(day), max(day), min(moment), max(moment), min(flag), max(flag) FROM things;
--> 2019-12-31	2020-02-01	2019-12-31 23:59:59.5	2020-02-01 10:00:00	false	true

-- Java's Double.compare: NaN is above every number
SELECT max(d), min(d) FROM (SELECT stack(2, CAST('NaN' AS double), CAST('Infinity' AS double)) AS (d)) t;
--> NaN	Infinity

-- numbers as text compare as text
SELECT max(c) FROM (SELECT stack(2, '9', '10') AS (c)) t;
--> 9
SELECT min(n), max(word) FROM things WHERE n > 100;
--> NULL	NULL

-- Cannot support comparison of map<> type
SELECT max(map(word, n)) FROM things;
--! map

-- GenericUDAFMin and GenericUDAFMax compare members that are NULL as greater, and as less; rows from Hive 3.1.3
SELECT min(s), max(s) FROM (SELECT stack(3, struct(CAST(NULL AS INT), 1), struct(2, 3), struct(1, 0)) AS (s)) t;
--> {"col1":1,"col2":0}	{"col1":2,"col2":3}
SELECT min(a), max(a) FROM (SELECT stack(3, array(CAST(NULL AS INT), 1), array(2, 3), array(1, 0)) AS (a)) t;
--> [1,0]	[2,3]
