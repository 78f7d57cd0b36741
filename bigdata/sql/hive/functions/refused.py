"""The functions of Hive 3.1 that can't be here, each with the reason.

Source: Hive's FunctionRegistry.
"""

from __future__ import annotations

from bigdata.sql.hive.from_clause import PARTITIONED

_JAVA = "it calls Java, and no Java runs here. Register a Python function instead."
_INTERNAL = "Hive's optimiser alone writes it, and it is never in a script."
_LLAP = "it reads the splits of an LLAP cluster."

REFUSED = {
    "$sum0": _INTERNAL,
    "assert_true_oom": _INTERNAL,
    "bloom_filter": _INTERNAL,
    "bucket_number": _INTERNAL,
    "cardinality_violation": _INTERNAL,
    "compute_stats": "ANALYZE TABLE writes it, and statistics are not kept.",
    "current_authorizer": "there are no users with rights.",
    "current_groups": "there are no groups of users.",
    "datetime_legacy_hybrid_calendar": "dates follow one calendar here, the Gregorian one.",
    "enforce_constraint": _INTERNAL,
    "get_llap_splits": _LLAP,
    "get_splits": _LLAP,
    "in_bloom_filter": _INTERNAL,
    "internal_interval": "write INTERVAL (n) DAY.",
    "java_method": _JAVA,
    **{name: f"it takes rows. Write FROM {name}(ON t PARTITION BY a ORDER BY b)." for name in PARTITIONED},
    "reflect": _JAVA,
    "reflect2": _JAVA,
    "replicate_rows": _INTERNAL,
    "restrict_information_schema": "there are no users with rights.",
    "sq_count_check": _INTERNAL,
    "surrogate_key": "it numbers the rows of ACID tables, which are not here.",
    "tumbling_window": "it is for Druid's streams; write floor(unix_timestamp(t) / n).",
    "windowingtablefunction": _INTERNAL,
}
