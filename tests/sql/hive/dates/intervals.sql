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
