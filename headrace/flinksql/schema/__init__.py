"""What a project's tables, views and functions are, and what the names of a query stand for."""

from headrace.flinksql.schema.objects import Column, PythonFunction, Table, View, Watermark
from headrace.flinksql.schema.project_schema import Parsed, ProjectSchema, parsed
from headrace.flinksql.schema.relations import Origin, Reference, Relation, RelationColumn, Resolution
from headrace.flinksql.schema.types import FlinkType, read_type

__all__ = [
    "Column",
    "FlinkType",
    "Origin",
    "Parsed",
    "ProjectSchema",
    "PythonFunction",
    "Reference",
    "Relation",
    "RelationColumn",
    "Resolution",
    "Table",
    "View",
    "Watermark",
    "parsed",
    "read_type",
]
