-- LanguageManual DDL, Alter Table
CREATE TABLE test_change (a int, b int, c int);
-- LanguageManual DDL, Change Column: First change column a's name to a1.
ALTER TABLE test_change CHANGE a a1 INT;
-- Next change column a1's name to a2, its data type to string, and put it after column b.
ALTER TABLE test_change CHANGE a1 a2 STRING AFTER b;
DESCRIBE test_change;
--> b                   	int                 	                    
--> a2                  	string              	                    
--> c                   	int                 	                    
-- Then change column c's name to c1, and put it as the first column. Configuration Properties: by place, as Hive's
-- HiveAlterHandler compares them, a text would become a number, which is refused since Hive 2.0
ALTER TABLE test_change CHANGE c c1 INT FIRST;
--! test_change: column b int has a type incompatible with a2 string at its place
SET hive.metastore.disallow.incompatible.col.type.changes=false;
ALTER TABLE test_change CHANGE c c1 INT FIRST;
RESET hive.metastore.disallow.incompatible.col.type.changes;
-- Add a comment to column a2.
ALTER TABLE test_change CHANGE a2 a2 STRING COMMENT 'this is column a1';
DESCRIBE test_change;
--> c1                  	int                 	                    
--> b                   	int                 	                    
--> a2                  	string              	this is column a1   
ALTER TABLE test_change CHANGE nothing d int;
--! Invalid column reference: nothing
ALTER TABLE test_change CHANGE b c1 int;
--! Duplicate column name: c1
ALTER TABLE test_change ADD COLUMNS (d date COMMENT 'the day', e array<int>);
SHOW COLUMNS IN test_change;
--> a2                  
--> b                   
--> c1                  
--> d                   
--> e                   
ALTER TABLE test_change ADD COLUMNS (b string);
--! Duplicate column name: b
ALTER TABLE test_change REPLACE COLUMNS (x int, y boolean);
--! column y boolean has a type incompatible with b int
ALTER TABLE test_change REPLACE COLUMNS (x int, y string);
DESCRIBE test_change;
--> x                   	int                 	                    
--> y                   	string              	                    
ALTER TABLE test_change SET TBLPROPERTIES ('a'='1', 'comment'='changed');
SHOW TBLPROPERTIES test_change('a');
--> 1	 
SHOW TBLPROPERTIES test_change('comment');
--> changed	 
ALTER TABLE test_change UNSET TBLPROPERTIES ('a');
SHOW TBLPROPERTIES test_change('a');
--> Table default.test_change does not have property: a	 
ALTER TABLE test_change UNSET TBLPROPERTIES ('a');
--! Add IF EXISTS
ALTER TABLE test_change UNSET TBLPROPERTIES IF EXISTS ('a');
-- rows move with their table
INSERT INTO test_change VALUES (1, 'one');
ALTER TABLE test_change RENAME TO changed;
SELECT * FROM changed;
--> 1	one
SHOW TABLES;
--> changed
CREATE DATABASE elsewhere;
ALTER TABLE changed RENAME TO elsewhere.moved;
SELECT x FROM elsewhere.moved;
--> 1
ALTER TABLE elsewhere.moved SET SERDEPROPERTIES ('field.delim'=',');
ALTER VIEW elsewhere.moved RENAME TO elsewhere.other;
--! Write ALTER TABLE
ALTER TABLE nothing RENAME TO something;
--! Table not found: default.nothing
ALTER TABLE elsewhere.moved COMPACT 'major';
--! only ACID tables are compacted
ALTER TABLE elsewhere.moved ENABLE NO_DROP;
--! tables can't be protected here
ALTER TABLE elsewhere.moved ARCHIVE PARTITION (a=1);
--! Hadoop archives
ALTER TABLE elsewhere.moved CONCATENATE;
TRUNCATE TABLE elsewhere.moved;
SELECT count(*) FROM elsewhere.moved;
--> 0
-- LanguageManual DDL, Add/Replace Columns: without CASCADE, partitions that are there keep their columns; with it, they get the table's
CREATE TABLE parted (a int) PARTITIONED BY (p int);
ALTER TABLE parted ADD PARTITION (p=1);
ALTER TABLE parted ADD COLUMNS (b string);
ALTER TABLE parted ADD PARTITION (p=2);
DESCRIBE parted PARTITION (p=1);
--> a                   	int                 	                    
--> p                   	int                 	                    
--> 	 	 
--> # Partition Information	 	 
--> # col_name            	data_type           	comment             
--> p                   	int                 	                    
ALTER TABLE parted CHANGE COLUMN a c bigint CASCADE;
DESCRIBE parted PARTITION (p=1);
--> c                   	bigint              	                    
--> b                   	string              	                    
--> p                   	int                 	                    
--> 	 	 
--> # Partition Information	 	 
--> # col_name            	data_type           	comment             
--> p                   	int                 	                    
DESCRIBE parted PARTITION (p=3);
--! Partition not found {p=3} in table parted
ALTER TABLE parted PARTITION COLUMN (p string);
SHOW COLUMNS IN parted LIKE 'p';
--> p                   
ALTER TABLE parted SET SKEWED LOCATION ('1'='/elsewhere');
--! Leave it out
-- Hive's ColumnType: numbers get wider, all but booleans and bytes become text, and text a double
CREATE TABLE kinds (a tinyint, b decimal(5,2), c date, d string, e boolean, f array<int>);
ALTER TABLE kinds REPLACE COLUMNS (a decimal(3,0), b float, c varchar(10), d double, e boolean, f array<string>);
ALTER TABLE kinds CHANGE a a bigint;
--! column a bigint has a type incompatible with a decimal(3,0)
ALTER TABLE kinds CHANGE c c date;
--! column c date has a type incompatible with c varchar(10)
ALTER TABLE kinds CHANGE e e string;
--! column e string has a type incompatible with e boolean
ALTER TABLE kinds CHANGE f f map<int,int>;
--! column f map<int,int> has a type incompatible with f array<string>
ALTER TABLE kinds ADD COLUMNS (g timestamp);
-- Hive's DDLTask: what depends on the SerDe
CREATE TABLE kept (a int, b int, c int) STORED AS ORC;
ALTER TABLE kept REPLACE COLUMNS (a int, b int);
--! Replacing columns cannot drop columns of ORC: there are 3
ALTER TABLE kept CHANGE b b int FIRST;
--! Reordering columns is not supported for ORC
ALTER TABLE kept REPLACE COLUMNS (a int, b bigint, c int, d int);
CREATE TABLE told (a int, b int) STORED AS AVRO;
ALTER TABLE told REPLACE COLUMNS (a int);
--! Replace columns is not supported for AvroSerDe
CREATE TABLE days (a int) PARTITIONED BY (p string);
ALTER TABLE days ADD PARTITION (p='2020-01-01') PARTITION (p='soon');
ALTER TABLE days PARTITION COLUMN (p date);
--! PARTITION COLUMN (p date): a partition has the value 'soon'
ALTER TABLE days DROP PARTITION (p='soon');
ALTER TABLE days PARTITION COLUMN (p date);
