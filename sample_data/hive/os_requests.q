-- Requests by operating system between two dates of 2014, from CloudFront's access log.
--
--     bigdata hive -f sample_data/hive/os_requests.q -d INPUT=sample_data -d OUTPUT=out
--
-- Source: "Tutorial: Getting started with Amazon EMR", Amazon EMR Management Guide, script Hive_CloudFront.q.
-- jobs/cloudfront_os.py counts the same by MapReduce.

-- The lines stay where they are; a regular expression takes them apart. One that it doesn't match is a row of NULLs.
CREATE EXTERNAL TABLE IF NOT EXISTS cloudfront_logs (
  DateObject Date,
  Time STRING,
  Location STRING,
  Bytes INT,
  RequestIP STRING,
  Method STRING,
  Host STRING,
  Uri STRING,
  Status INT,
  Referrer STRING,
  OS String,
  Browser String,
  BrowserVersion String
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  "input.regex" = "^(?!#)([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+[^\(]+[\(]([^\;]+).*\%20([^\/]+)[\/](.*)$"
)
LOCATION '${INPUT}/cloudfront';

-- BETWEEN includes both dates.
INSERT OVERWRITE DIRECTORY '${OUTPUT}/os_requests/'
SELECT os, COUNT(*) count
FROM cloudfront_logs
WHERE dateobject BETWEEN '2014-07-05' AND '2014-08-05'
GROUP BY os;
