"""Functions of Hive's that Spark has not, as statements that make them: of Hive's own classes, which are among Spark's
JARs, or in SQL.

Left out are those of types that Spark has not (unions), those that Spark's Hive 2.3 answers otherwise than Hive 3
(murmur_hash, mask_hash), and ngrams and context_ngrams, whose classes Spark can't call.
"""

from __future__ import annotations

_UDF = "org.apache.hadoop.hive.ql.udf"
_CLASSES = {
    "field": "generic.GenericUDFField",
    "in_file": "generic.GenericUDFInFile",
    "index": "generic.GenericUDFIndex",
    "mask_first_n": "generic.GenericUDFMaskFirstN",
    "mask_last_n": "generic.GenericUDFMaskLastN",
    "mask_show_first_n": "generic.GenericUDFMaskShowFirstN",
    "mask_show_last_n": "generic.GenericUDFMaskShowLastN",
    "parse_url_tuple": "generic.GenericUDTFParseUrlTuple",
    "sort_array_by": "generic.GenericUDFSortArrayByField",
    **{
        f"floor_{unit}": f"UDFDateFloor{unit.capitalize()}"
        for unit in ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
    },
    **{
        f"udfto{kind}": f"UDFTo{kind.capitalize()}"
        for kind in ("boolean", "byte", "double", "float", "integer", "long", "short", "string")
    },
}
_SQL = {
    "isfalse(flag BOOLEAN) RETURNS BOOLEAN": "flag IS FALSE",
    "isnotfalse(flag BOOLEAN) RETURNS BOOLEAN": "flag IS NOT FALSE",
    "isnottrue(flag BOOLEAN) RETURNS BOOLEAN": "flag IS NOT TRUE",
    "istrue(flag BOOLEAN) RETURNS BOOLEAN": "flag IS TRUE",
    "to_epoch_milli(moment TIMESTAMP) RETURNS BIGINT": "unix_millis(moment)",
    "week(day DATE) RETURNS INT": "weekofyear(day)",
}

#: the statement for each name
STATEMENTS = {
    **{name: f"CREATE TEMPORARY FUNCTION {name} AS '{_UDF}.{java}'" for name, java in _CLASSES.items()},
    **{head.partition("(")[0]: f"CREATE TEMPORARY FUNCTION {head} RETURN {body}" for head, body in _SQL.items()},
}
