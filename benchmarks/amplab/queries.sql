-- The queries of AMPLab's Big Data Benchmark (2014): scan, aggregation and join, each with results of three sizes.

-- 1a
SELECT pageURL, pageRank FROM rankings WHERE pageRank > 1000;

-- 1b
SELECT pageURL, pageRank FROM rankings WHERE pageRank > 100;

-- 1c
SELECT pageURL, pageRank FROM rankings WHERE pageRank > 10;

-- 2a
SELECT substr(sourceIP, 1, 8), sum(adRevenue) FROM uservisits GROUP BY substr(sourceIP, 1, 8);

-- 2b
SELECT substr(sourceIP, 1, 10), sum(adRevenue) FROM uservisits GROUP BY substr(sourceIP, 1, 10);

-- 2c
SELECT substr(sourceIP, 1, 12), sum(adRevenue) FROM uservisits GROUP BY substr(sourceIP, 1, 12);

-- 3a
SELECT sourceIP, totalRevenue, avgPageRank
FROM (SELECT sourceIP, avg(pageRank) AS avgPageRank, sum(adRevenue) AS totalRevenue
    FROM rankings AS r JOIN uservisits AS uv ON r.pageURL = uv.destURL
    WHERE visitDate BETWEEN DATE '1980-01-01' AND DATE '1980-04-01'
    GROUP BY sourceIP) AS t
ORDER BY totalRevenue DESC LIMIT 1;

-- 3b
SELECT sourceIP, totalRevenue, avgPageRank
FROM (SELECT sourceIP, avg(pageRank) AS avgPageRank, sum(adRevenue) AS totalRevenue
    FROM rankings AS r JOIN uservisits AS uv ON r.pageURL = uv.destURL
    WHERE visitDate BETWEEN DATE '1980-01-01' AND DATE '1983-01-01'
    GROUP BY sourceIP) AS t
ORDER BY totalRevenue DESC LIMIT 1;

-- 3c
SELECT sourceIP, totalRevenue, avgPageRank
FROM (SELECT sourceIP, avg(pageRank) AS avgPageRank, sum(adRevenue) AS totalRevenue
    FROM rankings AS r JOIN uservisits AS uv ON r.pageURL = uv.destURL
    WHERE visitDate BETWEEN DATE '1980-01-01' AND DATE '2010-01-01'
    GROUP BY sourceIP) AS t
ORDER BY totalRevenue DESC LIMIT 1;
