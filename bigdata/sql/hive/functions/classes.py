"""Which of Hive's functions a Java class is: scripts give these names of their own by CREATE FUNCTION.

Most classes are called as their functions are, ``GenericUDFAddMonths`` for ``add_months``.

Source: Hive's FunctionRegistry.
"""

from __future__ import annotations

import re

from bigdata.sql.hive.functions import SPECIAL, TABLE, functions

_CLASS = re.compile(r"org\.apache\.hadoop\.hive\.ql\.udf\.(?:generic\.|xml\.)?(?:Generic)?UD(?:F|AF|TF)(\w+(?:\$\w+)?)")
#: those that are called otherwise, by what follows UDF, UDAF or UDTF
_OTHERS = {
    "average": "avg",
    "correlation": "corr",
    "covariance": "covar_pop",
    "covariancesample": "covar_samp",
    "currentdb": "current_database",
    "date": "to_date",
    "epochmilli": "to_epoch_milli",
    "json": "get_json_object",
    "opbitshiftleft": "shiftleft",
    "opbitshiftright": "shiftright",
    "opbitshiftrightunsigned": "shiftrightunsigned",
    "opfalse": "isfalse",
    "opmod": "mod",
    "opnegative": "negative",
    "opnotfalse": "isnotfalse",
    "opnotnull": "isnotnull",
    "opnottrue": "isnottrue",
    "opnull": "isnull",
    "oppositive": "positive",
    "optrue": "istrue",
    "posmod": "pmod",
    "sortarraybyfield": "sort_array_by",
    "stdsample": "stddev_samp",
    "stringtomap": "str_to_map",
    "tobinary": "binary",
    "toboolean": "boolean",
    "tobyte": "tinyint",
    "todate": "date",
    "todouble": "double",
    "tofloat": "float",
    "tointeger": "int",
    "tolong": "bigint",
    "toshort": "smallint",
    "tostring": "string",
    "union": "create_union",
    "variancesample": "var_samp",
    "xpathinteger": "xpath_int",
}


def function_of(java: str) -> str | None:
    """The function that a Java class is; ``None`` for one that isn't Hive's, or can't be called by a name.

    >>> function_of("org.apache.hadoop.hive.ql.udf.generic.GenericUDFAddMonths"), function_of("com.example.Mine")
    ('add_months', None)
    """
    found = _CLASS.fullmatch(java.strip())
    if found is None:
        return None
    bare = found[1].rpartition("$")[2].lower()
    if bare.startswith("datefloor"):
        return f"floor_{bare.removeprefix('datefloor')}"
    if bare in _OTHERS:
        return _OTHERS[bare]
    return next((name for name in (*functions(), *SPECIAL, *TABLE) if name.replace("_", "") == bare), None)
