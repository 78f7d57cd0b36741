-- LanguageManual Types: timestamp with local time zone is a moment, shown in the zone of the session; as Hive 3.1.3
-- answers in America/Los_Angeles
SET hive.local.time.zone=America/Los_Angeles;
CREATE TABLE moments (i INT, x TIMESTAMP WITH LOCAL TIME ZONE);
INSERT INTO moments VALUES (1, '2020-07-01 12:00:00 Europe/Berlin'), (2, '2020-07-01 12:00:00'), (3, 'x'), (4, '2020-01-01'), (5, '2020-11-01 01:30:00'), (6, '2020-03-08 02:30:00.5'), (7, '2020-07-01 12:00:00.123456789 Asia/Tokyo'), (8, '2020-07-01 12:00:00+05:30'), (9, '2020-07-01T12:00:00Z'), (10, '2020-7-1 1:2:3');
SELECT * FROM moments;
--> 1	2020-07-01 03:00:00.0 America/Los_Angeles
--> 2	2020-07-01 12:00:00.0 America/Los_Angeles
--> 3	NULL
--> 4	2020-01-01 00:00:00.0 America/Los_Angeles
--> 5	2020-11-01 01:30:00.0 America/Los_Angeles
--> 6	2020-03-08 03:30:00.5 America/Los_Angeles
--> 7	2020-06-30 20:00:00.123456789 America/Los_Angeles
--> 8	2020-06-30 23:30:00.0 America/Los_Angeles
--> 9	NULL
--> 10	NULL
SELECT year(x), hour(x), dayofweek(x), to_date(x), CAST(x AS TIMESTAMP), date_format(x, 'yyyy-MM-dd HH'), CAST(x AS VARCHAR(10)) FROM moments WHERE i IN (1, 7);
--> 2020	3	4	2020-07-01	2020-07-01 03:00:00	2020-07-01 03	2020-07-01
--> 2020	20	3	2020-06-30	2020-06-30 20:00:00.123456789	2020-06-30 20	2020-06-30
SELECT unix_timestamp(x), to_epoch_milli(x), floor_hour(x), hash(x), from_utc_timestamp(x, 'PST'), to_utc_timestamp(x, 'PST') FROM moments WHERE i IN (5, 6);
--> 1604219400	1604219400000	2020-11-01 01:00:00.0 America/Los_Angeles	1604219400	2020-10-31 18:30:00	2020-11-01 08:30:00
--> 1583663400	1583663400500	2020-03-08 03:00:00.0 America/Los_Angeles	1313859624	2020-03-07 19:30:00.5	2020-03-08 10:30:00.5
SELECT i FROM moments WHERE x = '2020-07-01 12:00:00' OR x = TIMESTAMP '2020-01-01 00:00:00' OR x > DATE '2020-10-01';
--> 2
--> 4
--> 5
SELECT i FROM moments WHERE x BETWEEN '2020-01-01 00:00:00 UTC' AND '2020-06-01';
--> 4
--> 6
SELECT array(x), map('a', x), coalesce(x, TIMESTAMP '2020-01-01 00:00:00') FROM moments WHERE i < 4;
--> ["2020-07-01 03:00:00.0 America/Los_Angeles"]	{"a":"2020-07-01 03:00:00.0 America/Los_Angeles"}	2020-07-01 03:00:00.0 America/Los_Angeles
--> ["2020-07-01 12:00:00.0 America/Los_Angeles"]	{"a":"2020-07-01 12:00:00.0 America/Los_Angeles"}	2020-07-01 12:00:00.0 America/Los_Angeles
--> [null]	{"a":null}	2020-01-01 00:00:00.0 America/Los_Angeles
SELECT x FROM moments WHERE i = 1 UNION ALL SELECT TIMESTAMP '2020-01-01 00:00:00';
--> 2020-07-01 03:00:00
--> 2020-01-01 00:00:00
SELECT TIMESTAMPLOCALTZ '2020-07-01 12:00:00 Europe/Berlin', CAST('2020-07-01 12:00:00UTC' AS TIMESTAMPLOCALTZ), CAST('2020-07-01 12:00:00 PST' AS TIMESTAMPLOCALTZ), CAST('2020-07-01 12:00:00 No/Where' AS TIMESTAMPLOCALTZ);
--> 2020-07-01 03:00:00.0 America/Los_Angeles	2020-07-01 05:00:00.0 America/Los_Angeles	NULL	NULL
SELECT CAST(1 AS TIMESTAMP WITH LOCAL TIME ZONE);
--! no int becomes timestamp with local time zone

-- the files of Parquet and ORC hold UTC
CREATE TABLE in_parquet STORED AS PARQUET AS SELECT * FROM moments;
CREATE TABLE in_orc STORED AS ORC AS SELECT * FROM moments;
SELECT p.x, o.x FROM in_parquet p JOIN in_orc o ON p.i = o.i WHERE p.i IN (1, 5);
--> 2020-07-01 03:00:00.0 America/Los_Angeles	2020-07-01 03:00:00.0 America/Los_Angeles
--> 2020-11-01 01:30:00.0 America/Los_Angeles	2020-11-01 01:30:00.0 America/Los_Angeles
SET hive.local.time.zone=Asia/Tokyo;
SELECT m.x, p.x, o.x FROM moments m JOIN in_parquet p ON m.i = p.i JOIN in_orc o ON p.i = o.i WHERE m.i = 1;
--> 2020-07-01 19:00:00.0 Asia/Tokyo	2020-07-01 19:00:00.0 Asia/Tokyo	2020-07-01 19:00:00.0 Asia/Tokyo
SET hive.local.time.zone=Nowhere;
SELECT 1;
--! hive.local.time.zone=Nowhere is no time zone
RESET;

-- other functions don't know the session's zone; a time that comes twice is the first one (java.time.ZonedDateTime)
SELECT from_unixtime(0), unix_timestamp('1970-01-01 00:00:00'), to_utc_timestamp('2020-11-01 01:30:00', 'America/New_York'), to_utc_timestamp('2020-03-08 02:30:00', 'America/New_York');
--> 1970-01-01 00:00:00	0	2020-11-01 05:30:00	2020-03-08 07:30:00

-- a whole number is milliseconds, unless hive.int.timestamp.conversion.in.seconds
SELECT CAST(1 AS TIMESTAMP), CAST(true AS TIMESTAMP), CAST(1.5 AS TIMESTAMP);
--> 1970-01-01 00:00:00.001	1970-01-01 00:00:00.001	1970-01-01 00:00:01.5
SET hive.int.timestamp.conversion.in.seconds=true;
SELECT CAST(1 AS TIMESTAMP), CAST(true AS TIMESTAMP), CAST(1.5 AS TIMESTAMP);
--> 1970-01-01 00:00:01	1970-01-01 00:00:01	1970-01-01 00:00:01.5
