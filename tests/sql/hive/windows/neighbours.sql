CREATE TABLE prices (day int, price decimal(5,2), note string);
INSERT INTO prices VALUES (1, 10.00, 'x'), (2, 12.50, NULL), (3, 11.00, 'y'), (4, 9.00, NULL);

-- LanguageManual WindowingAndAnalytics: one row on or back, or as many as are said; NULL beyond the ends
SELECT day, lead(price) OVER (ORDER BY day), lag(price) OVER (ORDER BY day), lead(day, 2) OVER (ORDER BY day),
    lag(day, 0) OVER (ORDER BY day) FROM prices;
--> 1	12.50	NULL	3	1
--> 2	11.00	10.00	4	2
--> 3	9.00	12.50	NULL	3
--> 4	NULL	11.00	NULL	4

-- the default has the type of the value
SELECT day, lag(price, 1, 0) OVER (ORDER BY day), lead(note, 1, 'end') OVER (ORDER BY day DESC) FROM prices ORDER BY day;
--> 1	0.00	end
--> 2	10.00	x
--> 3	12.50	NULL
--> 4	11.00	y

-- a frame means nothing to them
SELECT day, lead(day) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM prices;
--> 1	2
--> 2	3
--> 3	4
--> 4	NULL

SELECT day, lead(day, 1 + 1) OVER (ORDER BY day) FROM prices WHERE day < 4;
--> 1	3
--> 2	NULL
--> 3	NULL

-- GenericUDAFLeadLag: amount can not be negative
SELECT lag(day, -1) OVER (ORDER BY day) FROM prices;
--! negative

-- the second parameter skips NULL if true
SELECT day, first_value(note) OVER (ORDER BY day DESC), first_value(note, true) OVER (ORDER BY day DESC),
    last_value(note) OVER (ORDER BY day), last_value(note, true) OVER (ORDER BY day) FROM prices ORDER BY day;
--> 1	NULL	y	x	x
--> 2	NULL	y	NULL	x
--> 3	NULL	y	y	y
--> 4	NULL	NULL	NULL	y

-- the last of the frame, which ends at the current row unless it is said otherwise
SELECT day, last_value(price) OVER (ORDER BY day),
    last_value(price) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
    first_value(price) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM prices;
--> 1	10.00	9.00	10.00
--> 2	12.50	9.00	10.00
--> 3	11.00	9.00	12.50
--> 4	9.00	9.00	11.00
