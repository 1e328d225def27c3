"""Words of Flink SQL that completion offers."""

from __future__ import annotations

STATEMENTS = ("SELECT", "EXPLAIN", "DESCRIBE", "SHOW", "INSERT INTO", "CREATE", "SET", "RESET", "USE", "DROP", "WITH")
CLAUSES = (
    *(
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP BY",
        "HAVING",
        "ORDER BY",
        "LIMIT",
        "AS",
        "AND",
        "OR",
        "NOT",
        "IN",
        "LIKE",
        "IS",
    ),
    *("NULL", "BETWEEN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "DISTINCT", "COUNT", "AVG", "SUM"),
    *("MIN", "MAX", "JOIN", "LEFT JOIN", "ON", "UNION ALL", "TABLE", "TUMBLE", "HOP", "CUMULATE", "SESSION"),
    *(
        "DESCRIPTOR",
        "INTERVAL",
        "SECOND",
        "MINUTE",
        "HOUR",
        "DAY",
        "OVER",
        "PARTITION BY",
        "RANGE",
        "ROWS",
        "PRECEDING",
    ),
    *("CURRENT ROW", "FOR SYSTEM_TIME AS OF", "VALUES", "LATERAL", "ON CONFLICT DO DEDUPLICATE", "TRUE", "FALSE"),
)
SHOWN = (
    "TABLES",
    "VIEWS",
    "FUNCTIONS",
    "USER FUNCTIONS",
    "CREATE TABLE",
    "CREATE VIEW",
    "JOBS",
    "CATALOGS",
    "DATABASES",
)
# What follows one of these words is the name of a table.
BEFORE_TABLES = frozenset({"FROM", "JOIN", "INTO", "TABLE", "DESCRIBE", "DESC", "VIEW"})
