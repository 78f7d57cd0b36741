-- LanguageManual Configuration Properties: hive.exec.compress.output; the codec is Hadoop's
SET hive.exec.compress.output=true;
CREATE TABLE deflated (a INT);
INSERT INTO deflated VALUES (1);
SELECT a, INPUT__FILE__NAME RLIKE '[.]deflate$' FROM deflated;
--> 1	true
SET mapred.output.compression.codec=org.apache.hadoop.io.compress.GzipCodec;
CREATE TABLE zipped (a INT);
INSERT INTO zipped VALUES (1);
SELECT a, INPUT__FILE__NAME RLIKE '[.]gz$' FROM zipped;
--> 1	true
SET mapred.output.compression.codec=org.example.NoCodec;
INSERT INTO zipped VALUES (2);
--! NoCodec
SELECT count(*) FROM zipped;
--> 1
