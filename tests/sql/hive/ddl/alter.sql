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
-- Then change column c's name to c1, and put it as the first column.
ALTER TABLE test_change CHANGE c c1 INT FIRST;
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
--> Table test_change does not have property: a	 
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
