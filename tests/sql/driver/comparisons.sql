CREATE TABLE n (t tinyint, i int, b bigint, f float, d double, m decimal(10,2), c char(3), v varchar(3),
    s string, dt date, ts timestamp, o boolean);
INSERT INTO n SELECT CAST(3 AS tinyint), 3, 3L, 0.1, 0.1, 3.10, 'a', 'a ', '3.0', '2020-01-01',
    '2020-01-01 00:00:00', true;
SELECT t = '3.0', t = '3.5', t = '300', t = 'x', t = ' 3', t = 300, t = 3.0, t = 3.5, t <=> 'x', t <> 'x' FROM n;
SELECT i = '3.0', i = '3.5', i = '3000000000', i = 'x', i = ' 3', i = 3.0, i = 3.5, i < '3.5', i > '2.9', i <
    'x', i >= '3 ' FROM n;
SELECT b = '3.0', b = '3.5', b = '9999999999999999999', b = 'x', b = ' 3', b < '3.5', b = 3.0D FROM n;
SELECT d = '0.1', d = 0.1, d = 'x', d < '0.2', d IN ('0.1'), d BETWEEN 0.1 AND 0.1 FROM n;
SELECT m = '3.1', m = '3.10', m = '3.104', m = '3.100', m < '3.104', m = 'x', m = 3.104, m = 3.10D, m =
    '99999999999', m IN ('3.1'), m BETWEEN '3.1' AND '3.1', m = '3.1e0' FROM n;
SELECT c = 'a', c = 'a ', c = 'ab', c < 'a ', 'a ' = c, c = 'abcd', c IN ('a '), v = 'a', v = 'a ', v = 'abcd',
    c = v FROM n;
SELECT s = 3, s = 3.0, s = 3L, s = 3.0D, s = CAST(3 AS decimal(3,1)), s < 4, s IN (3), s BETWEEN 2 AND 4 FROM n;
SELECT dt = '2020-01-01', dt = '2020-1-1', dt = '2020-01-01 10:00:00', dt < '2020-01-02', dt = 'x', dt > '2019',
    dt IN ('2020-01-01'), dt BETWEEN '2019-01-01' AND '2020-01-01', '2020-01-01' = dt FROM n;
SELECT ts = '2020-01-01', ts = '2020-01-01 00:00:00', ts = '2020-01-01 00:00:00.0', ts < '2020-01-02', ts >
    '2019', ts = 'x', ts IN ('2020-01-01 00:00:00'), ts BETWEEN '2019-01-01' AND '2020-01-01', ts > 1577836799, ts =
    1577836800 FROM n;
SELECT count(*) FROM n WHERE m = '3.104';
SELECT count(*) FROM n WHERE f = 0.1;
SELECT count(*) FROM n WHERE i = '3.5';
SELECT count(*) FROM n WHERE i <> 'x';
SELECT count(*) FROM n WHERE t = 300;
SELECT count(*) FROM n WHERE i + 0 = '3.0';
SELECT i + 0 = '3.0', f + 0 = '0.1', m + 0 = '3.104', dt + interval '0' day = '2020-01-01', concat(c, '') = 3 FROM n;
SELECT CASE i WHEN '3' THEN 1 ELSE 0 END, CASE s WHEN 3 THEN 1 ELSE 0 END, CASE f WHEN 0.1 THEN 1 ELSE 0 END,
    CASE m WHEN '3.104' THEN 1 ELSE 0 END, nullif(i, 3), if(i = '3.0', 1, 0) FROM n;
SELECT a.i FROM n a JOIN n b ON a.i = b.s;
SELECT a.i FROM n a JOIN n b ON a.f = b.d;
SELECT a.i FROM n a JOIN n b ON a.m = b.s AND b.i = '3.0';
SELECT a.dt FROM n a JOIN n b ON a.dt = b.ts;
SELECT a.c FROM n a JOIN n b ON a.c = b.v;
CREATE TABLE n2 (b bigint, d decimal(20,0), c char(3), i int, f float);
INSERT INTO n2 SELECT 9007199254740993L, 9007199254740993, 'a', 3, 0.1;
SELECT b = '9007199254740992', b < '9007199254740994', b > '9007199254740992', b <= '9007199254740992', b <>
    '9007199254740992', b <=> '9007199254740992', '9007199254740992' = b, b != '9007199254740992' FROM n2;
SELECT c < 'a ', c > 'a ', c <= 'a ', c <> 'a ', c <=> 'a ', 'a ' >= c FROM n2;
SELECT 9007199254740993 = '9007199254740992', 3 = ' 3', CAST('a' AS char(3)) = 'a ', 0.1 = '0.1', CAST(0.1 AS
    float) = '0.1' FROM n2;
CREATE TABLE u (a int, z string);
INSERT INTO u VALUES (1, 'x'), (2, 'y'), (NULL, 'z'), (4, NULL), (NULL, NULL);
SELECT (a, z) IN ((1, 'x'), (2, 'q')), (a, z) NOT IN ((1, 'x')) FROM u;
SELECT (a, z) IN ((4, CAST(NULL AS string))), (a, z) NOT IN ((4, CAST(NULL AS string)), (1, 'x')) FROM u;
SELECT a FROM u WHERE (a, z) NOT IN ((1, 'x'), (2, 'y'));
SELECT (a, z) IN ((4, NULL), (1, 'q')) FROM u;
SELECT (a, z) IN (('1', 'x')) FROM u;
SELECT struct(a, z) IN (struct(1, 'x'), struct(4, CAST(NULL AS string))) FROM u;
SELECT named_struct('p', a, 'q', z) IN (named_struct('p', 1, 'q', 'x')) FROM u;
CREATE TABLE bounds (a int, b int, c int, s string, t string);
INSERT INTO bounds VALUES (1, NULL, 5, 'b', NULL), (1, 2, NULL, 'b', 'c'), (3, NULL, 2, NULL, 'a'), (1, 1, NULL, 'x', 'x'), (NULL, 1, 2, 'a', 'b');
SELECT a, b, c, a BETWEEN b AND c, a NOT BETWEEN b AND c, a BETWEEN NULL AND 2, a BETWEEN 2 AND NULL, a NOT BETWEEN NULL AND 2, a NOT BETWEEN 2 AND NULL, a BETWEEN b AND 2, a BETWEEN 0 AND c FROM bounds;
SELECT a FROM bounds WHERE a NOT BETWEEN b AND c;
SELECT a FROM bounds WHERE NOT (a BETWEEN b AND c);
SELECT a FROM bounds WHERE a BETWEEN b AND c;
SELECT a, c, b FROM bounds WHERE a NOT BETWEEN NULL AND 2;
SELECT s, t, s BETWEEN t AND 'a', s NOT BETWEEN t AND 'a', s BETWEEN 'c' AND t FROM bounds;
SELECT a, NOT (a >= b AND a <= c), if(a BETWEEN b AND c, 'y', 'n'), CASE WHEN a NOT BETWEEN b AND c THEN 'y' ELSE 'n' END, (a BETWEEN b AND c) IS NULL FROM bounds;
SELECT 3 BETWEEN CAST(NULL AS int) AND 2, 3 NOT BETWEEN CAST(NULL AS int) AND 2, 1 BETWEEN 2 AND CAST(NULL AS int);
