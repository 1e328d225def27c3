"""Exchanges the connectors of catalog tables: a case's messages and files take the place of Kafka and Redis.

The tables are created by the project's own DDL and altered in the catalog, as Flink's objects. So no SQL is rewritten,
and every column, expression, watermark and key is the one that Flink understood; a source keeps its format and its
metadata too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyflink.java_gateway import get_gateway

from headrace.testing.case import Row, read_lines
from headrace.testing.problems import CaseError

CASE_CONNECTOR = "headrace-case"


@dataclass(frozen=True)
class Column:
    """A column that is not computed: its name, its type as Flink writes it."""

    name: str
    type: str


class TestTable:
    """One table of the catalog, as its DDL made it, and the folder of its stand-in."""

    __test__ = False  # not a test class, whatever its name

    def __init__(self, catalog: Any, path: Any, folder: Path) -> None:
        self._catalog, self._path = catalog, path
        table = catalog.getTable(path)
        self.name: str = path.getObjectName()
        self.folder: Path = folder / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self._schema = table.getUnresolvedSchema()
        self.options: dict[str, str] = dict(table.getOptions())
        columns = list(table.getResolvedSchema().getColumns())
        self.columns = [_column(column) for column in columns if column.isPersisted() or _is_metadata(column)]
        key = table.getResolvedSchema().getPrimaryKey()
        self.key: list[str] = list(key.get().getColumns()) if key.isPresent() else []

    @property
    def is_redis(self) -> bool:
        """Whether its DDL names the Redis connector."""
        return self.options.get("connector") == "redis"

    @property
    def fails_on_text(self) -> bool:
        """Whether a message that is not JSON ends the job that reads it."""
        format_ = self.options.get("value.format", self.options.get("format", ""))
        ignores = {value for name, value in self.options.items() if name.endswith("json.ignore-parse-errors")}
        return format_ == "json" and ignores != {"true"}

    def read_case(self) -> None:
        """Makes it a source of a case's messages.

        Raises:
            CaseError: its format is one that a case cannot stand for.
        """
        format_ = self.options.get("value.format", self.options.get("format", "json"))
        if "key.format" in self.options or self.options.get("connector") == "upsert-kafka":
            raise CaseError(
                f"table {self.name}: it reads the keys of its messages, and a case's messages have none. Read what you "
                "need from the value."
            )
        own = {name.removeprefix("value."): value for name, value in self.options.items()}
        of_format = {name: value for name, value in own.items() if name.startswith(f"{format_}.")}
        options = {**of_format, "connector": CASE_CONNECTOR, "format": format_, "path": str(self._script)}
        schema = self._api().api.Schema.newBuilder().fromSchema(self._schema).build()
        self._catalog.alterTable(self._path, self._table_of(schema, options), False)

    def write_script(self, text: str) -> None:
        """Puts the script of a case where `read_case` lets the source look for it."""
        self._script.write_text(text, encoding="utf-8")

    def write_files(self, changes: bool = False) -> None:
        """Makes it a sink of JSON files.

        Args:
            changes: whether rows may be changed and removed again; with a primary key they always may.
        """
        # The file sink's plain JSON is for rows that are only added; maxwell-json takes changes too.
        self._alter(self._json_files("maxwell-json" if self.key or changes else "json"))

    def plan_as_upsert_sink(self) -> None:
        """Makes it a Redis table that is nowhere: what a plan needs to know of a sink that takes upserts by key.

        Flink's file sink takes no upserts, so the planner would refuse ON CONFLICT. A compiled plan, though, names
        its tables and finds them again when it is executed; by then they are files.
        """
        self.read_redis("redis://127.0.0.1:6379/0")

    def read_redis(self, url: str, more: Mapping[str, str] | None = None) -> None:
        """Leaves it, or makes it, a Redis table, at another address."""
        options = {name: value for name, value in self.options.items() if self.is_redis and "${" not in value}
        self._alter({**options, "connector": "redis", "url": url, **(more or {})})

    def insert_rows_statement(self) -> str:
        """The statement that copies the rows of `write_rows` into the Redis table."""
        self._create_rows_table()
        conflict = " ON CONFLICT DO DEDUPLICATE" if self.key else ""
        return f"INSERT INTO `{self.name}` ({self._names}) SELECT {self._names} FROM `{self.name}_rows`{conflict}"  # noqa: S608

    def copy_rows_statement(self) -> str:
        """The statement that copies the rows of the Redis table to where `copied_rows` finds them."""
        self._create_rows_table()
        return f"INSERT INTO `{self.name}_rows` ({self._names}) SELECT {self._names} FROM `{self.name}`"  # noqa: S608

    def copied_rows(self) -> list[str]:
        """The rows, each as JSON."""
        return sorted(line for file in self.folder.glob("part-*") for line in read_lines(file))

    def write_rows(self, lines: list[str]) -> None:
        """Puts rows, one JSON object each, where the statement reads them."""
        (self.folder / "rows.json").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def read(self) -> list[Row]:
        """The rows that were written: of a table with a primary key the last one of each key."""
        rows: dict[Any, Row] = {}
        for number, entry in enumerate(self._written()):
            if not self.key:
                rows[number] = self._readable(entry)
                continue
            row = self._readable(entry["data"])
            key = tuple(row[column] for column in self.key)
            rows.pop(key, None)
            if entry["type"] != "delete":
                rows[key] = row
        return list(rows.values())

    def read_changes(self) -> list[Row]:
        """Each row that a table with changes has ever had."""
        return [self._readable(entry["data"]) for entry in self._written() if entry["type"] != "delete"]

    def _written(self) -> list[dict[str, Any]]:
        files = sorted(self.folder.glob("part-*"), key=lambda file: int(file.name.rsplit("-", 1)[1]))
        return [json.loads(line) for file in files for line in read_lines(file)]

    def clear(self) -> None:
        """Removes its files."""
        for file in self.folder.rglob("*"):
            if file.is_file():
                file.unlink()

    def _create_rows_table(self) -> None:
        path = self._api().catalog.ObjectPath("default", f"{self.name}_rows")
        if not self._catalog.tableExists(path):
            schema = self._api().api.Schema.newBuilder()
            for column in self.columns:
                schema.column(column.name, column.type)
            self._catalog.createTable(path, self._table_of(schema.build(), self._json_files("json")), False)

    @property
    def _names(self) -> str:
        return ", ".join(f"`{column.name}`" for column in self.columns)

    @property
    def _script(self) -> Path:
        return self.folder / "script.jsonl"

    def _json_files(self, format_: str) -> dict[str, str]:
        own = {name: value for name, value in self.options.items() if name.startswith("json.")}
        return {
            **{f"{format_}.{name.removeprefix('json.')}": value for name, value in own.items()},
            "connector": "filesystem",
            "path": self.folder.as_uri(),
            "format": format_,
            f"{format_}.timestamp-format.standard": "ISO-8601",
        }

    def _readable(self, row: Row) -> Row:
        """The row with its bytes as text; files hold them in Base64."""
        types = {column.name: column.type for column in self.columns}
        return {name: _text_of_bytes(value) if "BINARY" in types[name] else value for name, value in row.items()}

    def _alter(self, options: dict[str, str]) -> None:
        self._catalog.alterTable(self._path, self._table_of(self._plain_schema(), options), False)

    def _plain_schema(self) -> Any:
        """Its schema with metadata as columns like any other: those of a file's rows."""
        schema = self._api().api.Schema.newBuilder()
        for column in self._schema.getColumns():
            if column.getClass().getSimpleName() == "UnresolvedComputedColumn":
                schema.columnByExpression(column.getName(), column.getExpression())
            else:
                schema.column(column.getName(), column.getDataType())
        for watermark in self._schema.getWatermarkSpecs():
            schema.watermark(watermark.getColumnName(), watermark.getWatermarkExpression())
        if self.key:
            schema.primaryKey(self.key)
        return schema.build()

    def _table_of(self, schema: Any, options: dict[str, str]) -> Any:
        return self._api().catalog.CatalogTable.newBuilder().schema(schema).options(options).build()

    @staticmethod
    def _api() -> Any:
        return get_gateway().jvm.org.apache.flink.table


def _is_metadata(column: Any) -> bool:
    return bool(column.getClass().getSimpleName() == "MetadataColumn")


def _column(column: Any) -> Column:
    type_ = column.getDataType().getLogicalType().asSerializableString()
    return Column(column.getName(), type_)


def _text_of_bytes(value: Any) -> Any:
    if isinstance(value, str):
        return base64.b64decode(value).decode("utf-8")
    if isinstance(value, dict):
        return {name: _text_of_bytes(inner) for name, inner in value.items()}
    return [_text_of_bytes(inner) for inner in value] if isinstance(value, list) else value
