-- The tables of AMPLab's Big Data Benchmark (2014): files of `bigdata generate rankings` and `uservisits`, and documents
-- as a crawler leaves them, a line each: the page's URL, a TAB, its HTML.

CREATE EXTERNAL TABLE rankings (pageURL string, pageRank int, avgDuration int)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${data}/rankings';

CREATE EXTERNAL TABLE uservisits (
    sourceIP string, destURL string, visitDate string, adRevenue double, userAgent string, countryCode string,
    languageCode string, searchWord string, duration int
)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '${data}/uservisits';

CREATE EXTERNAL TABLE documents (line string)
ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001' LOCATION '${data}/documents';
