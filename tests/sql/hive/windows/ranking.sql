CREATE TABLE results (team string, player string, points int);
INSERT INTO results VALUES ('a', 'ann', 30), ('a', 'bob', 20), ('a', 'cid', 20), ('a', 'dee', 10), ('b', 'eve', 5),
    ('b', 'fay', NULL);

-- LanguageManual WindowingAndAnalytics: equals share a rank; rank leaves a gap after them, dense_rank none
SELECT player, row_number() OVER (PARTITION BY team ORDER BY points DESC, player),
    rank() OVER (PARTITION BY team ORDER BY points DESC), dense_rank() OVER (PARTITION BY team ORDER BY points DESC)
FROM results WHERE team = 'a' ORDER BY player;
--> ann	1	1	1
--> bob	2	2	2
--> cid	3	2	2
--> dee	4	4	3

-- percent_rank is (rank - 1) / (rows - 1), cume_dist the share of rows up to here
SELECT player, percent_rank() OVER (ORDER BY points), cume_dist() OVER (ORDER BY points)
FROM results WHERE team = 'a' ORDER BY player;
--> ann	1.0	1.0
--> bob	0.3333333333333333	0.75
--> cid	0.3333333333333333	0.75
--> dee	0.0	0.25
SELECT percent_rank() OVER (ORDER BY points), cume_dist() OVER (ORDER BY points) FROM results WHERE player = 'ann';
--> 0.0	1.0

-- GenericUDAFNTile: the first tiles take the rows that are left over; more tiles than rows leave some empty
SELECT player, ntile(3) OVER (ORDER BY player), ntile(9) OVER (ORDER BY player) FROM results WHERE team = 'a';
--> ann	1	1
--> bob	1	2
--> cid	2	3
--> dee	3	4

-- NULL is the least
SELECT player, rank() OVER (ORDER BY points), rank() OVER (ORDER BY points DESC) FROM results WHERE team = 'b'
ORDER BY player;
--> eve	2	1
--> fay	1	2

-- without an order all are equal
SELECT player, rank() OVER (PARTITION BY team) FROM results WHERE team = 'b' ORDER BY player;
--> eve	1
--> fay	1

SELECT rank() FROM results;
--! OVER
SELECT upper(player) OVER (ORDER BY points) FROM results;
--! OVER

-- what may fail on a row stands in the keys of windows too
SELECT n, count(*) OVER (PARTITION BY width_bucket(n, 0, 10, 2)), row_number() OVER (PARTITION BY CAST(s AS timestamp) ORDER BY n) FROM (SELECT n, '2020-01-01 00:00:00.123456789' AS s FROM (SELECT explode(array(1, 2, 7)) AS n) t) u ORDER BY n;
--> 1	2	1
--> 2	2	2
--> 7	1	3

SELECT k, rank() OVER (ORDER BY percentile(n, 0.5)) FROM (SELECT n % 2 AS k, n FROM (SELECT explode(array(1, 2, 7)) AS n) t) u GROUP BY k;
--> 0	1
--> 1	2
