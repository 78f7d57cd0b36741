-- LanguageManual UDF, get_json_object
CREATE TEMPORARY TABLE src_json AS SELECT '{"store":{"fruit":[{"weight":8,"type":"apple"},{"weight":9,"type":"pear"}],"bicycle":{"price":19.95,"color":"red"}},"email":"amy@only_for_json_udf_test.net","owner":"amy"}' json;
SELECT get_json_object(json, '$.owner'), get_json_object(json, '$.store.fruit\[0]'), get_json_object(json, '$.non_exist_key') FROM src_json;
--> amy	{"weight":8,"type":"apple"}	NULL
SELECT get_json_object(json, '$.store.fruit[*].type'), get_json_object(json, '$.store.fruit.weight'), get_json_object(json, '$.store.bicycle') FROM src_json;
--> ["apple","pear"]	[8,9]	{"price":19.95,"color":"red"}

-- LanguageManual UDF, json_tuple
SELECT a.owner, b.* FROM (SELECT 'x' owner, '{"a":1,"b":[true,null],"c":null,"d":"t"}' json) a LATERAL VIEW json_tuple(a.json, 'a', 'b', 'c', 'd') b AS f1, f2, f3, f4;
--> x	1	[true,null]	NULL	t
SELECT json_tuple('no json', 'a', 'b');
--> NULL	NULL

-- Hive's UDFJson: $ alone, arrays at the root, one member of [*] is no array; numbers as Java shows doubles
SELECT get_json_object('[1,2,{"a":5}]', '$'), get_json_object('[1,2,{"a":5}]', '$[2].a'), get_json_object('[1]', '$[*]'), get_json_object('[1]', '$[3]');
--> [1,2,{"a":5}]	5	1	NULL
SELECT get_json_object('{"a":1.50}', '$.a'), get_json_object('{"a":1e10}', '$.a'), get_json_object('{"a":"é\\u00e9\\/"}', '$.a'), get_json_object('{"a":[1.0,"b"]}', '$.a');
--> 1.5	1.0E10	éé/	[1.0,"b"]
SELECT get_json_object('{"a":1} tail', '$.a'), get_json_object("{'a':1}", '$.a'), get_json_object('{"a":1}', 'a'), get_json_object('{"a":1}', '$.'), get_json_object(NULL, '$.a');
--> 1	NULL	NULL	NULL	NULL
SELECT get_json_object('{"a b":1,"c:d":2,"A":3}', '$.a b'), get_json_object('{"c:d":2}', '$.c:d'), get_json_object('{"A":3}', '$.a'), get_json_object('{"a":{"b":null}}', '$.a.b');
--> 1	2	NULL	NULL
SELECT get_json_object('{"a":[[1,2],[3,4]]}', '$.a[*][0]'), get_json_object('{"a":[{"b":[1]},{"b":[2,3]}]}', '$.a.b'), get_json_object('{"a":true}', '$.a');
--> [1,3]	[1,2,3]	true
