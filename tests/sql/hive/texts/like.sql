-- LanguageManual UDF, Relational Operators
SELECT 'foobar' LIKE 'foo', 'foobar' LIKE 'foo___', 'foobar' LIKE 'foo%', 'foobar' NOT LIKE 'foo%', NULL LIKE 'a';
--> false	true	true	false	NULL
SELECT 'foo' LIKE ANY ('fee', 'fo%'), 'foo' LIKE ALL ('f%', '%x'), 'foo' NOT LIKE ALL ('a', 'b');
--> true	false	true

-- Hive's UDFLike: a backslash escapes % and _ only; within a pattern they don't take line ends
SELECT 'a%b' LIKE 'a\\%b', 'axb' LIKE 'a\\%b', 'a_b' LIKE 'a\\_b', 'a\\b' LIKE 'a\\b', 'a.b' LIKE 'a.b', 'axb' LIKE 'a.b';
--> true	false	true	true	true	false
SELECT 'a\nb' LIKE 'a%b', 'a\nb' LIKE 'a_b', 'a\nb' LIKE 'a%', 'a\nb' LIKE '%\nb', '' LIKE '%', '😀' LIKE '_';
--> false	false	true	true	true	true
SELECT x LIKE p FROM (SELECT 'a%b' x, 'a\\%b' p UNION ALL SELECT 'axb', 'a%' UNION ALL SELECT 'a\nb', 'a%b') t;
--> true
--> true
--> false
