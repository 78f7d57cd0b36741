-- GenericUDFAbs, @Description; 2147483648 is no int, so it stays below
SELECT abs(0), abs(-5), abs(-2.5), abs('-3'), abs(CAST(-2147483648 AS int));
--> 0	5	2.5	3.0	-2147483648

-- LanguageManual UDF: logarithms and roots of what has none are NULL
SELECT ln(0), log10(-1), log2(0), log(1, 5), log(2, 0), sqrt(-1);
--> NULL	NULL	NULL	NULL	NULL	NULL

-- UDFLn, UDFLog10, UDFLog2, UDFLog, UDFSqrt, UDFExp, UDFPower, @Description
SELECT ln(1), log10(10), log2(2), log(13, 13), sqrt(4), exp(0), pow(2, 3), power(2, 3);
--> 0.0	1.0	1.0	1.0	2.0	1.0	8.0	8.0

-- GenericUDFCbrt, @Description: cbrt(27.0) = 3.0
SELECT cbrt(27.0), cbrt(-8);
--> 3.0	-2.0

-- java.lang.Math.cbrt, run by Java 17
SELECT cbrt(2), cbrt(0.1), cbrt(123.456), cbrt(7e10);
--> 1.2599210498948732	0.4641588833612779	4.979327984674048	4121.285299808557

-- UDFSin and its kin, @Description
SELECT sin(0), cos(0), tan(0), asin(0), acos(1), atan(0);
--> 0.0	1.0	0.0	0.0	0.0	0.0

-- UDFAsin, UDFAcos: NULL beyond 1 and -1
SELECT asin(2), acos(-2), acos(CAST('NaN' AS double));
--> NULL	NULL	NaN

-- UDFDegrees: degrees(pi), UDFRadians: radians(90) = 1.5707963267948966
SELECT degrees(pi()), radians(90), e(), pi();
--> 180.0	1.5707963267948966	2.718281828459045	3.141592653589793

-- GenericUDFFactorial: from 0 to 20, else NULL
SELECT factorial(0), factorial(5), factorial(20), factorial(21), factorial(-1);
--> 1	120	2432902008176640000	NULL	NULL

-- Hive 2.3.10's UDFSign: of a decimal a whole number, of others a double
SELECT sign(40), sign(-2.5), sign(0), sign(CAST(-2.5 AS double));
--> 1.0	-1	0.0	-1.0

-- LanguageManual UDF: mod has the sign of what is divided, pmod that of the divisor
SELECT mod(-7, 3), pmod(-7, 3), pmod(7, -3), pmod(-7.5, 3), mod(5, 0), pmod(5, 0);
--> -1	2	-2	1.5	NULL	NULL

-- GenericUDFPosMod: the sum wraps around as Java's int: (2147483646 + 2147483647) % 2147483647
SELECT pmod(2147483646, 2147483647), pmod(9223372036854775806, 9223372036854775807);
--> -3	-3

-- LanguageManual UDF: negative, positive
SELECT negative(5), positive(-10), negative(CAST(-128 AS tinyint));
--> -5	-10	-128

-- TypeCheckProcFactory leaves positive out, whatever its argument is
SELECT positive('2'), positive('abc'), -'2';
--> 2	abc	-2.0

-- LanguageManual UDF, shifts; @Description: shiftleft(2, 1) = 4, shiftright(4, 1) = 2, shiftrightunsigned(4, 1) = 2
SELECT shiftleft(2, 1), shiftright(4, 1), shiftrightunsigned(4, 1);
--> 4	2	2

-- Java's << >> >>> by the lower five bits of an int's count, six of a bigint's
SELECT shiftleft(1, 31), shiftleft(1, 33), shiftright(-8, 1), shiftrightunsigned(-1, 28), shiftleft(1L, 33), shiftrightunsigned(-1L, 60);
--> -2147483648	2	-4	15	8589934592	15

-- UDFConv, @Description; below zero and unsigned it is what 64 bits hold; int("3HaI", 36) in Python
SELECT conv('100', 2, 10), conv(-10, 16, -10), conv('-1', 10, 16), conv('3HaI', 36, 16), conv('z', 10, 2), conv('1', 1, 10);
--> 4	-16	FFFFFFFFFFFFFFFF	27A4A	0	NULL

-- Oracle's WIDTH_BUCKET, which the manual names: four buckets of five from 5 to 25
SELECT width_bucket(1, 5, 25, 4), width_bucket(10, 5, 25, 4), width_bucket(20, 5, 25, 4), width_bucket(25, 5, 25, 4);
--> 0	2	4	5

-- falling borders count from the other end
SELECT width_bucket(20, 25, 5, 4), width_bucket(2.5, 0, 10, 4), width_bucket(NULL, 5, 25, 4);
--> 2	2	NULL

-- java.util.Random, run by Java 17: new Random(7).nextDouble() three times
SELECT rand(7) FROM (SELECT explode(array(1, 2, 3)) AS x) t;
--> 0.7306990420600421
--> 0.7491696031336331
--> 0.34830970303125697

-- each call has its own sequence
SELECT rand(0), rand(0), rand() < 1;
--> 0.730967787376657	0.730967787376657	true

-- GenericUDFFloor, GenericUDFCeil: a bigint is computed as a double
SELECT floor(n), ceil(n), floor(CAST(n AS decimal(19,0))) FROM (SELECT explode(array(9007199254740993)) AS n) t;
--> 9007199254740992	9007199254740992	9007199254740993

-- UDFToByte, UDFToShort, UDFToInteger: seconds that have no room are NULL
SELECT CAST(t AS tinyint), CAST(t AS int), CAST(u AS int), CAST(u AS bigint) FROM (SELECT CAST(s AS timestamp) AS t, CAST('2040-01-01' AS timestamp) AS u FROM (SELECT explode(array('2020-01-01')) AS s) a) b;
--> NULL	1577836800	NULL	2208988800

-- java.lang.Math.pow: a square is exact to the last bit
SELECT pow(n, 2), power(n, 2.0) FROM (SELECT explode(array(123456789)) AS n) t;
--> 1.524157875019052E16	1.524157875019052E16
