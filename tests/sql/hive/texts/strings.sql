-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT ascii('222'), concat('abc', 'def'), concat_ws('.', 'www', array('facebook', 'com')), elt(1, 'face', 'book');
--> 50	abcdef	www.facebook.com	face
SELECT initcap('tHe soap'), length('Facebook'), levenshtein('kitten', 'sitting'), lower('Facebook'), upper('Facebook');
--> The Soap	8	3	facebook	FACEBOOK
SELECT lpad('hi', 5, '??'), lpad('hi', 1, '??'), lpad('hi', 5, ''), rpad('hi', 5, '??'), rpad('hi', 1, '??');
--> ???hi	h	NULL	hi???	h
SELECT concat('<', ltrim('   facebook  '), '>'), concat('<', rtrim('   facebook  '), '>'), trim('   facebook  ');
--> <facebook  >	<   facebook>	facebook
SELECT repeat('123', 2), reverse('Facebook'), soundex('Miller'), translate('abcdef', 'adc', '19');
--> 123123	koobecaF	M460	1b9ef
SELECT sentences('Hello there! I am a UDF.');
--> [["Hello","there"],["I","am","a","UDF"]]
SELECT replace('Hack and Hue', 'H', 'BL'), ucase('a'), lcase('A');
--> BLack and BLue	A	a

-- LanguageManual UDF, String Functions
SELECT find_in_set('ab', 'abc,b,ab,c,def'), find_in_set('a,b', 'a,b'), find_in_set(NULL, 'a'), field('world', 'say', 'hello', 'world');
--> 3	0	NULL	3
SELECT character_length('é'), char_length('é'), octet_length('é'), concat('<', space(3), '>'), chr(65), quote('Don\'t');
--> 1	1	2	<   >	A	'Don\'t'
SELECT 'a' || 1 || 'b', concat('a', NULL), concat_ws(',', 'a', NULL, 'b'), concat_ws(NULL, 'a', 'b');
--> a1b	NULL	a,b	NULL

-- by Java's rules: one for a code point below 0x10000, full case mappings, blanks that part words
SELECT upper('straße'), lower('ΑΣ'), initcap('ÉLAN-vital a'), ascii('é'), hex(reverse('e\u0301x'));
--> STRASSE	ας	Élan-vital A	-61	78CC8165
SELECT length('😀é'), substr('😀ab', 3), levenshtein('é', 'e'), soundex('élan'), soundex(''), chr(200), chr(-1), chr(321);
--> 2	ab	1	NULL		È		A
-- a third value that isn't of the first one's type is none that is looked for
SELECT field('1', 1, '1'), field(NULL, 'a'), elt(0, 'a'), elt(3, 'a', 'b'), translate('aXa', 'aa', '12');
--> 2	0	NULL	NULL	1X1
SELECT concat_ws(',', 'a', array('b', NULL, 'c')), repeat('a', -1), replace('abc', '', '-');
--> a,b,null,c		-a-b-c-
SELECT concat(unhex('61'), unhex('62')), length(unhex('C3A9')), concat(cast('a' AS char(3)), '|'), upper(cast('ab' AS varchar(5)));
--> ab	2	a|	AB
-- GenericUDFConcat: chars give up their blanks before they are joined
SELECT concat(concat(cast('a' AS char(3)), cast('b' AS char(2))), '|'), concat(cast('a' AS char(3)), cast('b' AS varchar(2)));
--> ab|	ab
SELECT lpad('hi', -1, '?');
--! lpad needs a length
SELECT concat_ws(',', 'a', 1);
--! concat_ws takes strings and arrays of strings
SELECT concat(array('a'));
--! concat takes

-- the JDK's BreakIterator
SELECT sentences('Mr. Smith paid $5.00 for 1,000 e-mails. don\'t "go"? yes!');
--> [["Mr"],["Smith","paid","for","1,000","e-mails","don't","go"],["yes"]]
SELECT sentences('One. Two.  three... four'), sentences('');
--> [["One"],["Two"],["three","four"]]	[]
SELECT length(uuid()), version() LIKE '3.1.3 r%';
--> 36	true

-- GenericUDFConcatWS: the separator is any text
SELECT concat_ws(s, array('a', NULL, 'b'), 'c'), concat_ws(s, array()) FROM (SELECT ', ' AS s) t;
--> a, null, b, c	

-- GenericUDFLower, GenericUDFConcat: what they make of a char is shown without its blanks; a boolean is upper case
SELECT concat('[', lower(CAST('AB' AS char(5))), ']'), upper(CAST('ab' AS char(5))), concat(CAST('a' AS char(3)), CAST('b' AS char(3))), concat(true, 'x');
--> [ab]	AB	ab	TRUEx

-- UDFChr takes a short: what is below 0 as one is nothing
SELECT hex(chr(1000000)), hex(chr(256)), hex(chr(40000)), hex(chr(2147483647)), hex(chr(-1));
--> 40	00			

-- UDFUnhex: an odd text gets a 0 before it, and Integer.parseInt reads signs
SELECT hex(unhex('123')), hex(unhex('-1+2')), unhex('1x'), unhex('4D 4');
--> 0123	FF02	NULL	NULL

-- a char is bytes with its blanks: PrimitiveObjectInspectorUtils.getBinary
SELECT hex(CAST(CAST('ab' AS char(4)) AS binary));
--> 61622020
-- seen in Hive 3.1.3: an underscore ties letters, not digits; the first four sounds tell
SELECT sentences('val_98 foo_bar 1&2'), soundex('Don\'t O\'Neil İ'), soundex('Dİ');
--> [["val","98","foo_bar","1&","2"]]	D535	NULL
