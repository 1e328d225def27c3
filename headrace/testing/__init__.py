"""Tests of SQL: a case is a folder of rows, run on a Flink mini cluster with the project's own statements."""
