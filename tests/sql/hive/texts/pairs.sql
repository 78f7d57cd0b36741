-- LanguageManual UDF, str_to_map: ',' and ':' by default
SELECT str_to_map('a:1,b:2'), str_to_map('a=1&b=2', '&', '='), str_to_map('a:1,b:2')['b'];
--> {"a":"1","b":"2"}	{"a":"1","b":"2"}	2
-- Hive's GenericUDFStringToMap: String.split by patterns; a key without a value has NULL, a later one wins
SELECT str_to_map('a:1,b,c:,a:9:8'), str_to_map('a=1;b:2', '[;,]', '[:=]'), str_to_map(''), str_to_map('a:1,,');
--> {"a":"9:8","b":null,"c":""}	{"a":"1","b":"2"}	{"":null}	{"a":"1"}
-- LanguageManual UDF, in_file
SELECT in_file('12', '${data}/queens/sizes.txt'), in_file('4', '${data}/queens/sizes.txt'), in_file(NULL, '${data}/queens/sizes.txt');
--> false	true	NULL
SELECT in_file('no such file', '/nowhere/nothing');
--! can't read
