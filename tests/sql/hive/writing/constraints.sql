-- Hive 3.1, LanguageManual DDL, Create Table: constraints
CREATE TABLE t (k INT NOT NULL, v STRING DEFAULT 'none', n INT CHECK (n > 0), PRIMARY KEY (k) DISABLE NOVALIDATE);
INSERT INTO t (k) VALUES (1);
INSERT INTO t VALUES (2, 'b', 5), (2, NULL, NULL);
SELECT * FROM t ORDER BY k, v DESC;
--> 1	none	NULL
--> 2	b	5
--> 2	NULL	NULL
INSERT INTO t (v) VALUES ('x');
--! NOT NULL of column k
INSERT INTO t VALUES (3, 'c', 0);
--! CHECK
SELECT count(*) FROM t;
--> 3
