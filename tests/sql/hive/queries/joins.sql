-- LanguageManual Joins
CREATE TABLE a (k INT, v STRING);
CREATE TABLE b (k INT, w STRING);
INSERT INTO a VALUES (1, 'a1'), (2, 'a2'), (2, 'a2b'), (NULL, 'an');
INSERT INTO b VALUES (2, 'b2'), (3, 'b3'), (NULL, 'bn');
SELECT a.v, b.w FROM a JOIN b ON a.k = b.k ORDER BY a.v;
--> a2	b2
--> a2b	b2
SELECT a.v, b.w FROM a LEFT OUTER JOIN b ON (a.k = b.k) ORDER BY a.v;
--> a1	NULL
--> a2	b2
--> a2b	b2
--> an	NULL
SELECT a.v, b.w FROM a RIGHT OUTER JOIN b ON a.k = b.k ORDER BY b.w, a.v;
--> a2	b2
--> a2b	b2
--> NULL	b3
--> NULL	bn
SELECT a.v, b.w FROM a FULL OUTER JOIN b ON a.k = b.k ORDER BY a.v, b.w;
--> NULL	b3
--> NULL	bn
--> a1	NULL
--> a2	b2
--> a2b	b2
--> an	NULL
SELECT a.v FROM a LEFT SEMI JOIN b ON a.k = b.k ORDER BY a.v;
--> a2
--> a2b
SELECT count(*) FROM a CROSS JOIN b;
--> 12
SELECT count(*) FROM a, b WHERE a.k < b.k;
--> 4
SELECT a.v, b.w FROM a JOIN b ON a.k <=> b.k ORDER BY a.v;
--> a2	b2
--> a2b	b2
--> an	bn
SELECT a.v FROM a JOIN b USING (k) WHERE k = 2 ORDER BY v;
--> a2
--> a2b
SELECT /*+ MAPJOIN(b) */ a.v, c.w FROM a JOIN b ON a.k = b.k JOIN b c ON c.k = b.k + 1 ORDER BY a.v;
--> a2	b3
--> a2b	b3
-- a number beside text is compared as a double
SELECT count(*) FROM a JOIN (SELECT '2.0' AS s) x ON a.k = x.s;
--> 2
SELECT k FROM a JOIN b ON a.k = b.k;
--! ambiguous
-- ErrorMsg.AMBIGUOUS_TABLE_ALIAS
SELECT 1 FROM a JOIN a ON 1 = 1;
--! Ambiguous table alias a
SELECT 1 FROM a x, (SELECT 1) x;
--! Ambiguous table alias x
-- joins between parentheses, and conditions of any kind (since Hive 2.2)
SELECT x.v FROM a x JOIN (a y JOIN b ON y.k = b.k) ON x.k = y.k AND x.v <> y.v ORDER BY x.v;
--> a2
--> a2b
