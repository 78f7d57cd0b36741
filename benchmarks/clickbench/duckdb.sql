-- Those of ClickBench's queries whose text in DuckDB's dialect is another than in Hive's; and the fourth,
-- since Hive makes an average of a sum and a count, and its sum of bigints wraps around.

-- 4
SELECT CAST((sum(UserID) + (1::HUGEINT << 63)) % (1::HUGEINT << 64) - (1::HUGEINT << 63) AS DOUBLE) / count(UserID)
FROM hits;

-- 29
SELECT regexp_replace(Referer, '^https?://(?:www\.)?([^/]+)/.*$', '\1') AS k, avg(length(Referer)) AS l,
    count(*) AS c, min(Referer)
FROM hits WHERE Referer <> '' GROUP BY regexp_replace(Referer, '^https?://(?:www\.)?([^/]+)/.*$', '\1')
HAVING count(*) > 100000 ORDER BY l DESC LIMIT 25;

-- 43
SELECT date_trunc('minute', EventTime) AS m, count(*) AS PageViews
FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2013-07-14' AND EventDate <= DATE '2013-07-15'
    AND IsRefresh = 0 AND DontCountHits = 0
GROUP BY date_trunc('minute', EventTime) ORDER BY date_trunc('minute', EventTime) LIMIT 10 OFFSET 1000;
