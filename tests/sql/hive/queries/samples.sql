-- LanguageManual Sampling; Hive's FromClauseParser.g (tableSource): a sample stands before the alias
CREATE TABLE t (k INT, v STRING);
INSERT INTO t VALUES (1, 'aaaa'), (2, 'bbbb');
INSERT INTO t VALUES (3, 'cccc'), (4, 'dddd');
INSERT INTO t VALUES (5, 'eeee'), (6, 'ffff');
SELECT s.k FROM t TABLESAMPLE(3 ROWS) s;
--> 1
--> 2
--> 3
-- sampling buckets: SemanticAnalyzer.genSamplePredicate, (hash & Integer.MAX_VALUE) % denominator == numerator - 1,
-- where the hash is Murmur3's for a table whose bucketing_version is 2, as that of each table of Hive 3
SELECT count(*) FROM t WHERE (murmur_hash(k) & 2147483647) % 4 = 1;
--> 2
SELECT count(*) FROM t TABLESAMPLE(BUCKET 2 OUT OF 4 ON k) s WHERE (murmur_hash(s.k) & 2147483647) % 4 = 1;
--> 2
SELECT count(*) FROM t TABLESAMPLE(BUCKET 2 OUT OF 4 ON k);
--> 2
SELECT sum(n) FROM (SELECT count(*) AS n FROM t TABLESAMPLE(BUCKET 1 OUT OF 2 ON k, v)
    UNION ALL SELECT count(*) FROM t TABLESAMPLE(BUCKET 2 OUT OF 2 ON k, v)) q;
--> 6
SELECT count(*) FROM t TABLESAMPLE(BUCKET 1 OUT OF 1 ON rand()) s JOIN t TABLESAMPLE(BUCKET 1 OUT OF 1 ON k + 1) r ON s.k = r.k;
--> 6
-- tables of older versions have Java's hash codes; that of an int is the int
CREATE TABLE old (k INT) CLUSTERED BY (k) INTO 4 BUCKETS TBLPROPERTIES ('bucketing_version'='1');
INSERT INTO old SELECT k FROM t;
SELECT k FROM old TABLESAMPLE(BUCKET 2 OUT OF 4) ORDER BY k;
--> 1
--> 5
-- ErrorMsg: NON_BUCKETED_TABLE, BUCKETED_NUMERATOR_BIGGER_DENOMINATOR
SELECT k FROM t TABLESAMPLE(BUCKET 1 OUT OF 2);
--! has no buckets
SELECT k FROM t TABLESAMPLE(BUCKET 3 OUT OF 2 ON k);
--! no bucket 3 out of 2
-- block sampling reads files whole, at least the size that is asked for: HadoopShimsSecure's CombineFileRecordReader
-- begins no other file when more than that has been read. Each file here has 14 bytes.
SELECT k FROM t TABLESAMPLE(1 PERCENT);
--> 1
--> 2
SELECT k FROM t TABLESAMPLE(40 PERCENT) s;
--> 1
--> 2
--> 3
--> 4
SELECT k FROM t TABLESAMPLE(13b) s;
--> 1
--> 2
SELECT count(*) FROM t TABLESAMPLE(1k) s;
--> 6
SELECT count(*) FROM t TABLESAMPLE(100 PERCENT) s;
--> 6
SELECT k FROM t TABLESAMPLE(10);
--! 100M
SELECT k FROM t s TABLESAMPLE(3 ROWS);
--! before its alias
SELECT k FROM (SELECT k FROM t) s TABLESAMPLE(3 ROWS);
--! not behind a subquery
SELECT k FROM (SELECT k FROM t TABLESAMPLE(1 ROWS)) s;
--> 1
