-- LanguageManual Commands, and VariableSubstitution
SET hive.exec.parallel=true;
SET hive.exec.parallel;
--> hive.exec.parallel=true
SET no.such.setting;
--> no.such.setting is undefined
SET hivevar:day = 2024-01-01;
SET hivevar:name=day;
SELECT '${hivevar:day}', '${day}', '${hiveconf:hive.exec.parallel}', '${nothing}';
--> 2024-01-01	2024-01-01	true	${nothing}
SELECT '${${hivevar:name}}';
--> 2024-01-01
SET hivevar:day;
--> hivevar:day=2024-01-01
SET hivevar:nothing;
--> hivevar:nothing is undefined as a hive variable
SET env:PATH=x;
--! env:* variables can not be set
-- a value takes that of its variables when it is set
SET copy=${day};
SET hivevar:day=2025;
SET copy;
--> copy=2024-01-01
SET hive.variable.substitute=false;
SELECT '${day}';
--> ${day}
RESET;
SET copy;
--> copy is undefined
SELECT '${day}';
--> 2025
