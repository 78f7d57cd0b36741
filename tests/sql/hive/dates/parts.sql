-- LanguageManual UDF, Date Functions
SELECT year('1970-01-01 00:00:00'), year('1970-01-01'), quarter('2015-04-08'), month('1970-11-01'), day('1970-11-01');
--> 1970	1970	2	11	1

-- LanguageManual UDF
SELECT hour('2009-07-30 12:58:59'), hour('12:58:59'), minute('2009-07-30 12:58:59'), second('2009-07-30 12:58:59');
--> 12	12	58	59

-- LanguageManual UDF: weeks are those of ISO 8601; 2021-01-03 is in week 53 by date.isocalendar
SELECT weekofyear('1970-11-01 00:00:00'), weekofyear('1970-11-01'), weekofyear('2021-01-03');
--> 44	44	53

-- UDFDayOfWeek, @Description: Sunday is 1
SELECT dayofweek('2009-07-30'), dayofweek('2009-08-01'), dayofweek('2009-08-02'), dayofmonth('2009-07-30');
--> 5	7	1	30

-- LanguageManual UDF, EXTRACT
SELECT extract(month FROM '2016-10-20'), extract(hour FROM '2016-10-20 05:06:07'), extract(dayofweek FROM '2016-10-20 05:06:07');
--> 10	5	5

-- LanguageManual UDF, EXTRACT of intervals
SELECT extract(month FROM interval '1-3' year to month), extract(minute FROM interval '3 12:20:30' day to second);
--> 3	20

SELECT year(interval '1-3' year to month), day(interval '3 12:20:30' day to second), second(interval '3 12:20:30' day to second);
--> 1	3	30

-- what is no date is NULL; a month too many is the next year's
SELECT year('x'), day(NULL), hour('2009-07-30'), month('2015-13-01');
--> NULL	NULL	0	1

-- LanguageManual UDF: to_date gives a date
SELECT to_date('1970-01-01 00:00:00'), to_date(timestamp '2009-07-30 04:17:52'), to_date('x');
--> 1970-01-01	2009-07-30	NULL

-- UDFDateFloor: the week begins on Monday
SELECT floor_year(t), floor_quarter(t), floor_month(t), floor_week(t), floor_day(t), floor_hour(t), floor_minute(t), floor_second(t)
FROM (SELECT CAST('2009-05-30 04:17:52.5' AS timestamp) AS t) d;
--> 2009-01-01 00:00:00	2009-04-01 00:00:00	2009-05-01 00:00:00	2009-05-25 00:00:00	2009-05-30 00:00:00	2009-05-30 04:00:00	2009-05-30 04:17:00	2009-05-30 04:17:52

-- IdentifiersParser.g, floorExpression: a call of these
SELECT floor(t TO MINUTE), FLOOR(t to week), floor(-1.5) FROM (SELECT CAST('2009-05-30 04:17:52.5' AS timestamp) AS t) d;
--> 2009-05-30 04:17:00	2009-05-25 00:00:00	-2
SELECT floor(current_timestamp TO CENTURY);
--! no function is named floor_century

SELECT current_date = to_date(current_timestamp), unix_timestamp() = unix_timestamp(current_timestamp);
--> true	true
