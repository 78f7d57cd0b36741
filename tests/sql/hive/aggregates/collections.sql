CREATE TABLE tags (item int, tag string);
INSERT INTO tags VALUES (1, 'red'), (1, 'blue'), (1, 'red'), (1, NULL), (2, 'green'), (3, NULL);

-- LanguageManual UDF: collect_list with duplicates, collect_set without; neither keeps NULL
SELECT collect_list(tag), collect_set(tag) FROM tags WHERE item = 1;
--> ["red","blue","red"]	["red","blue"]
SELECT item, collect_list(tag), size(collect_set(tag)) FROM tags GROUP BY item ORDER BY item;
--> 1	["red","blue","red"]	2
--> 2	["green"]	1
--> 3	[]	0
SELECT collect_set(tag), collect_list(item) FROM tags WHERE item > 9;
--> []	[]

-- values that hold others
SELECT collect_set(array(item)), collect_list(named_struct('n', item)) FROM tags WHERE item < 3 AND tag <> 'blue';
--> [[1],[2]]	[{"n":1},{"n":1},{"n":2}]
SELECT sort_array(collect_set(item)), collect_set(map('k', tag)) FROM tags WHERE tag LIKE '%e%' AND item = 1;
--> [1]	[{"k":"red"},{"k":"blue"}]
