-- LanguageManual Types, Union Types: a value is shown with its tag, here by Hive 2.3's own driver
CREATE TABLE unions (un uniontype<int,double,struct<a:int,b:string>,map<string,int>>);

INSERT INTO unions SELECT create_union(0, 1, 2.0D, named_struct('a', 1, 'b', 'x'), map('k', 5)) UNION ALL SELECT create_union(2, 1, 2.0D, named_struct('a', 1, 'b', 'x'), map('k', 5)) UNION ALL SELECT create_union(3, 1, 2.0D, named_struct('a', 1, 'b', 'x'), map('k', 5));

SELECT * FROM unions;
--> {0:1}
--> {2:{"a":1,"b":"x"}}
--> {3:{"k":5}}

CREATE TABLE unions_orc STORED AS ORC AS SELECT un FROM unions;

CREATE TABLE unions_avro STORED AS AVRO AS SELECT un FROM unions;

CREATE TABLE unions_sequence STORED AS SEQUENCEFILE AS SELECT un FROM unions;

SELECT * FROM unions_orc;
--> {0:1}
--> {2:{"a":1,"b":"x"}}
--> {3:{"k":5}}

SELECT * FROM unions_avro;
--> {0:1}
--> {2:{"a":1,"b":"x"}}
--> {3:{"k":5}}

SELECT un, extract_union(un, 2).b FROM unions_sequence;
--> {0:1}	NULL
--> {2:{"a":1,"b":"x"}}	x
--> {3:{"k":5}}	NULL
