"""Flink SQL as text: statements and where they stand."""
