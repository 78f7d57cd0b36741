-- Query 4 of AMPLab's Big Data Benchmark (2014), in which a script counts the links of crawled documents.

ADD FILE ${scripts}/url_count.py;

CREATE TABLE url_counts_partial AS
SELECT TRANSFORM(line) USING 'python3 url_count.py' AS (sourcePage string, destPage string, cnt int) FROM documents;

CREATE TABLE url_counts_total AS
SELECT sum(cnt) AS totalCount, destPage FROM url_counts_partial GROUP BY destPage;
