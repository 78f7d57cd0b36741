-- LanguageManual UDF, Built-in Table-Generating Functions: explode(array)
SELECT explode(array('A', 'B', 'C')) AS col;
--> A
--> B
--> C

-- LanguageManual UDF: explode(map)
SELECT explode(map('A', 10, 'B', 20, 'C', 30)) AS (key, value);
--> A	10
--> B	20
--> C	30

-- LanguageManual UDF: posexplode
SELECT posexplode(array('A', 'B', 'C')) AS (pos, val);
--> 0	A
--> 1	B
--> 2	C

-- LanguageManual UDF: inline
SELECT inline(array(struct('A', 10, date '2015-01-01'), struct('B', 20, date '2016-02-02'))) AS (col1, col2, col3);
--> A	10	2015-01-01
--> B	20	2016-02-02

-- LanguageManual UDF: stack
SELECT stack(2, 'A', 10, date '2015-01-01', 'B', 20, date '2016-01-01') AS (col0, col1, col2);
--> A	10	2015-01-01
--> B	20	2016-01-01

-- GenericUDTFStack: NULL where values are missing
SELECT stack(2, 1, 2, 3);
--> 1	2
--> 3	NULL

-- LanguageManual LateralView
SELECT name, item FROM (SELECT 'x' AS name, array(1, 2) AS items) t LATERAL VIEW explode(items) v AS item;
--> x	1
--> x	2

-- nothing comes of NULL, but for OUTER
SELECT name, item FROM (SELECT 'x' AS name, if(false, array(1), NULL) AS items) t LATERAL VIEW explode(items) v AS item;

SELECT name, item FROM (SELECT 'x' AS name, if(false, array(1), NULL) AS items) t LATERAL VIEW OUTER explode(items) v AS item;
--> x	NULL

SELECT stack(0, 1);
--! stack takes a number of rows

-- BinarySortableSerDe: NULL is the least member of a nested value; rows from Hive 3.1.3
SELECT s FROM (SELECT stack(3, struct(2, 3), struct(CAST(NULL AS INT), 1), struct(1, 0)) AS (s)) t ORDER BY s;
--> {"col1":null,"col2":1}
--> {"col1":1,"col2":0}
--> {"col1":2,"col2":3}
SELECT a FROM (SELECT stack(3, array(2, 3), array(CAST(NULL AS INT), 1), array(1, 0)) AS (a)) t ORDER BY 1 DESC;
--> [2,3]
--> [1,0]
--> [null,1]
SELECT sort_array(array(struct(2, CAST(NULL AS INT)), struct(CAST(NULL AS INT), 1), struct(1, 1)));
--> [{"col1":null,"col2":1},{"col1":1,"col2":1},{"col1":2,"col2":null}]
SELECT sort_array(array(array(2, 1), array(CAST(NULL AS INT)), array(2)));
--> [[null],[2],[2,1]]
