CREATE TABLE rows_ AS
SELECT 1, 'plain', 1.5, 1.5, CAST('2020-01-31' AS date), CAST('2020-01-31 10:11:12.123' AS timestamp), true, CAST('bin' AS binary),
    CAST('ab' AS char(4)), CAST('vc' AS varchar(5)), 3L, CAST(2.5 AS float), array(1, 2, 3), map('k', 1), named_struct('x', 1, 'y', 's'),
    array(named_struct('p', 1, 'q', map('z', 9)))
    UNION ALL SELECT -2, 'tab\tq,x|y:z\\ é', -1e-5, -999.125, CAST('1969-12-31' AS date), CAST('1970-01-01 00:00:00.5' AS timestamp), false,
    CAST('q' AS binary), CAST('' AS char(4)), CAST('' AS varchar(5)), -9223372036854775807L, CAST(-1e10 AS float), array(-1),
    map('a', -1, 'b', 2), named_struct('x', -2, 'y', ''), array(named_struct('p', -1, 'q', map('y', -9)))
    UNION ALL SELECT CAST(NULL AS int), CAST(NULL AS string), CAST(NULL AS double), CAST(NULL AS decimal(7,3)), CAST(NULL AS date), CAST(NULL AS timestamp),
    CAST(NULL AS boolean), CAST(NULL AS binary), CAST(NULL AS char(4)), CAST(NULL AS varchar(5)), CAST(NULL AS bigint), CAST(NULL AS float),
    if(false, array(1), NULL), if(false, map('k', 1), NULL), if(false, named_struct('x', 1, 'y', 's'), NULL),
    if(false, array(named_struct('p', 1, 'q', map('z', 9))), NULL);
CREATE EXTERNAL TABLE text_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS TEXTFILE LOCATION '${tmp}/text_t_hive';
-- hive
INSERT INTO text_t_by_hive SELECT * FROM rows_;
SELECT * FROM text_t_by_hive;
CREATE EXTERNAL TABLE text_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS TEXTFILE LOCATION '${tmp}/text_t_bigdata';
-- bigdata
INSERT INTO text_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM text_t_by_bigdata;
CREATE EXTERNAL TABLE fields_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '|' MAP KEYS TERMINATED BY ':'
    NULL DEFINED AS 'nil' STORED AS TEXTFILE LOCATION '${tmp}/fields_t_hive';
-- hive
INSERT INTO fields_t_by_hive SELECT * FROM rows_;
SELECT * FROM fields_t_by_hive;
CREATE EXTERNAL TABLE fields_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '|' MAP KEYS TERMINATED BY ':'
    NULL DEFINED AS 'nil' STORED AS TEXTFILE LOCATION '${tmp}/fields_t_bigdata';
-- bigdata
INSERT INTO fields_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM fields_t_by_bigdata;
CREATE EXTERNAL TABLE orc_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS ORC LOCATION '${tmp}/orc_t_hive';
-- hive
INSERT INTO orc_t_by_hive SELECT * FROM rows_;
SELECT * FROM orc_t_by_hive;
CREATE EXTERNAL TABLE orc_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS ORC LOCATION '${tmp}/orc_t_bigdata';
-- bigdata
INSERT INTO orc_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM orc_t_by_bigdata;
CREATE EXTERNAL TABLE parquet_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS PARQUET LOCATION '${tmp}/parquet_t_hive';
-- hive
INSERT INTO parquet_t_by_hive SELECT * FROM rows_;
SELECT * FROM parquet_t_by_hive;
CREATE EXTERNAL TABLE parquet_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS PARQUET LOCATION '${tmp}/parquet_t_bigdata';
-- bigdata
INSERT INTO parquet_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM parquet_t_by_bigdata;
CREATE EXTERNAL TABLE avro_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS AVRO LOCATION '${tmp}/avro_t_hive';
-- hive
INSERT INTO avro_t_by_hive SELECT * FROM rows_;
SELECT * FROM avro_t_by_hive;
CREATE EXTERNAL TABLE avro_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS AVRO LOCATION '${tmp}/avro_t_bigdata';
-- bigdata
INSERT INTO avro_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM avro_t_by_bigdata;
CREATE EXTERNAL TABLE rc_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS RCFILE LOCATION '${tmp}/rc_t_hive';
-- hive
INSERT INTO rc_t_by_hive SELECT * FROM rows_;
SELECT * FROM rc_t_by_hive;
CREATE EXTERNAL TABLE rc_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS RCFILE LOCATION '${tmp}/rc_t_bigdata';
-- bigdata
INSERT INTO rc_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM rc_t_by_bigdata;
CREATE EXTERNAL TABLE rctext_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.columnar.ColumnarSerDe' STORED AS RCFILE LOCATION '${tmp}/rctext_t_hive';
-- hive
INSERT INTO rctext_t_by_hive SELECT * FROM rows_;
SELECT * FROM rctext_t_by_hive;
CREATE EXTERNAL TABLE rctext_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.columnar.ColumnarSerDe' STORED AS RCFILE LOCATION '${tmp}/rctext_t_bigdata';
-- bigdata
INSERT INTO rctext_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM rctext_t_by_bigdata;
CREATE EXTERNAL TABLE sequence_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS SEQUENCEFILE LOCATION '${tmp}/sequence_t_hive';
-- hive
INSERT INTO sequence_t_by_hive SELECT * FROM rows_;
SELECT * FROM sequence_t_by_hive;
CREATE EXTERNAL TABLE sequence_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    STORED AS SEQUENCEFILE LOCATION '${tmp}/sequence_t_bigdata';
-- bigdata
INSERT INTO sequence_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM sequence_t_by_bigdata;
CREATE EXTERNAL TABLE binary_t_by_hive (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe' STORED AS SEQUENCEFILE LOCATION '${tmp}/binary_t_hive';
-- hive
INSERT INTO binary_t_by_hive SELECT * FROM rows_;
SELECT * FROM binary_t_by_hive;
CREATE EXTERNAL TABLE binary_t_by_bigdata (
    a int, b string, d double, m decimal(7,3), dt date, ts timestamp, bo boolean, bi binary, c char(4), v varchar(5), bg bigint, f float,
    ar array<int>, mp map<string,int>, st struct<x:int,y:string>, nn array<struct<p:int,q:map<string,int>>>)
    ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe' STORED AS SEQUENCEFILE LOCATION '${tmp}/binary_t_bigdata';
-- bigdata
INSERT INTO binary_t_by_bigdata SELECT * FROM rows_;
SELECT * FROM binary_t_by_bigdata;
CREATE EXTERNAL TABLE csv_by_hive (a string, b string, c string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' STORED AS TEXTFILE
    LOCATION '${tmp}/csv_hive';
-- hive
INSERT INTO csv_by_hive VALUES ('1', 'a,"b', NULL), ('x y', '', '\\'), ('é', '2', '3');
SELECT * FROM csv_by_hive;
CREATE EXTERNAL TABLE csv_by_bigdata (a string, b string, c string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' STORED AS TEXTFILE
    LOCATION '${tmp}/csv_bigdata';
-- bigdata
INSERT INTO csv_by_bigdata VALUES ('1', 'a,"b', NULL), ('x y', '', '\\'), ('é', '2', '3');
SELECT * FROM csv_by_bigdata;
