CREATE TABLE t (g string, h int, v int, d double, m decimal(5,2), dt date, ts timestamp);
INSERT INTO t VALUES ('a', 1, 10, 1.5, 1.50, '2020-01-31', '2020-01-31 10:00:00.5'),
    ('a', 1, 20, 2.5, 2.25, '2020-02-29', '2020-02-29 00:00:00'), ('a', 2, NULL, NULL, NULL, NULL, NULL),
    ('b', 2, 21, -1.0, 0.00, '2019-12-31', '1969-12-31 23:59:59.999'), ('b', NULL, 40, 1e20, 999.99, '2020-01-01', NULL),
    (NULL, NULL, 5, 0.25, 1.10, '2020-02-01', '2020-02-01 00:00:00'), (NULL, 3, 7, 7.0, 7.77, '2020-02-10', '2020-03-01 00:00:00');
-- differs: 3.1's optimiser takes avg of decimals apart into sum and count, with digits of its own; 2.3, 4.0, and 3.1 without it do not
SELECT g, h, count(*), sum(v), avg(m), min(dt), max(ts) FROM t GROUP BY g, h;
SELECT g, h, count(*) FROM t GROUP BY g, h WITH ROLLUP;
SELECT g, h, count(*) FROM t GROUP BY g, h WITH CUBE;
SELECT g, h, count(*), CAST(grouping__id AS bigint), CAST(grouping(g) AS int) FROM t GROUP BY g, h GROUPING SETS ((g, h), g, ());
SELECT g, h, v, grouping__id FROM t GROUP BY g, h, v GROUPING SETS ((g), (h), (v));
SELECT g, h, count(*) FROM t GROUP BY g, h GROUPING SETS ((g, h), (h, g));
SELECT g, count(DISTINCT h), count(DISTINCT v), count(DISTINCT h, v) FROM t GROUP BY g;
SELECT count(DISTINCT g, h), sum(DISTINCT v), avg(DISTINCT v), max(DISTINCT v) FROM t;
SELECT g, sum(v) s FROM t GROUP BY g HAVING s > 20 AND count(*) > 1;
SELECT h % 2, count(*) FROM t GROUP BY h % 2;
SELECT DISTINCT g, h FROM t ORDER BY g, h;
SELECT count(*), count(1), count(v), sum(1) FROM t WHERE 1 = 0;
SELECT g, count(*) FROM t WHERE 1 = 0 GROUP BY g;
-- differs: 3.1's optimiser takes avg of decimals apart into sum and count, with digits of its own; 2.3, 4.0, and 3.1 without it do not
SELECT sum(v), avg(v), sum(d), sum(m), avg(m), avg(d), stddev(v), variance(d), var_samp(v) FROM t;
SELECT sort_array(collect_set(g)), sort_array(collect_list(h)), max(struct(v, g)), min(array(v)) FROM t;
SELECT if(v > 10, 1, 0) x, sum(m), max(v) - min(v), count(*) * 1.0 FROM t GROUP BY if(v > 10, 1, 0);
SELECT g, h, count(*) c FROM t GROUP BY 1, g, h ORDER BY c DESC, g, h;
SELECT g, h FROM t ORDER BY h NULLS LAST, g DESC NULLS FIRST;
SELECT g, v FROM t ORDER BY 2 DESC, 1;
SELECT v FROM t ORDER BY v LIMIT 2, 2;
SELECT v FROM t LIMIT 0;
SELECT g, v FROM t CLUSTER BY g;
SELECT g, v FROM t DISTRIBUTE BY g SORT BY v DESC;
SELECT v + 1 AS w FROM t ORDER BY w;
SELECT v AS g, g AS v FROM t ORDER BY g LIMIT 2;
SELECT CAST(v AS string), CAST(v AS bigint), CAST(g AS char(3)), CAST(h AS double) AS w FROM t;
SELECT CAST(v AS string) FROM t ORDER BY v;
-- differs: the optimiser makes one plan of both, and so names the column v
SELECT CAST(v AS string) FROM (SELECT v FROM t) q;
SELECT DISTINCT CAST(v AS string) FROM t;

SELECT g, v, row_number() OVER (PARTITION BY g ORDER BY v) n, rank() OVER (PARTITION BY g ORDER BY h) r,
    dense_rank() OVER (PARTITION BY g ORDER BY h) d FROM t;
SELECT v, ntile(3) OVER (ORDER BY v) n, percent_rank() OVER (ORDER BY v) p, cume_dist() OVER (ORDER BY v) c FROM t;
SELECT v, lead(v) OVER (PARTITION BY g ORDER BY v) a, lag(v, 1, -1) OVER (PARTITION BY g ORDER BY v) b,
    lead(g, 2, 'z') OVER (ORDER BY v) c FROM t;
SELECT v, first_value(v) OVER (PARTITION BY g ORDER BY v) a, last_value(v) OVER (PARTITION BY g ORDER BY v) b,
    first_value(h, true) OVER (PARTITION BY g ORDER BY v) c, last_value(h, true) OVER (ORDER BY v) d FROM t;
SELECT v, sum(v) OVER (ORDER BY v) a, count(*) OVER (ORDER BY h) b, max(v) OVER () c, avg(m) OVER (PARTITION BY g) d FROM t;
SELECT v, sum(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) a, sum(v) OVER (ORDER BY v ROWS 2 PRECEDING) b,
    count(*) OVER (ORDER BY v ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) c,
    sum(v) OVER (ORDER BY v ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) d,
    last_value(h, true) OVER (ORDER BY v ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) e,
    collect_list(v) OVER (ORDER BY v ROWS 1 PRECEDING) f FROM t;
SELECT v, sum(v) OVER (ORDER BY v RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) a,
    sum(v) OVER (ORDER BY v DESC RANGE BETWEEN 10 PRECEDING AND 1 FOLLOWING) b,
    count(*) OVER (ORDER BY v RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) c,
    count(*) OVER (ORDER BY d RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) d,
    count(*) OVER (ORDER BY dt RANGE BETWEEN 30 PRECEDING AND CURRENT ROW) e,
    count(*) OVER (ORDER BY dt RANGE BETWEEN UNBOUNDED PRECEDING AND 30 FOLLOWING) f,
    count(*) OVER (ORDER BY ts RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW) g FROM t;
SELECT m, count(*) OVER (ORDER BY m RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) a,
    count(*) OVER (ORDER BY m RANGE BETWEEN 3 PRECEDING AND 1 PRECEDING) b,
    count(*) OVER (ORDER BY v DESC RANGE BETWEEN 1 FOLLOWING AND 10 FOLLOWING) c,
    count(*) OVER (ORDER BY d RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) d,
    count(*) OVER (ORDER BY dt RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) e FROM t WHERE v IS NOT NULL AND ts IS NOT NULL;
SELECT count(*) OVER (ORDER BY v ROWS BETWEEN 2 FOLLOWING AND 1 FOLLOWING) FROM t;
SELECT count(*) OVER (ORDER BY v ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM t;
SELECT count(*) OVER (ORDER BY v RANGE BETWEEN 1 PRECEDING AND 2 PRECEDING) FROM t;
SELECT count(*) OVER (ORDER BY v ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM t;
SELECT sum(v) OVER () s FROM t WHERE s > 1;
SELECT g, sum(v), rank() OVER (ORDER BY sum(v)) r FROM t GROUP BY g;
SELECT v, sum(v) OVER w a, count(*) OVER (w ROWS 1 PRECEDING) b FROM t WINDOW w AS (PARTITION BY g ORDER BY v);
SELECT v, count(DISTINCT h) OVER (PARTITION BY g) c, v - lag(v) OVER (PARTITION BY g ORDER BY v) FROM t;
SELECT * FROM (SELECT g, v, rank() OVER (PARTITION BY g ORDER BY v DESC) r FROM t) x WHERE r = 1;
SELECT g, sum(v) FROM t GROUP BY g ORDER BY sum(v) DESC;
SELECT g, sum(sum(v)) OVER (ORDER BY g) s FROM t GROUP BY g;
