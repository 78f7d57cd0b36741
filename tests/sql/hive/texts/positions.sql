-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT instr('Facebook', 'boo'), locate('bar', 'foobarbar', 5), substr('Facebook', 5), substr('Facebook', -5), substr('Facebook', 5, 1);
--> 5	7	book	ebook	b
SELECT substring_index('www.apache.org', '.', 2), substring_index('www.apache.org', '.', -2), substring_index('www.apache.org', '.', 0);
--> www.apache	apache.org	

-- Hive's UDFSubstr: a place before the text's begin gives nothing, 0 is 1
SELECT substr('abcd', 0, 2), substr('abcd', -2, 9), substr('abcd', 2, -1), substr('abcd', 9, 1), substr('abcd', -3, 2);
--> ab	cd			bc
SELECT concat('<', substr('abcd', -5, 2), '>'), concat('<', substring('abcd', 1, 0), '>'), substr(NULL, 1), substr('a', NULL);
--> <>	<>	NULL	NULL
SELECT substr(unhex('61626364'), 2, 2), substring(unhex('61626364'), -2), hex(substr(unhex('61626364'), -2, 1));
--> bc	cd	63
-- Hive's GenericUDFUtils.findText: places are characters from 1
SELECT instr('abc', ''), instr('éb', 'b'), instr(NULL, 'a'), locate('b', 'abab', 0), locate('b', 'abab', NULL), locate('', 'abab', 3), locate('b', 'abab', 9);
--> 1	2	NULL	0	0	1	0
SELECT substring_index('a.b', '', 1), substring_index('a.b', '.', 5), substring_index('aaaa', 'aa', 2), substring_index(NULL, '.', 1);
--> 	a.b	a	NULL
