-- o.a.h.hive.common.type.Timestamp: nine digits after the second, without the zeros at their end, from year 0 to 9999
SELECT CAST('2020-01-01 00:00:00.123456789' AS timestamp), CAST('9999-12-31 23:59:59.999999999' AS timestamp), timestamp '0001-01-01 00:00:00.000000010';
--> 2020-01-01 00:00:00.123456789	9999-12-31 23:59:59.999999999	0001-01-01 00:00:00.00000001

-- Timestamp.toDouble, HiveDecimal of seconds and nanoseconds, UDFToLong (the second before), UDFToBoolean
SELECT CAST(t AS double), CAST(t AS decimal(20,9)), CAST(t AS decimal(20,7)), CAST(t AS bigint), CAST(t AS string), CAST(t AS date), CAST(t AS boolean)
FROM (SELECT CAST('1969-12-31 23:59:58.123456789' AS timestamp) AS t) x;
--> -1.876543211	-1.876543211	-1.8765432	-2	1969-12-31 23:59:58.123456789	1969-12-31	true

-- TimestampUtils.doubleToTimestamp and decimalToTimestamp: nine digits of what the number shows, the others are cut
SELECT CAST(1.123456789BD AS timestamp), CAST(1.1234567899BD AS timestamp), CAST(1.1234567D AS timestamp), CAST(-1.5 AS timestamp);
--> 1970-01-01 00:00:01.123456789	1970-01-01 00:00:01.123456789	1970-01-01 00:00:01.1234567	1969-12-31 23:59:58.5

-- TimestampWritableV2.hashCode: (seconds << 30 | nanoseconds), the upper half xor the lower, worked out in Python
SELECT hash(CAST('2020-01-01 00:00:00.123456789' AS timestamp));
--> 282670421

-- functions look no further than milliseconds, but a zone keeps all digits
SELECT second(t), date_format(t, 'HH:mm:ss.SSS'), unix_timestamp(t), from_utc_timestamp(t, 'PST'), to_utc_timestamp('2020-01-01 00:00:00.123456789', 'PST')
FROM (SELECT CAST('2020-01-01 00:00:00.123456789' AS timestamp) AS t) x;
--> 0	00:00:00.123	1577836800	2019-12-31 16:00:00.123456789	2020-01-01 08:00:00.123456789

-- HiveIntervalDayTime holds nanoseconds
SELECT t + interval '1' day, t - interval '0.000000001' second, t - timestamp '2019-12-31 00:00:00', date '2020-01-02' - t, t + interval '1' month, interval '0.000000001' second + date '2020-01-01'
FROM (SELECT CAST('2020-01-01 00:00:00.123456789' AS timestamp) AS t) x;
--> 2020-01-02 00:00:00.123456789	2020-01-01 00:00:00.123456788	1 00:00:00.123456789	0 23:59:59.876543211	2020-02-01 00:00:00.123456789	2020-01-01 00:00:00.000000001

SELECT interval '1 2:3:4.123456789' day to second, -interval '0.000000001' second, CAST('1 2:3:4.123456789' AS interval day to second), second(interval '1.5' second + interval '0.6000000001' second);
--> 1 02:03:04.123456789	-0 00:00:00.000000001	1 02:03:04.123456789	2

CREATE TABLE moments (s string, t timestamp) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',';

INSERT INTO moments VALUES ('a', '2020-01-01 00:00:00.123456789'), ('b', '0500-01-01 00:00:00.1'), ('c', NULL), ('d', '2020-01-01 00:00:00.123456788');

-- text cells
SELECT * FROM moments ORDER BY t;
--> c	NULL
--> b	0500-01-01 00:00:00.1
--> d	2020-01-01 00:00:00.123456788
--> a	2020-01-01 00:00:00.123456789

SELECT max(t), min(t), count(DISTINCT t), collect_list(t) FROM moments;
--> 2020-01-01 00:00:00.123456789	0500-01-01 00:00:00.1	3	["2020-01-01 00:00:00.123456789","0500-01-01 00:00:00.1","2020-01-01 00:00:00.123456788"]

SELECT t, count(*) FROM moments GROUP BY t;
--> NULL	1
--> 0500-01-01 00:00:00.1	1
--> 2020-01-01 00:00:00.123456788	1
--> 2020-01-01 00:00:00.123456789	1

SELECT s FROM moments WHERE t > '2020-01-01 00:00:00.123456788' AND t = timestamp '2020-01-01 00:00:00.123456789';
--> a

SELECT s FROM moments WHERE t IN (timestamp '2020-01-01 00:00:00.123456788') OR t < date '2020-01-01';
--> b
--> d

-- a RANGE of seconds
SELECT s, count(*) OVER (ORDER BY t RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM moments;
--> c	1
--> b	1
--> d	1
--> a	2

SELECT coalesce(t, date '2021-01-01'), if(s = 'a', t, NULL) FROM moments UNION ALL SELECT timestamp '2020-01-01 00:00:00', NULL;
--> 2020-01-01 00:00:00.123456789	2020-01-01 00:00:00.123456789
--> 0500-01-01 00:00:00.1	NULL
--> 2021-01-01 00:00:00	NULL
--> 2020-01-01 00:00:00.123456788	NULL
--> 2020-01-01 00:00:00	NULL

-- Parquet and ORC hold nanoseconds
CREATE TABLE moments_parquet STORED AS PARQUET AS SELECT * FROM moments WHERE s <> 'b';

CREATE TABLE moments_orc STORED AS ORC AS SELECT * FROM moments WHERE s <> 'b';

SELECT p.s, p.t, o.t FROM moments_parquet p JOIN moments_orc o ON p.s = o.s ORDER BY p.s;
--> a	2020-01-01 00:00:00.123456789	2020-01-01 00:00:00.123456789
--> c	NULL	NULL
--> d	2020-01-01 00:00:00.123456788	2020-01-01 00:00:00.123456788

DESCRIBE moments_parquet;
--> s                   	string              	                    
--> t                   	timestamp           	                    

SELECT concat(t, '!'), length(t) FROM moments_parquet WHERE s = 'a';
--> 2020-01-01 00:00:00.123456789!	29

-- partition columns; JSON
CREATE TABLE moments_by (i int) PARTITIONED BY (t timestamp) ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe';

SET hive.exec.dynamic.partition.mode=nonstrict;

INSERT INTO moments_by PARTITION (t) SELECT 1, timestamp '2020-01-01 00:00:00.123456789';

SELECT * FROM moments_by WHERE t > '2020-01-01 00:00:00.123456788';
--> 1	2020-01-01 00:00:00.123456789

-- Avro has milliseconds
CREATE TABLE moments_avro STORED AS AVRO AS SELECT t FROM moments WHERE s = 'a';

SELECT * FROM moments_avro;
--> 2020-01-01 00:00:00.123

CREATE TEMPORARY MACRO shown_moment(x timestamp) CAST(x AS string);

SELECT shown_moment('2020-01-01 00:00:00.123456789');
--> 2020-01-01 00:00:00.123456789

-- partitions that are named, scripts
ALTER TABLE moments_by ADD PARTITION (t='2021-01-01 00:00:00.123456789');

ALTER TABLE moments_by DROP PARTITION (t > '2021-01-01 00:00:00.123456788');

SHOW PARTITIONS moments_by;
--> t=2020-01-01 00%3A00%3A00.123456789

SELECT TRANSFORM(t) USING 'cat' AS (t timestamp) FROM moments WHERE s = 'a';
--> 2020-01-01 00:00:00.123456789
