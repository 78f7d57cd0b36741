-- statements that are understood, and say what to do instead
UPDATE t SET a = 1;
--! INSERT OVERWRITE TABLE
DELETE FROM t WHERE a = 1;
--! INSERT OVERWRITE TABLE
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE;
--! INSERT OVERWRITE TABLE
GRANT SELECT ON t TO USER a;
--! rights are those of the file system
CREATE INDEX i ON TABLE t (a) AS 'COMPACT';
--! Hive 3 has no indexes
LOCK TABLE t SHARED;
--! Leave it out
CREATE TABLE t (a int) STORED BY 'org.apache.hadoop.hive.hbase.HBaseStorageHandler';
--! STORED BY
SHOW TRANSACTIONS;
--! Leave it out
-- statistics change no answer
CREATE TABLE t (a int);
ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS;
CREATE SCHEDULED QUERY s CRON '0 0 * * * ? *' AS SELECT 1;
--! cron
ALTER SCHEDULED QUERY s ENABLE;
--! cron
