-- LanguageManual LateralView: the page's own examples
CREATE TABLE pageads (pageid STRING, adid_list ARRAY<INT>);
INSERT INTO pageads SELECT 'front_page', array(1, 2, 3);
INSERT INTO pageads SELECT 'contact_page', array(3, 4, 5);
SELECT pageid, adid FROM pageads LATERAL VIEW explode(adid_list) adTable AS adid ORDER BY pageid DESC, adid;
--> front_page	1
--> front_page	2
--> front_page	3
--> contact_page	3
--> contact_page	4
--> contact_page	5
SELECT adid, count(1) FROM pageads LATERAL VIEW explode(adid_list) adTable AS adid GROUP BY adid ORDER BY adid;
--> 1	1
--> 2	1
--> 3	2
--> 4	1
--> 5	1
CREATE TABLE b (col1 ARRAY<INT>, col2 ARRAY<STRING>);
INSERT INTO b SELECT array(1, 2), array('a', 'b', 'c');
INSERT INTO b SELECT array(3, 4), array('d', 'e', 'f');
SELECT myCol1, myCol2 FROM b LATERAL VIEW explode(col1) myTable1 AS myCol1 LATERAL VIEW explode(col2) myTable2 AS myCol2 WHERE myCol1 IN (2, 4);
--> 2	a
--> 2	b
--> 2	c
--> 4	d
--> 4	e
--> 4	f
-- the page: "if array is empty, OUTER gives NULL"
SELECT pageid, x FROM pageads LATERAL VIEW OUTER explode(array()) e AS x ORDER BY pageid;
--> contact_page	NULL
--> front_page	NULL
SELECT count(*) FROM pageads LATERAL VIEW explode(array()) e AS x;
--> 0
SELECT explode(adid_list) AS x FROM pageads WHERE pageid = 'front_page';
--> 1
--> 2
--> 3
SELECT posexplode(array('A', 'B', 'C')) AS (p, v);
--> 0	A
--> 1	B
--> 2	C
SELECT explode(map('A', 10, 'B', 20)) AS (k, v);
--> A	10
--> B	20
SELECT p.v FROM pageads a LATERAL VIEW posexplode(adid_list) p AS i, v WHERE p.i = 0 ORDER BY p.v;
--> 1
--> 3

-- LanguageManual LateralView and UDTF: table functions can't be nested, nor stand within other expressions
SELECT explode(explode(array(array(1))));
--! explode gives rows
SELECT size(explode(array(array(1))));
--! explode gives rows
SELECT 1 AS one, explode(array(1));
--! explode gives rows
SELECT explode(array(1)), 1 AS one;
--! only a single expression in SELECT is supported with UDTF's
SELECT explode(adid_list) AS x FROM pageads GROUP BY x;
--! GROUP BY is not supported with a UDTF
-- LanguageManual UDF: the aliases of several columns stand in parentheses
SELECT inline(array(struct(1, 'a'), struct(2, 'b'))) AS (n, s);
--> 1	a
--> 2	b
SELECT q.n, q.s FROM (SELECT stack(2, 1, 'a', 2, 'b') AS (n, s)) q WHERE q.n > 1;
--> 2	b
SELECT json_tuple('{"a":1,"b":"two"}', 'a', 'b') AS (x, y);
--> 1	two
SELECT parse_url_tuple('http://h.org/p?q=1', 'HOST', 'PATH', 'QUERY:q') AS (h, p, q);
--> h.org	/p	1
SELECT q.* FROM (SELECT posexplode(array('a', 'b'))) q;
--> 0	a
--> 1	b
SELECT posexplode(array('a', 'b')) AS p;
--! 2 columns, but 1 are named
-- LanguageManual UDF (ngrams): a table function over an aggregate; checked with Hive 2.3.10
SELECT explode(collect_list(pageid)) AS x FROM pageads ORDER BY x;
--> contact_page
--> front_page
SELECT posexplode(sort_array(collect_list(pageid))) AS (p, x) FROM pageads WHERE pageid <> 'x' LIMIT 1;
--> 0	contact_page
