-- LanguageManual UDF: date_format('2015-04-08', 'y') = '2015'
SELECT date_format('2015-04-08', 'y'), date_format(date '2015-04-08', 'MMM d, yyyy'), date_format('2015-04-08 13:05:09', 'h:mm a');
--> 2015	Apr 8, 2015	1:05 PM

-- java.text.SimpleDateFormat, run by Java 17: week years, weeks, days of the year and of the week
SELECT date_format('2015-12-31', "YYYY ww DDD EEEE u F W"), date_format('2015-04-08', "dd.MM.yy 'at' HH 'o''clock'"), date_format('2015-04-08', 'G z Z X S');
--> 2016 01 365 Thursday 4 5 5	08.04.15 at 00 o'clock	AD UTC +0000 Z 0

-- a letter that means nothing makes no pattern: NULL
SELECT date_format('2015-04-08', 'bb'), date_format('x', 'y');
--> NULL	NULL

-- from the beginning of 1970, UTC
SELECT from_unixtime(0), from_unixtime(1237573801), from_unixtime(1237573801, 'yyyy/MM/dd'), from_unixtime(NULL), from_unixtime(-1);
--> 1970-01-01 00:00:00	2009-03-20 18:30:01	2009/03/20	NULL	1969-12-31 23:59:59

-- calendar.timegm in Python: (2009, 3, 20, 11, 30, 1) = 1237548601
SELECT unix_timestamp('2009-03-20 11:30:01'), unix_timestamp('2009-03-20', 'yyyy-MM-dd'), to_unix_timestamp('2009-03-20 11:30:01'), unix_timestamp(date '2009-03-20');
--> 1237548601	1237507200	1237548601	1237507200

-- java.text.SimpleDateFormat is lenient: it leaves what follows, and the 31st of April is the 1st of May
SELECT unix_timestamp('2015-04-08 and more', 'yyyy-MM-dd'), unix_timestamp('2015-4-31', 'yyyy-MM-dd'), unix_timestamp('2015-04-08');
--> 1428451200	1430438400	NULL

-- fields without a break have their widths; names of months; zones
SELECT unix_timestamp('20150408134510', 'yyyyMMddHHmmss'), unix_timestamp('08-apr-2015', 'dd-MMM-yy'), unix_timestamp('Wed, 08 Apr 2015 13:45:10 +0200', 'EEE, dd MMM yyyy HH:mm:ss Z');
--> 1428500710	1428451200	1428493510

SELECT unix_timestamp('2015-04-08', 'bb');
--! means nothing

-- pattern and text of columns
SELECT unix_timestamp(text, pattern), date_format(text, 'yyyy') FROM (SELECT '2009-03-20' AS text, 'yyyy-MM-dd' AS pattern) t;
--> 1237507200	2009

-- java.util.GregorianCalendar: what stands before the 15th of October 1582 is read as a Julian day, and shown as one
SELECT s, unix_timestamp(s, 'yyyy-MM-dd'), unix_timestamp(s, 'yyyy-M-d'), from_unixtime(unix_timestamp(s, 'yyyy-MM-dd'), 'd.M.yyyy') FROM (SELECT explode(array('0001-01-01', '1582-10-04', '1582-10-15')) AS s) t;
--> 0001-01-01	-62135769600	-62135769600	1.1.0001
--> 1582-10-04	-12219379200	-12219379200	4.10.1582
--> 1582-10-15	-12219292800	-12219292800	15.10.1582
