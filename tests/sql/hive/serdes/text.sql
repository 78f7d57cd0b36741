-- LanguageManual DDL, "RegEx": the Apache web log; the line is from the Apache HTTP Server's documentation of logs
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/log' SELECT '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326';
CREATE EXTERNAL TABLE apachelog (host STRING, `user` STRING, request STRING, status INT, size BIGINT, referer STRING)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  "input.regex" = "([^ ]*) [^ ]* ([^ ]*) \\[[^\\]]*\\] \"([^\"]*)\" ([0-9]*) ([0-9]*)(?: \"([^\"]*)\")?"
) LOCATION '${tmp}/log';
SELECT host, `user`, request, status + 1, size, referer FROM apachelog;
--> 127.0.0.1	frank	GET /apache_pb.gif HTTP/1.0	201	2326	NULL
INSERT INTO apachelog VALUES ('a', 'b', 'c', 1, 2, 'd');
--! only reads
-- LanguageManual DDL, "Row Formats & SerDe": delimited text with nested values; expected by hand
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/nested' SELECT '1|a,b|x:1,y:2|7,z' UNION ALL SELECT 'one||' UNION ALL SELECT '\\N|NONE';
CREATE EXTERNAL TABLE nested (id INT, tags ARRAY<STRING>, counts MAP<STRING,INT>, pair STRUCT<n:INT,s:STRING>)
ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' COLLECTION ITEMS TERMINATED BY ',' MAP KEYS TERMINATED BY ':' NULL DEFINED AS 'NONE'
LOCATION '${tmp}/nested';
SELECT * FROM nested ORDER BY id DESC, size(tags) DESC;
--> 1	["a","b"]	{"x":1,"y":2}	{"n":7,"s":"z"}
--> NULL	[]	{}	NULL
--> NULL	NULL	NULL	NULL
-- LanguageManual DDL, "CSV/TSV"
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/csv' SELECT '"a,1",b\'c,"d"' UNION ALL SELECT 'x,y';
CREATE EXTERNAL TABLE my_table (a STRING, b STRING, c INT)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES ("separatorChar" = ",", "quoteChar" = "\"", "escapeChar" = "\\") LOCATION '${tmp}/csv';
SELECT a, b, c FROM my_table ORDER BY a;
--> a,1	b'c	d
--> x	y	NULL
-- LanguageManual DDL, "Skip header"; TBLPROPERTIES of any SerDe of text
INSERT OVERWRITE LOCAL DIRECTORY '${tmp}/header' SELECT 'id' UNION ALL SELECT '1' UNION ALL SELECT '2';
CREATE EXTERNAL TABLE numbers (id INT) LOCATION '${tmp}/header' TBLPROPERTIES ('skip.header.line.count' = '1');
SELECT sum(id), count(*) FROM numbers;
--> 3	2

-- LazyDate and LazyTimestamp: Date.valueOf reads no T, Timestamp.valueOf does, and both want what is whole
INSERT OVERWRITE DIRECTORY '${tmp}/moments' SELECT explode(array('2020-05-17', '2020-05-17 10', '2020-5-17 1:2:3.5', '2020-05-17T10:20', '2020-05-17T10:20:30.5', '2020-5-17T1:2:3'));
CREATE EXTERNAL TABLE days (d DATE) LOCATION '${tmp}/moments';
CREATE EXTERNAL TABLE moments (t TIMESTAMP) LOCATION '${tmp}/moments';
SELECT * FROM days;
--> 2020-05-17
--> 2020-05-17
--> 2020-05-17
--> NULL
--> NULL
--> NULL
SELECT * FROM moments;
--> NULL
--> NULL
--> 2020-05-17 01:02:03.5
--> 2020-05-17 10:20:00
--> 2020-05-17 10:20:30.5
--> NULL
