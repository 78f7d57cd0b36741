-- LanguageManual DDL, Create Table; the padding is that of Hive's MetaDataFormatUtils: fields of 20 characters
CREATE TABLE page_view(viewTime INT, userid BIGINT,
     page_url STRING, referrer_url STRING,
     ip STRING COMMENT 'IP Address of the User')
 COMMENT 'This is the page view table'
 PARTITIONED BY(dt STRING, country STRING)
 CLUSTERED BY(userid) SORTED BY(viewTime) INTO 32 BUCKETS
 ROW FORMAT DELIMITED
   FIELDS TERMINATED BY '\001'
   COLLECTION ITEMS TERMINATED BY '\002'
   MAP KEYS TERMINATED BY '\003'
 STORED AS SEQUENCEFILE;
DESCRIBE page_view;
--> viewtime            	int                 	                    
--> userid              	bigint              	                    
--> page_url            	string              	                    
--> referrer_url        	string              	                    
--> ip                  	string              	IP Address of the User
--> dt                  	string              	                    
--> country             	string              	                    
--> 	 	 
--> # Partition Information	 	 
--> # col_name            	data_type           	comment             
--> dt                  	string              	                    
--> country             	string              	                    
CREATE TABLE page_view (id int);
--! Table default.page_view already exists
CREATE TABLE IF NOT EXISTS page_view (id int);
CREATE TABLE twice (id int, ID string);
--! Duplicate column name: id
CREATE TABLE twice (id int) PARTITIONED BY (id int);
--! Duplicate column name: id
CREATE TABLE spread (id int) CLUSTERED BY (other) INTO 4 BUCKETS;
--! other is no column of spread
CREATE TABLE none;
--! a table needs columns
CREATE TABLE wrong (id int STORED AS ORC;
--! expected ), got STORED
CREATE TABLE wrong (id nothing);
--! is no type of Hive
CREATE TABLE wrong (id int) STORED AS LOTUS;
--! STORED AS lotus: no such file format
CREATE TABLE wrong (id int) ROW FORMAT DELIMITED LINES TERMINATED BY 'x';
--! Hive knows only
-- DDLSemanticAnalyzer: HIVE's complex types; comments on fields are passed over
CREATE TABLE kinds (
    a array<struct<x:int COMMENT 'a, comment', y:map<string,double>>>,
    b decimal(10,2), c varchar(5), d char(3), e double precision, f timestamp, g uniontype<int,string>);
DESCRIBE kinds;
--> a                   	array<struct<x:int,y:map<string,double>>>	                    
--> b                   	decimal(10,2)       	                    
--> c                   	varchar(5)          	                    
--> d                   	char(3)             	                    
--> e                   	double              	                    
--> f                   	timestamp           	                    
--> g                   	uniontype<int,string>	                    
-- LanguageManual DDL, Describe: what a path leads to
DESCRIBE kinds a.$elem$;
--> x                   	int                 	from deserializer   
--> y                   	map<string,double>  	from deserializer   
DESCRIBE kinds a.$elem$.y.$value$;
--> $value$             	double              	from deserializer   
DESCRIBE kinds nothing;
--! nothing is no column of kinds
-- LanguageManual DDL, Constraints: Hive enforces no key
CREATE TABLE keyed (id int NOT NULL ENABLE, name string DEFAULT 'none', PRIMARY KEY (id) DISABLE NOVALIDATE);
CREATE TABLE keyed_too (id int, PRIMARY KEY (id) ENABLE);
--! Write DISABLE NOVALIDATE
-- LanguageManual DDL, Create Table Like; CTAS
CREATE TABLE like_view LIKE page_view;
SHOW COLUMNS IN like_view;
--> country             
--> dt                  
--> ip                  
--> page_url            
--> referrer_url        
--> userid              
--> viewtime            
SHOW COLUMNS FROM like_view LIKE '*url';
--> page_url            
--> referrer_url        
CREATE TABLE made AS SELECT 1 AS one, 'a' AS name;
DESCRIBE made;
--> one                 	int                 	                    
--> name                	string              	                    
SELECT * FROM made;
--> 1	a
CREATE EXTERNAL TABLE outside AS SELECT 1;
--! isn't external
DROP TABLE made;
SELECT * FROM made;
--! Table not found: default.made
-- LanguageManual DDL, Drop Table: hive.exec.drop.ignorenonexistent is true by default
DROP TABLE made;
SET hive.exec.drop.ignorenonexistent=false;
DROP TABLE made;
--! Table not found: default.made
DROP TABLE IF EXISTS made;
-- hive.serdes.using.metastore.for.schema: the columns of other SerDes are what these say
CREATE TABLE csv (a int, b string COMMENT 'mine') ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde';
DESCRIBE csv;
--> a                   	string              	from deserializer   
--> b                   	string              	from deserializer   
-- the name that SHOW CREATE TABLE repeats
CREATE TABLE `default.whole` (a int);
SHOW TABLES LIKE 'wh*';
--> whole
-- HiveConf: hive.default.fileformat.managed is for managed tables only
SET hive.default.fileformat.managed=ORC;
CREATE TABLE managed (a int);
CREATE EXTERNAL TABLE unmanaged (a int) LOCATION '${tmp}/unmanaged';
INSERT INTO managed VALUES (1);
INSERT INTO unmanaged VALUES (1);
dfs -cat ${tmp}/unmanaged/000000_0;
--> 1
SELECT count(*) FROM managed WHERE INPUT__FILE__NAME LIKE '%/managed/000000_0';
--> 1
CREATE EXTERNAL TABLE as_orc (a int) STORED AS ORC LOCATION '${tmp}/warehouse/managed';
SELECT * FROM as_orc;
--> 1
RESET hive.default.fileformat.managed;
-- RegexSerDe and AvroSerDe keep comments, and have empty ones; a table's comment is a property; Hive 2.3.10's driver
CREATE TABLE by_pattern (l string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex'='(.*)')
TBLPROPERTIES ('comment'='of lines');
DESCRIBE by_pattern;
--> l                   	string              	                    
SHOW TBLPROPERTIES by_pattern('comment');
--> of lines	 
