-- LanguageManual UDF, Complex Type Constructors
SELECT array(1, 2, 3), map('a', 1, 'b', 2), struct(1, 'x'), named_struct('a', 1, 'b', 'x'), create_union(1, 'a', 5);
--> [1,2,3]	{"a":1,"b":2}	{"col1":1,"col2":"x"}	{"a":1,"b":"x"}	{1:5}

-- members have the type that all have in common
SELECT array(1, 'a'), array(1, NULL, 2.5), map(1, 2, 3, 4.5), array(array(1), array(2, 3)), array(), map();
--> ["1","a"]	[1,null,2.5]	{1:2,3:4.5}	[[1],[2,3]]	[]	{}

-- java.util.LinkedHashMap: the last value of a key, at the first one's place
SELECT map('a', 1, 'b', 2, 'a', 3), map(1, 'x', '1', 'y');
--> {"a":3,"b":2}	{"1":"y"}

SELECT map('a', 1, 'b');
--! map takes a value with each key

SELECT named_struct('a', 1, 'b');
--! named_struct takes pairs

-- GenericUDFExtractUnion, @Description
SELECT extract_union(create_union(0, 5, 'a')), extract_union(create_union(1, 5, 'a'), 1), extract_union(create_union(1, 5, 'a'), 0);
--> {"tag_0":5,"tag_1":null}	a	NULL
SELECT create_union(1);
--! create_union
