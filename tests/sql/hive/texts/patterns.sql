-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT 'fb' RLIKE '.*', regexp_extract('100-200', '(\\d+)-(\\d+)', 1), regexp_replace('100-200', '(\\d+)', 'num');
--> true	100	num-num

-- LanguageManual UDF, String Functions
SELECT regexp_extract('foothebar', 'foo(.*?)(bar)', 1), regexp_extract('foothebar', 'foo(.*?)(bar)', 2), regexp_extract('foothebar', 'foo(.*?)(bar)', 0);
--> the	bar	foothebar
SELECT regexp_replace('foobar', 'oo|ar', ''), 'foobar' RLIKE 'foo', 'foobar' REGEXP '^f.*r$', regexp('abc', 'x'), 'a' NOT RLIKE 'a';
--> fb	true	true	false	false
SELECT split('oneAtwoBthreeC', '[ABC]'), split('a|b', '\\|'), split('a.b', '\\.');
--> ["one","two","three",""]	["a","b"]	["a","b"]

-- Java's Matcher: no match gives '', a group that took no part NULL; String.split keeps empty parts at the end for -1
SELECT regexp_extract('x', '(a)'), regexp_extract('a', 'a(b)?'), regexp_extract(NULL, 'a', 0), split('abc', ''), split('', ',');
--> 	NULL	NULL	["a","b","c",""]	[""]
SELECT 'a' RLIKE '', NULL RLIKE 'a', regexp_replace('baac', 'a*', '-'), regexp_replace('abc', '(b)', '<$1\\$>'), regexp_replace('ab', '(?<x>a)', '${x}!');
--> false	NULL	-b--c-	a<b$>c	a!b

-- java.util.regex.Pattern: what RE2 has not
SELECT regexp_replace('price 10, 20', '(?<=\\s)\\d+(?=,)', 'n'), regexp_extract('abab', '(ab)\\1', 1), 'aaa' RLIKE 'a++a', 'foobar' RLIKE 'foo(?!bar)';
--> price n, 20	ab	false	false
SELECT regexp_extract('aXb', '(?i)x', 0), 'É' RLIKE '(?i)é', 'É' RLIKE '(?iu)é', 'K' RLIKE '(?i)k', 'a\nb' RLIKE 'a.b', 'a\nb' RLIKE '(?s)a.b';
--> X	false	true	true	false	true
SELECT 'a.b' RLIKE '^\\Qa.b\\E$', 'axb' RLIKE '\\Qa.b\\E', regexp_extract('hello', '[a-z&&[^aeiou]]+', 0), regexp_extract('hello', '[hx[e]]+', 0);
--> true	false	h	he
SELECT 'été' RLIKE '\\bt', 'ab\n' RLIKE 'b$', 'a\nb' RLIKE 'a$', 'a\nb' RLIKE '(?m)a$', regexp_replace('x1é', '\\p{L}', '_'), regexp_replace('x1É', '\\p{Lower}', '_');
--> false	true	false	true	_1_	_1É
SELECT regexp_replace(x, p, r), split(x, p), regexp_extract(x, p, 0), x RLIKE p FROM (SELECT 'a1b' x, '[0-9]' p, '#' r) t;
--> a#b	["a","b"]	1	true
SELECT 'a' RLIKE '(';
--! isn't closed
SELECT regexp_extract('b', '(a)', 2), regexp_extract(NULL, 'a', 1);
--> 	NULL
SELECT regexp_extract('a', '(a)', 2);
--! which has 1
SELECT regexp_replace('a', 'a', '$1');
--! names the group 1
SELECT 'a' RLIKE '\\p{IsGreek}';
--! isn't supported
