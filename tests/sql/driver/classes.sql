-- Hive's own classes under names of one's own
CREATE TABLE numbers AS SELECT explode(array(1, 5, 3, 5)) AS x;

CREATE TEMPORARY FUNCTION f1 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFAddMonths';
SELECT f1('2020-01-31', 1);

CREATE TEMPORARY FUNCTION f2 AS 'org.apache.hadoop.hive.ql.udf.UDFJson';
SELECT f2('{"a":1}', '$.a');

CREATE TEMPORARY FUNCTION f3 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFPosMod';
SELECT f3(-7, 3);

CREATE TEMPORARY FUNCTION f4 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFStringToMap';
SELECT f4('a:1,b:2');

CREATE TEMPORARY FUNCTION f5 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFDate';
SELECT f5('2020-01-31 10:00:00');

CREATE TEMPORARY FUNCTION f6 AS 'org.apache.hadoop.hive.ql.udf.UDFToInteger';
SELECT f6('12');

CREATE TEMPORARY FUNCTION f7 AS 'org.apache.hadoop.hive.ql.udf.UDFToByte';
SELECT f7(300);

CREATE TEMPORARY FUNCTION f8 AS 'org.apache.hadoop.hive.ql.udf.UDFToLong';
SELECT f8(3.7D);

CREATE TEMPORARY FUNCTION f9 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFToDate';
SELECT f9('2020-01-31');

CREATE TEMPORARY FUNCTION f10 AS 'org.apache.hadoop.hive.ql.udf.UDFOPBitShiftRightUnsigned';
SELECT f10(-8, 60);

CREATE TEMPORARY FUNCTION f11 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFOPNull';
SELECT f11(1);

CREATE TEMPORARY FUNCTION f12 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFOPMod';
SELECT f12(7, 4);

CREATE TEMPORARY FUNCTION f13 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFOPNegative';
SELECT f13(7);

CREATE TEMPORARY FUNCTION f14 AS 'org.apache.hadoop.hive.ql.udf.xml.UDFXPathInteger';
SELECT f14('<a>1</a>', 'a');

CREATE TEMPORARY FUNCTION f15 AS 'org.apache.hadoop.hive.ql.udf.xml.GenericUDFXPath';
SELECT f15('<a><b>1</b></a>', 'a/b/text()');

CREATE TEMPORARY FUNCTION f16 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFUnion';
SELECT f16(0, 1, 'a');

CREATE TEMPORARY FUNCTION f17 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFSortArrayByField';
SELECT f17(array(struct(2), struct(1)), 'col1');

CREATE TEMPORARY FUNCTION f18 AS 'org.apache.hadoop.hive.ql.udf.UDFDayOfMonth';
SELECT f18('2020-01-31');

CREATE TEMPORARY FUNCTION f19 AS 'org.apache.hadoop.hive.ql.udf.UDFSha1';
SELECT f19('a');

CREATE TEMPORARY FUNCTION f20 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFLower';
SELECT f20('AB');

CREATE TEMPORARY FUNCTION f21 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFRegExp';
SELECT f21('ab', 'a.');

CREATE TEMPORARY FUNCTION f22 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDFNvl';
SELECT f22(NULL, 2);

CREATE TEMPORARY FUNCTION f23 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFAverage';
SELECT f23(x) FROM numbers;

CREATE TEMPORARY FUNCTION f24 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFStd';
SELECT f24(x) FROM numbers;

CREATE TEMPORARY FUNCTION f25 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFStdSample';
SELECT f25(x) FROM numbers;

CREATE TEMPORARY FUNCTION f26 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFVariance';
SELECT f26(x) FROM numbers;

CREATE TEMPORARY FUNCTION f27 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFVarianceSample';
SELECT f27(x) FROM numbers;

CREATE TEMPORARY FUNCTION f28 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFCorrelation';
SELECT f28(x, x * x) FROM numbers;

CREATE TEMPORARY FUNCTION f29 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFCovariance';
SELECT f29(x, x * x) FROM numbers;

CREATE TEMPORARY FUNCTION f30 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFCovarianceSample';
SELECT f30(x, x * x) FROM numbers;

CREATE TEMPORARY FUNCTION f31 AS 'org.apache.hadoop.hive.ql.udf.UDAFPercentile';
SELECT f31(x, 0.5) FROM numbers;

CREATE TEMPORARY FUNCTION f32 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFCollectSet';
SELECT f32(x) FROM numbers;

CREATE TEMPORARY FUNCTION f33 AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDAFCount';
SELECT f33(DISTINCT x) FROM numbers;

CREATE TEMPORARY FUNCTION rows_of AS 'org.apache.hadoop.hive.ql.udf.generic.GenericUDTFPosExplode';
SELECT p, v FROM (SELECT array('a', 'b') AS a) t LATERAL VIEW rows_of(a) r AS p, v;
SELECT rows_of(array('a', 'b'));
CREATE FUNCTION kept AS 'org.apache.hadoop.hive.ql.udf.UDFRepeat';
SELECT kept('a', 2), default.kept('b', 2);
CREATE VIEW through AS SELECT kept('c', 2) AS c;
SELECT * FROM through;
CREATE FUNCTION kept AS 'org.apache.hadoop.hive.ql.udf.UDFRepeat';
DROP FUNCTION kept;
SELECT kept('a', 2);
DROP FUNCTION IF EXISTS kept;
DROP TEMPORARY FUNCTION f1;
SELECT f1('2020-01-31', 1);
