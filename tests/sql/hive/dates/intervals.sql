-- LanguageManual Types, Intervals
SELECT interval '1' day, interval '1-2' year to month, interval '1 2:3:4.000005' day to second;
--> 1 00:00:00.000000000	1-2	1 02:03:04.000005000

SELECT interval 3 hour, interval '10' minute, interval '5' year, interval '15' month, interval '-1.5' second;
--> 0 03:00:00.000000000	0 00:10:00.000000000	5-0	1-3	-0 00:00:01.500000000

-- GenericUDFOPDTIPlus: a month later is never past the month's end
SELECT date '2015-01-31' + interval '1' month, date '2016-02-29' - interval '1' year, interval '1' day + date '2015-01-31';
--> 2015-02-28	2015-02-28	2015-02-01 00:00:00

SELECT timestamp '2015-01-31 10:00:00' + interval '1-1' year to month, timestamp '2015-01-01 00:00:00' - interval '1' hour;
--> 2016-02-29 10:00:00	2014-12-31 23:00:00

-- GenericUDFOPDTIMinus: between two moments
SELECT date '2015-01-05' - date '2015-01-01', timestamp '2015-01-01 10:00:00' - date '2015-01-02', timestamp '2015-01-02 00:00:00.5' - timestamp '2015-01-01 00:00:00';
--> 4 00:00:00.000000000	-0 14:00:00.000000000	1 00:00:00.500000000

SELECT interval '1' day + interval '2' hour, interval '1-6' year to month - interval '2' month, -interval '1' day;
--> 1 02:00:00.000000000	1-4	-1 00:00:00.000000000

-- LanguageManual Types: expressions stand in parentheses
SELECT interval (1 + 1) day, interval ('3') month, date '2015-01-01' + interval (n) day FROM (SELECT 7 AS n) t;
--> 2 00:00:00.000000000	0-3	2015-01-08 00:00:00

SELECT interval '1' day < interval '25' hour, interval '12' month = interval '1' year;
--> true	true

SELECT interval '1-13' year to month;
--! is no interval

SELECT interval '1' day * 2;
--! * has no meaning

SELECT interval '1' day + interval '1' month;
--! + has no meaning

-- IdentifiersParser.g: the word INTERVAL may be left out before a literal, also between parentheses
SELECT 1 day, (2) hours, '1-2' year to month, date '2020-01-31' - 1 month + 2 days, -1 day;
--> 1 00:00:00.000000000	0 02:00:00.000000000	1-2	2020-01-02 00:00:00	-1 00:00:00.000000000

-- ... but what follows a call or an expression is a name
SELECT abs(1) day, (n + 1) day, 5 AS day FROM (SELECT 1 AS n) t;
--> 1	2	5

-- HiveIntervalDayTime.valueOf, HiveIntervalYearMonth.valueOf: blanks around don't count, the second may be above 59
SELECT interval_day_time(' 1 2:3:64.1 '), interval_year_month(' -1-11'), CAST('1 2:3:4.5' AS interval day to second), CAST('1-3' AS interval year to month), interval_day_time('1 2:3'), interval_day_time('1 25:3:4');
--> 1 02:04:04.100000000	-1-11	1 02:03:04.500000000	1-3	NULL	NULL

-- GenericUDFInternalInterval
SELECT interval (s) year to month, interval (d) second, interval (n) months FROM (SELECT '1-2' AS s, 2.25 AS d, 13 AS n) t;
--> 1-2	0 00:00:02.250000000	1-1

SELECT max(i), min(i), count(DISTINCT i) FROM (SELECT interval '1' day AS i UNION ALL SELECT interval '24' hour UNION ALL SELECT interval '1:0' day) t;
--! is no interval

SELECT max(i), min(i), count(DISTINCT i) FROM (SELECT interval '1' day AS i UNION ALL SELECT interval '24' hour UNION ALL SELECT interval '2' minute) t;
--> 1 00:00:00.000000000	0 00:02:00.000000000	2

-- longer than the 292 years of nanoseconds that 64 bits hold: 3652058 days, as Python's datetime has it
SELECT date '9999-12-31' - date '0001-01-01', date '2020-01-01' + (date '9999-12-31' - date '2020-01-01');
--> 3652058 00:00:00.000000000	9999-12-31 00:00:00

-- SerDeUtils.buildJSONString: no quotation marks; hash codes by Hive 2.3's own classes
SELECT array(interval '1' day), hash(interval '1' day), hash(interval '1-2' year to month), hash(interval '-1.5' second);
--> [1 00:00:00.000000000]	3220073	14	-499976727
