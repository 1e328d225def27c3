"""Logs as JSON lines: one object a line, fields of the Elastic Common Schema (ECS), names joined by dots.

fields: what every line has; relay: the process that lets nothing but such lines through; formatter: Python's own
records; labels: what a record is about. Flink's processes write theirs by flink/conf/log4j-console-json.properties.
https://www.elastic.co/docs/reference/ecs
"""
