"""Flink SQL as text: statements and where they stand. To import it registers sqlglot's dialect `flink`."""

from headrace.flinksql import dialect as dialect
