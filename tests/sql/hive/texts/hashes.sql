-- Java's hash codes by hand: 31 * h + next, a string over its bytes, a long its two halves
SELECT hash('ab'), hash('a', 1), hash(1, 2), hash(NULL), hash('a', NULL), hash(true), hash(-7);
--> 3105	3008	33	0	3007	1	-7
SELECT hash(9876543210), hash(cast(-1 AS bigint)), hash('polygenelubricants'), hash('é');
--> 1286608616	0	-2147483648	-1978
-- Float.floatToIntBits(1.5) is 0x3FC00000, the halves of Double.doubleToLongBits(1.5) 0x3FF80000 and 0
SELECT hash(cast(1.5 AS float)), hash(1.5D), hash(0.0D), hash(cast(2 AS tinyint)), hash(cast(3 AS smallint));
--> 1069547520	1073217536	0	2	3
-- 31 * unscaled value + scale, without zeros at the end; WritableComparator.hashBytes begins with 1; days since 1970
SELECT hash(1.10), hash(-12.5), hash(100), hash(cast('ab' AS varchar(5))), hash(cast('ab' AS char(5))), hash(binary('ab')), hash(cast('1970-01-05' AS date));
--> 342	-3874	100	4066	4066	4066	4
-- of TimestampWritable: the halves of seconds * 2^30 + nanoseconds
SELECT hash(cast('1970-01-01 00:00:00' AS timestamp)), hash(cast('1970-01-01 00:00:04' AS timestamp)), hash(cast('1970-01-01 00:00:00.000001' AS timestamp));
--> 0	1	1000
SELECT hash(array(1, 2, 3)), hash(array('a', NULL)), hash(map('a', 1, 'b', 2)), hash(named_struct('a', 1, 'b', 'x')), hash(array(array(1), array(2, 3)));
--> 1026	3007	192	151	96
-- Murmur3 of Hive's storage API; 31 * h + next over the arguments
SELECT murmur_hash('abcd'), murmur_hash('abc'), murmur_hash(true), murmur_hash(NULL), murmur_hash(cast(1 AS tinyint), cast(2 AS tinyint));
--> -873246740	-885266671	1	0	33
-- the same over the bytes of HiveDecimal, TimestampWritable and ByteBuffer
SELECT murmur_hash(1.10), murmur_hash(-12.5), murmur_hash(-4294967296BD), murmur_hash(1.5D), murmur_hash(cast(-2.25 AS float));
--> 1273517629	-9275656	-1775152445	76905473	1749848164
SELECT murmur_hash(cast('2020-01-02 03:04:05.123456' AS timestamp)), murmur_hash(cast('1969-12-31 23:59:59.5' AS timestamp)), murmur_hash(cast('1900-01-01 00:00:00' AS timestamp));
--> -376334736	171279716	308893128
-- NULL of every type is 0
SELECT hash(cast(NULL AS varchar(2)), cast(NULL AS double), cast(NULL AS decimal(5, 2)), cast(NULL AS binary)), murmur_hash(cast(NULL AS string), cast(NULL AS float), cast(NULL AS int));
--> 0	0
SELECT hash(x), murmur_hash(x) FROM (SELECT 'a' x UNION ALL SELECT NULL) t ORDER BY x;
--> 0	0
--> 97	1086686554

-- java.lang.Long.hashCode: both halves differ in the first bit alone; 31 * (31 * 97 + 0) and that
SELECT hash(9223372036854775807), hash('a', CAST(NULL AS boolean), 9223372036854775807);
--> -2147483648	-2147390431

-- HiveDecimal.hashCode of a decimal without digits before its point
SELECT d, hash(d), murmur_hash(d) FROM (SELECT CAST(s AS decimal(3,3)) AS d FROM (SELECT explode(array('0', '0.1', '-0.005')) AS s) t) u;
--> 0.000	0	500407381
--> 0.100	32	-1089647197
--> -0.005	-152	-1283825982
