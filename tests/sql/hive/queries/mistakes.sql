-- Statements that aren't whole, or have what can't stand where it stands: one line says what, none is passed over.
-- Hive's grammar (HiveParser.g, FromClauseParser.g, IdentifiersParser.g): expressions are parted by single commas.
CREATE TABLE t (a int, b string);
SELECT a,, b FROM t;
--! column 9: expected something before and behind the comma.
SELECT concat('a',) FROM t;
--! column 18: expected something before and behind the comma.
SELECT lead(, 1) OVER (ORDER BY a) FROM t;
--! column 13: expected something before and behind the comma.
SELECT lead(a, 'x') OVER (ORDER BY a) FROM t;
--! lead takes a number of rows that isn't negative; got x.
SELECT a, FROM t;
--! column 9: expected something before and behind the comma.
INSERT INTO t VALUES (1,);
--! expected something before and behind the comma.
SELECT 2e;
--! 2e is no number.
SELECT .1.5D;
--! is no number.
SELECT INTERVAL '1';
--! INTERVAL '1' has no unit. Write INTERVAL '1' DAY.
INSERT INTO (t) VALUES (1);
--! INSERT is into a table or a directory. Name one.
SELECT a FROM t TABLESAMPLE (ROWS);
--! TABLESAMPLE wants a number here.
SELECT a FROM t TABLESAMPLE (BUCKET OUT OF 2 ON a);
--! TABLESAMPLE wants a number here.
FROM t INSERT INTO TABLE t INSERT INTO t SELECT a, b;
--! expected columns after SELECT, and SELECT or VALUES after INSERT.
SELECT * FROM t LATERAL VIEW .explode(array(1)) e AS x;
--! an expression is missing
SELECT a{b FROM t;
--! line 1, column
SELECT regexp_extract(VALUES, 'a', 1);
--! this is no expression of Hive that is known here
SELECT a FROM t TABLESAMPLE (b PERCENT);
--! TABLESAMPLE(b PERCENT): expected from 0 to 100.
CREATE TABLE u AS ;
--! a query is missing.
CREATE TABLE u (a int"
", b int);
--! expected ), got ".
CREATE TABLE parted (a int) PARTITIONED BY (p int);
FROM t INSERT INTO parted PARTITION (q=1) SELECT a INSERT INTO parted PARTITION (p=2) SELECT a;
--! q
SELECT position('l' IN 'hello');
--! IN: expected values or a subquery in brackets behind it
SELECT 1 IN ();
--! IN: expected values or a subquery in brackets behind it
-- clauses of other databases are refused, and not passed over
SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1;
--! QUALIFY is no part of Hive's language
SELECT * EXCEPT (a) FROM t;
--! * EXCEPT is no part of Hive's language
SELECT DISTINCT ON (a) a FROM t;
--! DISTINCT ON is no part of Hive's language
SELECT a FROM t FETCH FIRST 1 ROWS ONLY;
--! FETCH is no part of Hive's language
SELECT a FROM t PIVOT (sum(a) FOR a IN (1));
--! PIVOT is no part of Hive's language
SELECT a, count(*) FROM t GROUP BY ALL;
--! GROUP BY ALL is no part of Hive's language
SELECT a FROM t LIMIT 10 PERCENT;
--! LIMIT ... PERCENT is no part of Hive's language
SELECT a FROM (SELECT a FROM t FOR UPDATE) u;
--! FOR UPDATE is no part of Hive's language
SELECT 1 FROM t JOIN t u ON;
--! expected something behind ON
SELECT 1 FROM t GROUP BY;
--! expected something behind GROUP BY
