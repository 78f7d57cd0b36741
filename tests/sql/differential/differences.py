"""Where Spark's answer isn't Hive's, so that the grammar leaves it out: what each prints, and Hive's rule.

Hive's answers are tested on DuckDB and Spark's on Spark; one that is a difference no more says so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Expressions on which Hive and Spark differ, and what they print for them.

    :param rule: Hive's, by the class or the page of its manual that says so
    """

    expressions: str
    hive: str
    spark: str
    rule: str


DIFFERENCES = [
    Difference(
        "map_keys(if(x > 5, map('a', 1), NULL)), map_values(if(x > 5, map('a', 1), NULL))",
        "[]\t[]",
        "NULL\tNULL",
        "GenericUDFMapKeys, GenericUDFMapValues: a list without members for NULL",
    ),
    Difference(
        "CAST(TRUE AS string)",
        "TRUE",
        "true",
        "UDFToString: a boolean is TRUE or FALSE",
    ),
    Difference(
        "CAST('yes' AS boolean), CAST('x' AS boolean)",
        "true\ttrue",
        "true\tNULL",
        "PrimitiveObjectInspectorUtils: text is true unless it is empty, false, no, off or 0",
    ),
    Difference(
        "CAST('nan' AS double)",
        "NULL",
        "NaN",
        "UDFToDouble: what Java's Double.parseDouble reads, which is NaN in these letters only",
    ),
    Difference(
        "CAST('été' AS varchar(1))",
        "é",
        "été",
        "LanguageManual Types: a varchar is cut to its length",
    ),
    Difference(
        "CAST('2019-13-40' AS date)",
        "2020-02-09",
        "NULL",
        "o.a.h.hive.common.type.Date: months and days may run over",
    ),
    Difference(
        "CAST('2020-01-01' AS date) + INTERVAL '1' DAY",
        "2020-01-02 00:00:00",
        "2020-01-02",
        "GenericUDFOPDTIPlus: a date and a day-to-second interval make a timestamp",
    ),
    Difference(
        "add_months('2020-02-29', 1)",
        "2020-03-31",
        "2020-03-29",
        "GenericUDFAddMonths: the last day of a month stays the last",
    ),
    Difference(
        "trunc('2020-05-17', 'Q')",
        "2020-04-01",
        "NULL",
        "GenericUDFTrunc: Q and QUARTER are formats of a date",
    ),
    Difference(
        "abs(CAST(-32768 AS smallint))",
        "32768",
        "-32768",
        "GenericUDFAbs: that of a tinyint or a smallint is an int",
    ),
    Difference(
        "pmod(7, -3)",
        "-2",
        "1",
        "GenericUDFPosMod: ((a % n) + n) % n",
    ),
    Difference(
        "sqrt(-1D)",
        "NULL",
        "NaN",
        "UDFSqrt: a negative number has none",
    ),
    Difference(
        "greatest(1, NULL, 3), least(2, NULL)",
        "NULL\tNULL",
        "3\t2",
        "GenericUDFGreatest: NULL if one is NULL",
    ),
    Difference(
        "array_contains(array(1, 2), CAST(NULL AS int))",
        "false",
        "NULL",
        "GenericUDFArrayContains: no array contains NULL",
    ),
    Difference(
        "ascii('é')",
        "-61",
        "233",
        "UDFAscii: the first byte of the text in UTF-8, which is signed in Java",
    ),
    Difference(
        "concat_ws('-', array('x', CAST(NULL AS string)))",
        "x-null",
        "x",
        "GenericUDFConcatWS: NULL in an array is appended as Java writes it",
    ),
    Difference(
        "hash('a', 1)",
        "3008",
        "532252686",
        "ObjectInspectorUtils.getBucketHashCode: Java's hash codes, each time 31 times what was before",
    ),
    Difference(
        "locate('', 'abc', 9)",
        "0",
        "1",
        "GenericUDFUtils.findText: beyond the end there is nothing to find",
    ),
    Difference(
        "lpad('abc', 5, '')",
        "NULL",
        "abc",
        "LanguageManual UDF: NULL if there is nothing to pad with",
    ),
    Difference(
        "parse_url('http://h.org/p?a b', 'HOST')",
        "h.org",
        "NULL",
        "UDFParseUrl: java.net.URL, which takes a blank",
    ),
    Difference(
        "3 BETWEEN CAST(NULL AS int) AND 2",
        "NULL",
        "false",
        "Hive 3.1.3's driver: NULL where the lower bound gives no answer",
    ),
    Difference(
        "soundex('2 cents')",
        "C532",
        "2 cents",
        "GenericUDFSoundex: commons-codec's Soundex, which skips what is no letter",
    ),
    Difference(
        "substr('a', -2, 2)",
        "",
        "a",
        "UDFSubstr: empty if it would begin before the text",
    ),
    Difference(
        "percentile(3 * x, 0.1)",
        "3.3000000000000003",
        "3.3",
        "UDAFPercentile: 0.9 * 3 + 0.1 * 6, to the last bit",
    ),
]
