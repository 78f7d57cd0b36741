CREATE TABLE readings (place int, v double);
INSERT INTO readings VALUES (1, 23), (2, 19), (3, 10), (4, 16), (5, 36), (6, 2), (7, 9), (8, NULL);

-- Ben-Haim and Tom-Tov, appendix A: these seven in five bins
SELECT histogram_numeric(v, 5) FROM readings;
--> [{"x":2.0,"y":1.0},{"x":9.5,"y":2.0},{"x":17.5,"y":2.0},{"x":23.0,"y":1.0},{"x":36.0,"y":1.0}]

-- room for all: each value is a bin
SELECT histogram_numeric(place, 10) FROM readings WHERE place < 3;
--> [{"x":1.0,"y":1.0},{"x":2.0,"y":1.0}]
SELECT histogram_numeric(v, 5) FROM readings WHERE v > 99;
--> NULL
SELECT histogram_numeric(v, 1) FROM readings;
--! at least 2 bins
SELECT histogram_numeric('x', 5) FROM readings;
--! string
