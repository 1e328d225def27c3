"""Headrace: Paddle models as Flink SQL functions, features in Redis."""
