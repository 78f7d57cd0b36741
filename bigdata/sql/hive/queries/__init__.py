"""Queries of Hive as SQL for DuckDB: names resolved, types known, Hive's meaning put into the text.

compiler.py         what a statement's parts share: catalogue, settings, what the SQL reads
scope.py            which names an expression sees
expressions.py      an expression as :class:`~bigdata.sql.hive.functions.rules.Typed`
windows.py          OVER
relations.py        what stands after FROM: tables, views, subqueries, joins, lateral views, samples
pushdown.py         conditions on a subquery's columns, taken into it
samples.py          TABLESAMPLE
partitioned.py      functions of partitioned tables: noop and its kin, matchpath
unique_joins.py     UNIQUEJOIN
ordering.py         ORDER BY and its kin, LIMIT
grouping.py         GROUP BY with ROLLUP, CUBE, GROUPING SETS
table_functions.py  explode and its kin in a SELECT list
selects.py          SELECT: its list, GROUP BY, windows, ORDER BY, UNION
transform.py        rows through a script: TRANSFORM, MAP, REDUCE
"""
