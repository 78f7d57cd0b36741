-- The same rows in every format; expected by hand
CREATE TABLE lines (id INT, price DECIMAL(8,2), tags ARRAY<STRING>, counts MAP<STRING,INT>, place STRUCT<city:STRING,at:DATE>);
INSERT INTO lines SELECT 1, 2.5, array('a', 'b'), map('k', 1), named_struct('city', 'Rome', 'at', DATE '2015-01-02');
INSERT INTO lines SELECT NULL, NULL, NULL, NULL, NULL;
SELECT * FROM lines ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE sequences STORED AS SEQUENCEFILE AS SELECT * FROM lines;
SELECT * FROM sequences ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE groups STORED AS RCFILE AS SELECT * FROM lines;
SELECT * FROM groups ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE cells ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.columnar.ColumnarSerDe' STORED AS RCFILE AS SELECT * FROM lines;
SELECT place.city, counts['k'], size(tags) FROM cells WHERE id = 1;
--> Rome	1	2
CREATE TABLE stripes STORED AS ORC AS SELECT * FROM lines;
SELECT * FROM stripes ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE pages STORED AS PARQUET AS SELECT * FROM lines;
SELECT * FROM pages ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE records STORED AS AVRO AS SELECT * FROM lines;
SELECT * FROM records ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
CREATE TABLE objects STORED AS JSONFILE AS SELECT * FROM lines;
SELECT * FROM objects ORDER BY id DESC;
--> 1	2.50	["a","b"]	{"k":1}	{"city":"Rome","at":"2015-01-02"}
--> NULL	NULL	NULL	NULL	NULL
-- Schema on read: a column added later is NULL in older files
ALTER TABLE pages ADD COLUMNS (note STRING);
SELECT id, note FROM pages ORDER BY id DESC;
--> 1	NULL
--> NULL	NULL
