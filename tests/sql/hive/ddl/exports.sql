-- LanguageManual ImportExport; the folder is that of Hive 3.1.3: data, or a folder a partition, beside _metadata
CREATE TABLE sold (id INT COMMENT 'number', tags ARRAY<STRING>) COMMENT 'what was sold' PARTITIONED BY (y INT, town STRING) STORED AS ORC;
INSERT INTO sold VALUES (1, array('a'), 2020, 'Ulm'), (2, array('b', 'c'), 2021, 'a/b');
EXPORT TABLE sold TO '${tmp}/sold';
EXPORT TABLE sold TO '${tmp}/sold';
--! not empty
EXPORT TABLE sold PARTITION (y = 2021) TO '${tmp}/later';
DROP TABLE sold;
IMPORT FROM '${tmp}/sold';
SELECT * FROM sold ORDER BY id;
--> 1	["a"]	2020	Ulm
--> 2	["b","c"]	2021	a/b
SHOW TBLPROPERTIES sold('comment');
--> what was sold	 
IMPORT FROM '${tmp}/later';
--! y=2021/town=a%2Fb exists already
IMPORT EXTERNAL TABLE later FROM '${tmp}/later';
SELECT id, town FROM later;
--> 2	a/b
DROP TABLE later;
IMPORT TABLE copied PARTITION (y = 2020, town = 'Ulm') FROM '${tmp}/sold' LOCATION '${tmp}/copied';
SELECT id FROM copied;
--> 1
CREATE TABLE plain (id INT);
INSERT INTO plain VALUES (7);
EXPORT TABLE plain TO '${tmp}/plain';
IMPORT FROM '${tmp}/plain';
--! the table has rows
IMPORT TABLE sold FROM '${tmp}/plain';
--! not those that were exported
TRUNCATE TABLE plain;
IMPORT FROM '${tmp}/plain';
SELECT * FROM plain;
--> 7
IMPORT TABLE nothing FROM '${tmp}/nowhere';
--! _metadata
CREATE VIEW seen AS SELECT 1 AS x;
EXPORT TABLE seen TO '${tmp}/seen';
--! EXPORT a table
