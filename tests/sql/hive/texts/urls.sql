-- LanguageManual UDF, parse_url
SELECT parse_url('http://facebook.com/path1/p.php?k1=v1&k2=v2#Ref1', 'HOST'), parse_url('http://facebook.com/path1/p.php?k1=v1&k2=v2#Ref1', 'QUERY', 'k1');
--> facebook.com	v1
-- Hive's own examples, in DESCRIBE FUNCTION EXTENDED
SELECT parse_url('http://facebook.com/path/p1.php?query=1', 'HOST'), parse_url('http://facebook.com/path/p1.php?query=1', 'QUERY'), parse_url('http://facebook.com/path/p1.php?query=1', 'QUERY', 'query');
--> facebook.com	query=1	1

-- java.net.URL
SELECT parse_url_tuple('http://u:p@h.org:80/a/b?x=1&y=2#top', 'PROTOCOL', 'AUTHORITY', 'USERINFO', 'HOST', 'PATH', 'FILE', 'REF', 'QUERY:y', 'QUERY:z') AS (a, b, c, d, e, f, g, h, i);
--> http	u:p@h.org:80	u:p	h.org	/a/b	/a/b?x=1&y=2	top	2	NULL
SELECT parse_url('http://h', 'PATH'), parse_url('http://h', 'QUERY'), parse_url('h/p', 'HOST'), parse_url('http://h/', 'host'), parse_url('foo://h/', 'HOST'), parse_url(NULL, 'HOST');
--> 	NULL	NULL	NULL	NULL	NULL
SELECT parse_url_tuple(NULL, 'HOST') AS (h);
--> NULL
SELECT host, id FROM (SELECT 'http://h/?id=7' url) t LATERAL VIEW parse_url_tuple(url, 'HOST', 'QUERY:id') u AS host, id;
--> h	7
-- seen in Hive 3.1.3: what stands in brackets is an address of IPv6
SELECT parse_url('http://[1]/a', 'PATH'), parse_url('http://[::1%eth0]:80/a', 'HOST'), parse_url('http://[12345::1]/b', 'PATH');
--> NULL	[::1%eth0]	NULL
