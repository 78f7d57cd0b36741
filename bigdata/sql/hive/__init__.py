"""HiveQL: scripts, statements, queries and functions with Hive's meaning."""
