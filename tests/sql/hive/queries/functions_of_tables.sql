-- Hive's FromClauseParser.g, partitionedTableFunction; NoOp and its kin hand rows through, by partition and order
CREATE TABLE flights (line string, flown int, late int, town string);
INSERT INTO flights VALUES ('u1', 3, 5, 'c'), ('u1', 1, 20, 'a'), ('u1', 2, 30, 'b'), ('u2', 2, NULL, 'h'),
    ('u2', 1, 1, 'g'), ('u1', 4, 40, 'd'), ('u1', 5, 3, 'e'), (NULL, 1, 50, 'k');
SELECT line, flown FROM noop(ON flights PARTITION BY line ORDER BY flown);
--> NULL	1
--> u1	1
--> u1	2
--> u1	3
--> u1	4
--> u1	5
--> u2	1
--> u2	2
SELECT n.flown, town FROM NoOpWithMap(ON flights f DISTRIBUTE BY f.line SORT BY f.flown DESC) n WHERE late > 10;
--> 1	k
--> 4	d
--> 2	b
--> 1	a
FROM noopstreaming(ON (SELECT line, sum(late) AS late FROM flights GROUP BY line) f ORDER BY late) SELECT late, line;
--> 1	u2
--> 50	NULL
--> 98	u1
SELECT town FROM noop(ON flights PARTITION BY line ORDER BY flown DESC) LIMIT 2;
--> k
--> e
-- what is handed through keeps its order, and a function around orders anew
SELECT town FROM noop(ON noopwithmapstreaming(ON flights PARTITION BY line ORDER BY flown DESC)) WHERE line = 'u1';
--> e
--> d
--> c
--> b
--> a
SELECT town FROM noop(ON noop(ON flights PARTITION BY line ORDER BY flown DESC) ORDER BY town) WHERE late > 5;
--> a
--> b
--> d
--> k
SELECT a.town, b.town FROM flights a JOIN noop(ON flights PARTITION BY line ORDER BY flown) b
ON a.line = b.line AND a.flown + 2 = b.flown ORDER BY a.town;
--> a	c
--> b	d
--> c	e
-- a window around has its own partitions
SELECT town, row_number() OVER (PARTITION BY line ORDER BY flown) FROM noop(ON flights PARTITION BY line ORDER BY town)
WHERE line = 'u2';
--> g	1
--> h	2

-- Hive's MatchPath: a pattern of symbols, their conditions, and a list of results, at each row where the pattern is met
SELECT line, flown, length, towns FROM matchpath(ON flights PARTITION BY line ORDER BY flown
    arg1('LATE.LATE.on'), arg2('LATE'), arg3(late > 15), arg4('ON'), arg5(late < 10),
    arg6('line, flown, size(tpath) AS length, tpath.town AS towns'));
--> u1	1	3	["a","b","c"]
-- + is one row or more, * none or more; none is given back for what follows
SELECT flown, towns FROM matchpath(ON flights PARTITION BY line ORDER BY flown
    arg1('LATE+.ON'), arg2('LATE'), arg3(late > 15), arg4('ON'), arg5(late < 10), arg6('flown, tpath.town AS towns'));
--> 1	["a","b","c"]
--> 2	["b","c"]
--> 4	["d","e"]
SELECT flown, towns FROM matchpath(ON flights PARTITION BY line ORDER BY flown
    arg1('ANY*.LATE'), arg2('LATE'), arg3(late > 15), arg4('ANY'), arg5(true), arg6('flown, tpath.town AS towns'));
SELECT flown, town, `first` FROM matchpath(ON flights PARTITION BY line ORDER BY flown
    arg1('LATE.ON*.LATE'), arg2('LATE'), arg3(late > 15), arg4('ON'), arg5(late < 10),
    arg6('select flown, town, tpath[1].town AS `first`'));
--> 1	a	b
--> 2	b	c
-- LATE+ that reaches a partition's end leaves the last row
SELECT flown, towns FROM matchpath(ON (SELECT * FROM flights WHERE flown < 3) f PARTITION BY f.line ORDER BY f.flown
    arg1('LATE+.LATE'), arg2('LATE'), arg3(late > 15), arg4('flown, tpath.town AS towns')) m WHERE m.flown = 1;
--> 1	["k"]
--> 1	["a","b"]
-- lag and lead look at the rows beside; partitions may be those of a function within
SELECT town FROM matchpath(ON noop(ON flights PARTITION BY line ORDER BY flown)
    arg1('UP.UP'), arg2('UP'), arg3(late > lag(late, 1, 0)), arg4('town'));
--> a
CREATE VIEW paths AS SELECT line, sz FROM matchpath(ON flights PARTITION BY line ORDER BY flown
    arg1('LATE'), arg2('LATE'), arg3(late > 15), arg4('line, size(tpath) AS sz'));
SELECT line, sum(sz) FROM paths GROUP BY line;
--> NULL	1
--> u1	3

SELECT a FROM nosuch(ON flights PARTITION BY line);
--! no function of partitioned tables is named nosuch
SELECT line FROM noop(ON flights PARTITION BY nosuch);
--! no column is named nosuch
SELECT line FROM noop(ON (SELECT * FROM flights) PARTITION BY line);
--! A subquery after ON has a name of its own
SELECT line FROM noop(ON flights PARTITION BY line) AS x;
--! unexpected 'AS'
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A'), arg2('A'), arg3(late));
--! matchpath takes a pattern, symbols with conditions, and a list of results; got 3
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A'), arg2('A'), arg3(late), arg4('line'));
--! the condition of a symbol is to be a boolean; got int
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A.B'), arg2('A'), arg3(true), arg4('line'));
--! Unknown Symbol 'b'. The symbols are: a.
SELECT line FROM matchpath(ON flights PARTITION BY line arg1(town), arg2('A'), arg3(true), arg4('line'));
--! matchpath: the pattern must be a constant
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A'), arg2('A'), arg3(true), arg4('*'));
--! results have no *
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A'), arg2('A'), arg3(true), arg4('count(line) n'));
--! no aggregates
SELECT line FROM matchpath(ON flights PARTITION BY line arg1('A'), arg2('A'), arg3(true), arg4('line FROM flights'));
--! expected a list of expressions
SELECT noop(1);
--! noop: it takes rows. Write FROM noop(ON

-- Hive's CommonJoinOperator: rows of a key in all tables, or in one that is preserved; NULL is no key
CREATE TABLE t1 (k int, v string);
CREATE TABLE t2 (k string, v string);
CREATE TABLE t3 (k int, v string);
INSERT INTO t1 VALUES (1, 'a1'), (2, 'a2'), (2, 'a3'), (NULL, 'a4');
INSERT INTO t2 VALUES ('2', 'b2'), ('3', 'b3'), (NULL, 'b4');
INSERT INTO t3 VALUES (2, 'c2'), (1, 'c1'), (3, 'c3'), (4, 'c4');
FROM UNIQUEJOIN PRESERVE t1 a (a.k), PRESERVE t2 b (b.k), t3 c (c.k) SELECT a.v AS x, b.v AS y, c.v AS z ORDER BY x, y;
--> NULL	b3	c3
--> NULL	b4	NULL
--> a1	NULL	c1
--> a2	b2	c2
--> a3	b2	c2
--> a4	NULL	NULL
SELECT a.v AS x, b.v AS y, c.v AS z FROM UNIQUEJOIN t1 a (a.k), t2 b (b.k), t3 c (c.k) ORDER BY x;
--> a2	b2	c2
--> a3	b2	c2
FROM UNIQUEJOIN PRESERVE t1 (t1.k, t1.v), PRESERVE t3 AS c (k, concat('a', substr(c.v, 2))) SELECT t1.v AS x, c.v AS y
ORDER BY x, y;
--> NULL	c3
--> NULL	c4
--> a1	c1
--> a2	c2
--> a3	NULL
--> a4	NULL
SELECT count(*) FROM UNIQUEJOIN t1 a (a.k), t2 b (b.k, b.v);
--! UNIQUEJOIN: one table has more keys than another
SELECT count(*) FROM UNIQUEJOIN PRESERVE t1 a (a.k);
--! UNIQUEJOIN is of two tables or more
SELECT count(*) FROM UNIQUEJOIN t1 a (b.k), t2 b (b.k);
--! no table or column is named b
SELECT count(*) FROM UNIQUEJOIN t1 a (a.k), t2 a (a.k);
--! Ambiguous table alias a
