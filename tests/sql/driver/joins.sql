CREATE TABLE t (a int, b string, d double, m decimal(5,2));
CREATE TABLE u (a bigint, s string, f float, m decimal(10,3));
INSERT INTO t VALUES (1, '1', 1.5, 1.50), (2, 'b', 2.5, 2.25), (NULL, 'c', NULL, NULL), (2, NULL, -1.0, 0.00),
    (4, '01', 1e20, 999.99);
INSERT INTO u VALUES (1, '1', 1.5, 1.5), (2, '2', 2.5, 2.250), (3, NULL, NULL, NULL), (NULL, '01', -1.0, 0),
    (2, 'x', 1e10, 1000.123);
SELECT t.*, u.* FROM t JOIN u ON t.a = u.a;
SELECT t.a, t.b, u.a, u.s FROM t LEFT JOIN u ON t.b = u.s;
SELECT t.a, u.a FROM t RIGHT OUTER JOIN u ON t.m = u.m;
SELECT t.a, u.a FROM t FULL OUTER JOIN u ON t.d = u.f;
SELECT t.a, u.a FROM t FULL OUTER JOIN u ON t.a = u.a AND t.b = u.s;
SELECT t.a, t.b, u.s FROM t JOIN u ON t.b = u.a;
SELECT t.a, t.b, u.s FROM t JOIN u ON t.a <=> u.a;
SELECT t.a, t.b, u.s FROM t LEFT JOIN u ON t.a = u.a AND u.s > '1' AND t.b = 'b';
SELECT t.a, t.b, u.s FROM t LEFT JOIN u ON t.a = u.a WHERE u.s IS NULL;
SELECT t.a, t.b, u.s FROM t LEFT JOIN u ON t.a < u.a;
SELECT t.a, t.b, u.s FROM t FULL JOIN u ON t.a = u.a AND t.a > 1;
SELECT t.a, t.b FROM t LEFT SEMI JOIN u ON t.a = u.a AND u.s > '1';
SELECT t.a, u.a FROM t CROSS JOIN u;
SELECT x.a, y.a, z.a FROM t x LEFT JOIN u y ON x.a = y.a FULL JOIN t z ON x.b = z.b;
SELECT a FROM t WHERE a IN (SELECT a FROM u);
SELECT a, b FROM t WHERE b IN (SELECT s FROM u WHERE u.a = t.a);
SELECT a, b FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a);
SELECT a, b FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.a = t.a);
SELECT b FROM t WHERE b NOT IN (SELECT s FROM u);
SELECT a FROM t WHERE a IN (1, 2, NULL);
SELECT a FROM t WHERE a NOT IN (1, NULL);

SELECT a FROM t UNION ALL SELECT a FROM u;
SELECT a FROM t UNION SELECT a FROM u;
SELECT d FROM t UNION ALL SELECT m FROM u;
SELECT m FROM t UNION ALL SELECT m FROM u;
SELECT f FROM u UNION ALL SELECT a FROM u;
SELECT a FROM t UNION ALL SELECT NULL FROM u;
SELECT CAST(b AS char(3)) FROM t UNION ALL SELECT CAST(b AS varchar(5)) FROM t;
SELECT CAST(b AS char(3)) FROM t UNION ALL SELECT CAST(b AS char(5)) FROM t;
SELECT a FROM t UNION ALL SELECT a, s FROM u;
SELECT a x FROM t UNION ALL SELECT a y FROM u;
SELECT count(*) FROM (SELECT a FROM t UNION SELECT a FROM u UNION ALL SELECT a FROM t) q;
-- differs: Hive refuses a UNION of numbers and texts
SELECT a, b FROM t UNION ALL SELECT s, a FROM u;
SELECT a, (SELECT max(a) FROM u) FROM t;
SELECT a, b FROM t WHERE EXISTS (SELECT * FROM u WHERE u.a > 2);
SELECT b FROM t WHERE b NOT IN (SELECT s FROM u WHERE s IS NOT NULL);
