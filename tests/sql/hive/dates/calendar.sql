-- GenericUDFAddMonths, @Description
SELECT add_months('2009-08-31', 1), add_months('2017-12-31 14:15:16', 2, 'YYYY-MM-dd HH:mm:ss');
--> 2009-09-30	2018-02-28 14:15:16

-- LanguageManual UDF: the last day of a month stays the last
SELECT add_months('2017-02-28', 1), add_months('2017-01-30', 1), add_months(date '2016-02-29', -12), add_months('x', 1);
--> 2017-03-31	2017-02-28	2015-02-28	NULL

-- LanguageManual UDF: date_add('2008-12-31', 1) = '2009-01-01', datediff('2009-03-01', '2009-02-27') = 2
SELECT date_add('2008-12-31', 1), date_sub('2008-12-31', 1), datediff('2009-03-01', '2009-02-27'), date_add('2008-12-31 23:59:59', 1);
--> 2009-01-01	2008-12-30	2	2009-01-01

-- LanguageManual UDF: last_day, next_day('2015-01-14', 'TU') = 2015-01-20
SELECT last_day('2009-01-12'), last_day('2016-02-03 10:00:00'), next_day('2015-01-14', 'TU'), next_day('2015-01-14', 'wednesday'), next_day('2015-01-14', 'x');
--> 2009-01-31	2016-02-29	2015-01-20	2015-01-21	NULL

-- LanguageManual UDF: months_between('1997-02-28 10:30:00', '1996-10-30') = 3.94959677
SELECT months_between('1997-02-28 10:30:00', '1996-10-30'), months_between('1997-02-28', '1996-08-31'), months_between('2015-03-15', '2015-04-15 10:00:00');
--> 3.94959677	6.0	-1.0

-- the third argument keeps all digits: 4 + (28 * 86400 + 37800 - 30 * 86400) / 2678400 in Python
SELECT months_between('1997-02-28 10:30:00', '1996-10-30', false);
--> 3.9495967741935485

-- LanguageManual UDF: trunc('2015-03-17', 'MM') = 2015-03-01; GenericUDFTrunc, @Description
SELECT trunc('2015-03-17', 'MM'), trunc('2009-02-12', 'MM'), trunc('2017-03-15', 'Q'), trunc('2015-10-27', 'YEAR'), trunc('2015-10-27', 'x');
--> 2015-03-01	2009-02-01	2017-01-01	2015-01-01	NULL

-- LanguageManual UDF: the zones of 2592000 seconds, which is 1970-01-31 in UTC
SELECT from_utc_timestamp(2592000.0, 'PST'), from_utc_timestamp(2592000000, 'PST'), from_utc_timestamp('1970-01-31 00:00:00', 'PST');
--> 1970-01-30 16:00:00	1970-01-30 16:00:00	1970-01-30 16:00:00

-- LanguageManual UDF
SELECT to_utc_timestamp('1970-01-30 16:00:00', 'PST'), from_utc_timestamp('2015-07-01 12:00:00', 'Europe/Berlin'), from_utc_timestamp('2015-07-01 12:00:00', 'GMT+2');
--> 1970-01-31 00:00:00	2015-07-01 14:00:00	2015-07-01 14:00:00

-- a zone that Java doesn't know is GMT
SELECT from_utc_timestamp('2015-07-01 12:00:00', 'nowhere'), from_utc_timestamp(NULL, 'PST');
--> 2015-07-01 12:00:00	NULL

-- zones of a column
SELECT from_utc_timestamp('2015-07-01 12:00:00', zone) FROM (SELECT explode(array('PST', 'GMT+2', 'nowhere')) AS zone) t;
--> 2015-07-01 05:00:00
--> 2015-07-01 14:00:00
--> 2015-07-01 12:00:00

-- o.a.h.hive.common.type.Date prints "yyyy-MM-dd": a year before the first as before Christ, one of five digits with a sign
SELECT date_sub('0001-01-01', 1), CAST('0000-03-01' AS date), CAST('0000-03-01 10:00:00' AS timestamp), date_add('9999-12-31', 1), datediff('0001-01-01', '0000-12-31');
--> 0001-12-31	0001-03-01	0001-03-01 10:00:00	+10000-01-01	1

SELECT from_unixtime(9223372036854775807), CAST(9223372036854775807 AS timestamp);
--> NULL	NULL

-- PrimitiveObjectInspectorUtils.getTimestampFromString: a text that is no timestamp as a whole is the midnight of its day,
-- a zone is left out of account, fractions have nine digits at most
SELECT s, CAST(s AS timestamp), hour(s) FROM (SELECT explode(array('2020-1-2 3:4', '2020-01-02 03', '2020-01-02 x', '2020-01-02  03:04:05', '2020-01-02 03:04:05.', '2020-01-02x')) AS s) t;
--> 2020-1-2 3:4	2020-01-02 00:00:00	0
--> 2020-01-02 03	2020-01-02 00:00:00	0
--> 2020-01-02 x	2020-01-02 00:00:00	0
--> 2020-01-02  03:04:05	2020-01-02 00:00:00	0
--> 2020-01-02 03:04:05.	2020-01-02 00:00:00	0
--> 2020-01-02x	NULL	NULL

SELECT s, CAST(s AS timestamp) FROM (SELECT explode(array('2020-01-02 03:04:05 UTC', '2020-01-02 03:04:05+02:00', '2020-01-02 03:04:05Z', '2020-01-02 03:04:05 America/New_York', '2020-01-02 03:04:05 nowhere', '2020-01-02 3:4:5 UTC')) AS s) t;
--> 2020-01-02 03:04:05 UTC	2020-01-02 03:04:05
--> 2020-01-02 03:04:05+02:00	2020-01-02 03:04:05
--> 2020-01-02 03:04:05Z	2020-01-02 03:04:05
--> 2020-01-02 03:04:05 America/New_York	2020-01-02 03:04:05
--> 2020-01-02 03:04:05 nowhere	2020-01-02 00:00:00
--> 2020-01-02 3:4:5 UTC	2020-01-02 00:00:00

-- Date.valueOf reads no T before the time, java.time.LocalDateTime does
SELECT CAST(s AS timestamp), CAST(s AS date), day(s), datediff(s, '2020-05-16'), to_date(s), dayofmonth(s), last_day(s), date_add(s, 1) FROM (SELECT explode(array('2020-05-17T10:00', '2020-05-17T10:00:00Z')) AS s) t;
--> 2020-05-17 10:00:00	2020-05-17	17	1	NULL	NULL	NULL	NULL
--> NULL	NULL	NULL	NULL	NULL	NULL	NULL	NULL

-- UDFDayOfMonth, UDFMonth and java.text.SimpleDateFormat ask java.util.Calendar, which has the Julian calendar up to 1582
SELECT d, day(d), month(d), date_format(d, 'yyyyMMdd'), date_format(d, 'EEE') FROM (SELECT CAST(s AS date) AS d FROM (SELECT explode(array('0001-01-01', '1200-03-01', '1582-10-10', '1582-10-15')) AS s) t) u;
--> 0001-01-01	3	1	00010103	Mon
--> 1200-03-01	23	2	12000223	Wed
--> 1582-10-10	30	9	15820930	Sun
--> 1582-10-15	15	10	15821015	Fri

SELECT dayofweek(n), weekofyear(n), hour('1969-12-31 23:59:59.999999999'), unix_timestamp(CAST('9999-12-31 23:59:59.999999' AS timestamp)) FROM (SELECT explode(array(5)) AS n) t;
--> NULL	NULL	23	253402300799

-- TimestampTZ shows its fraction and its zone, TimestampTZUtil reads both
SET hive.local.time.zone=UTC;
SELECT CAST(s AS timestamp with local time zone) FROM (SELECT explode(array('2020-01-02 03:04:05.5', '2020-01-02 03:04:05+05:30', '2020-01-02 Asia/Tokyo', '2020-1-2', '2020-01-02 03:04')) AS s) t;
--> 2020-01-02 03:04:05.5 UTC
--> 2020-01-01 21:34:05.0 UTC
--> 2020-01-01 15:00:00.0 UTC
--> NULL
--> NULL
