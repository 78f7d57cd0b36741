-- LanguageManual DDL, Create/Drop/Alter/Use Database
CREATE DATABASE sales COMMENT 'what was sold' WITH DBPROPERTIES ('team'='a');
SHOW DATABASES;
--> default
--> sales
SHOW SCHEMAS LIKE 's*';
--> sales
CREATE DATABASE sales;
--! Database sales already exists
CREATE SCHEMA IF NOT EXISTS sales;
USE sales;
SELECT current_database();
--> sales
CREATE TABLE orders (id int);
SHOW TABLES;
--> orders
SHOW TABLES IN default;
USE default;
DROP DATABASE sales;
--! Database sales is not empty: it holds orders
DROP DATABASE sales CASCADE;
SHOW DATABASES;
--> default
DROP DATABASE sales;
--! Database not found: sales
DROP DATABASE IF EXISTS sales;
USE sale;
--! Database not found: sale
DROP DATABASE default;
--! can't be dropped
-- the current database goes, and the default one is current
CREATE DATABASE gone;
USE gone;
DROP DATABASE gone;
SELECT current_database();
--> default
