-- LanguageManual DDL, Create/Drop/Alter View
CREATE TABLE page_view (page_url string, referrer_url string);
INSERT INTO page_view VALUES ('a', 'http://www.theonion.com'), ('b', 'elsewhere');
CREATE VIEW onion_referrers(url COMMENT 'URL of Referring page')
  COMMENT 'Referrers to The Onion website'
  AS
  SELECT DISTINCT referrer_url
  FROM page_view
  WHERE referrer_url='http://www.theonion.com';
SELECT * FROM onion_referrers;
--> http://www.theonion.com
DESCRIBE onion_referrers;
--> url                 	string              	URL of Referring page
SHOW VIEWS;
--> onion_referrers
SHOW TABLES;
--> onion_referrers
--> page_view
CREATE VIEW onion_referrers AS SELECT 1;
--! already exists
CREATE VIEW IF NOT EXISTS onion_referrers AS SELECT 1;
CREATE OR REPLACE VIEW onion_referrers AS SELECT 1 AS one;
SELECT * FROM onion_referrers;
--> 1
ALTER VIEW onion_referrers AS SELECT 2 AS two;
SELECT two FROM onion_referrers;
--> 2
CREATE VIEW two_names (a, b) AS SELECT 1;
--! names 2 columns, its query gives 1
CREATE OR REPLACE VIEW page_view AS SELECT 1;
--! already exists
-- DDLTask.dropTable
DROP TABLE onion_referrers;
--! Cannot drop a view with DROP TABLE
DROP VIEW page_view;
--! Cannot drop a base table with DROP VIEW
DROP VIEW onion_referrers;
DROP VIEW onion_referrers;
SHOW VIEWS;
CREATE MATERIALIZED VIEW kept AS SELECT 1;
--! MATERIALIZED VIEW
-- the view is of the database in which it was made
CREATE DATABASE other;
CREATE VIEW pages AS SELECT page_url FROM page_view;
USE other;
SELECT count(*) FROM default.pages;
--> 2
-- and of the database that was the current one
CREATE TABLE here (a int);
INSERT INTO here VALUES (7);
CREATE VIEW default.of_here AS WITH all_of AS (SELECT * FROM here) SELECT a FROM all_of;
USE default;
SELECT * FROM of_here;
--> 7
ALTER VIEW of_here RENAME TO renamed;
SELECT * FROM renamed;
--> 7
ALTER TABLE renamed RENAME TO again;
--! Write ALTER VIEW
-- Hive 3.1.3: what a star stands for is told when the view is made
CREATE TABLE growing (i int, s string);
INSERT INTO growing VALUES (1, 'x');
CREATE VIEW early AS WITH q AS (SELECT * FROM growing) SELECT q.*, upper(s) AS u FROM q;
CREATE VIEW early_too AS SELECT * FROM growing LATERAL VIEW explode(array(7)) e AS n;
ALTER TABLE growing ADD COLUMNS (more int);
INSERT INTO growing VALUES (2, 'y', 5);
SELECT * FROM early ORDER BY i;
--> 1	x	X
--> 2	y	Y
SELECT * FROM early_too ORDER BY i;
--> 1	x	7
--> 2	y	7
