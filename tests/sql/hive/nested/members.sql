-- LanguageManual UDF, Operators on Complex Types; what isn't there is NULL
SELECT array(1, 2)[0], array(1, 2)[2], array(1, 2)[-1], map('a', 1)['a'], map('a', 1)['b'], struct('x', 2).col1;
--> 1	NULL	NULL	1	NULL	x

-- LanguageManual UDF, Collection Functions
SELECT size(array(1, 2)), size(map('a', 1)), map_keys(map('a', 1, 'b', 2)), map_values(map('a', 1, 'b', 2));
--> 2	1	["a","b"]	[1,2]

-- GenericUDFSize: -1 for NULL
SELECT size(NULL), size(array()), size(x) FROM (SELECT if(false, array(1), NULL) AS x) t;
--> -1	0	-1

-- GenericUDFArrayContains is never NULL
SELECT array_contains(array(1, 2, 3), 2), array_contains(array(1, NULL), 3), array_contains(array(1, NULL), NULL), array_contains(if(false, array(1), NULL), 1);
--> true	false	false	false

-- GenericUDFSortArray: NULL first
SELECT sort_array(array('b', 'd', 'c', 'a')), sort_array(array(3, NULL, 1));
--> ["a","b","c","d"]	[null,1,3]

-- GenericUDFSortArrayByField, @Description
SELECT sort_array_by(array(struct('g', 100), struct('b', 200)), 'col1', 'ASC');
--> [{"col1":"b","col2":200},{"col1":"g","col2":100}]

-- by several fields; equals keep their order in both directions
SELECT sort_array_by(array(struct('a', 2, 1), struct('a', 1, 2), struct('b', 2, 3), struct('b', 2, 4)), 'col1', 'col2', 'DESC').col3;
--> [3,4,1,2]

SELECT sort_array_by(array(struct('a')), 'nothing');
--! sort_array_by

SELECT 1[0];
--! only arrays and maps

-- GenericUDFMapKeys, GenericUDFMapValues, GenericUDFStringToMap: nothing of NULL
SELECT map_keys(m), map_values(m), str_to_map(s) FROM (SELECT if(n = 1, map('a', 1), NULL) AS m, if(n = 1, 'a:1', NULL) AS s FROM (SELECT explode(array(1, 2)) AS n) t) u;
--> ["a"]	[1]	{"a":"1"}
--> []	[]	{}

-- GenericUDAFMin: NULL is the greatest member of a struct
SELECT max(s), min(s) FROM (SELECT struct(n, 'x') AS s FROM (SELECT explode(array(3, NULL, 7)) AS n) t) u;
--> {"col1":7,"col2":"x"}	{"col1":3,"col2":"x"}
