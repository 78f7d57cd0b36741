-- LanguageManual XPathUDF
SELECT xpath('<a><b>b1</b><b>b2</b></a>', 'a/*'), xpath('<a><b>b1</b><b>b2</b></a>', 'a/*/text()'), xpath('<a><b id="foo">b1</b><b id="bar">b2</b></a>', '//@id');
--> []	["b1","b2"]	["foo","bar"]
SELECT xpath('<a><b class="bb">b1</b><b>b2</b><b>b3</b><c class="bb">c1</c><c>c2</c></a>', 'a/*[@class="bb"]/text()');
--> ["b1","c1"]
SELECT xpath_string('<a><b>bb</b><c>cc</c></a>', 'a/b'), xpath_string('<a><b>bb</b><c>cc</c></a>', 'a'), xpath_string('<a><b>bb</b><c>cc</c></a>', 'a/d');
--> bb	bbcc	
SELECT xpath_string('<a><b>b1</b><b>b2</b></a>', '//b'), xpath_string('<a><b>b1</b><b>b2</b></a>', 'a/b[2]'), xpath_string('<a><b>b1</b><b id="b_2">b2</b></a>', 'a/b[@id="b_2"]');
--> b1	b2	b2
SELECT xpath_boolean('<a><b>b</b></a>', 'a/b'), xpath_boolean('<a><b>b</b></a>', 'a/c'), xpath_boolean('<a><b>b</b></a>', 'a/b = "b"'), xpath_boolean('<a><b>10</b></a>', 'a/b < 10');
--> true	false	true	false
SELECT xpath_int('<a>b</a>', 'a = 10'), xpath_int('<a>this is not a number</a>', 'a'), xpath_int('<a><b class="odd">1</b><b class="even">2</b><b class="odd">4</b><c>8</c></a>', 'sum(a/*)');
--> 0	0	15
SELECT xpath_int('<a><b class="odd">1</b><b class="even">2</b><b class="odd">4</b><c>8</c></a>', 'sum(a/b)'), xpath_int('<a><b class="odd">1</b><b class="odd">4</b></a>', 'sum(a/b[@class="odd"])');
--> 7	5
SELECT xpath_double('<a>b</a>', 'a = 10'), xpath_double('<a><b>2000000000</b><c>40000000000</c></a>', 'a/b * a/c'), xpath_number('<a>b</a>', 'a');
--> 0.0	8.0E19	NaN
SELECT xpath_int('<a><b>2000000000</b><c>40000000000</c></a>', 'a/b * a/c'), xpath_long('<a><b>2</b></a>', 'a/b'), xpath_short('<a>70000</a>', 'a'), xpath_float('<a>1.5</a>', 'a');
--> 2147483647	2	4464	1.5

-- XML Path Language 1.0
SELECT xpath('<r><x>1</x><x>2</x><y z="q">3</y></r>', '//x[last()]/text() | //y/@z'), xpath('<r><a><b>1</b></a><c/></r>', '//b/ancestor::*[2]/c/preceding-sibling::a/b/text()');
--> ["2","q"]	["1"]
SELECT xpath_string('<r/>', 'substring("12345", 1.5, 2.6)'), xpath_string('<r/>', 'translate("bar", "abc", "AB")'), xpath_string('<r/>', 'concat(1 div 0, 5 mod -2, -0.5)'), xpath_string('<r> a  b </r>', 'normalize-space(r)');
--> 234	BAr	Infinity1-0.5	a b
SELECT xpath_boolean('<r><x>1</x><x>2</x></r>', '//x = 2 and not(//x > 2)'), xpath_int('<r><x/><x/></r>', 'count(r/x) + round(2.5)');
--> true	5
SELECT xpath('', 'a'), xpath('<a/>', 'a['), xpath_string('', 'a'), xpath_string(NULL, 'a');
--> []	[]	NULL	NULL
SELECT xpath_string('<a><b></a>', 'a');
--! is not well formed
SELECT xpath_int('<a/>', 'a[');
--! is no XPath expression
