"""Exchanges the connectors of catalog tables: files take the place of Kafka and Redis.

The tables are created by the project's own DDL and altered in the catalog, as Flink's objects. So no SQL is rewritten,
and every column, expression, watermark and key is the one that Flink understood.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyflink.java_gateway import get_gateway

from headrace.testing.case import CaseError, CaseSettings, Row

# What Kafka says of a message, for the one partition that a case's file stands for.
_METADATA: dict[str, Callable[[str, int, CaseSettings], Any]] = {
    "topic": lambda table, offset, settings: table,
    "partition": lambda table, offset, settings: 0,
    "offset": lambda table, offset, settings: offset,
    "timestamp": lambda table, offset, settings: settings.start.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    "timestamp-type": lambda table, offset, settings: "CreateTime",
}


@dataclass(frozen=True)
class Column:
    """A column that is not computed.

    Attributes:
        name: its name.
        type: its type as Flink writes it.
        metadata: the key of the metadata that it holds, None for a column of the message itself.
    """

    name: str
    type: str
    metadata: str | None


class TestTable:
    """One table of the catalog, as its DDL made it, and the folder of its file stand-in."""

    __test__ = False  # not a test class, whatever its name

    def __init__(self, catalog: Any, path: Any, folder: Path) -> None:
        self._catalog, self._path = catalog, path
        table = catalog.getTable(path)
        self.name: str = path.getObjectName()
        self.folder = folder / self.name
        self._schema = table.getUnresolvedSchema()
        self._options: dict[str, str] = dict(table.getOptions())
        columns = list(table.getResolvedSchema().getColumns())
        self.columns = [_column(column) for column in columns if column.isPersisted() or _is_metadata(column)]
        key = table.getResolvedSchema().getPrimaryKey()
        self.key: list[str] = list(key.get().getColumns()) if key.isPresent() else []

    def read_and_write_files(self) -> None:
        """Makes it a table of JSON files. With a primary key, each row says whether it is an upsert or a deletion."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # The file sink's plain JSON is for rows that are only added; maxwell-json takes changes too.
        format_ = "maxwell-json" if self.key else "json"
        json_options = {f"{format_}.{name}": value for name, value in self._format_options().items()}
        self._alter(
            {
                **json_options,
                "connector": "filesystem",
                "path": self.folder.as_uri(),
                "format": format_,
                f"{format_}.timestamp-format.standard": "ISO-8601",
            }
        )

    def plan_as_upsert_sink(self) -> None:
        """Makes it a Redis table that is nowhere: what a plan needs to know of a sink that takes upserts by key.

        Flink's file sink takes no upserts, so the planner would refuse ON CONFLICT. A compiled plan, though, names
        its tables and finds them again when it is executed; by then they are files.
        """
        is_redis = self._options.get("connector") == "redis"
        options = {name: value for name, value in self._options.items() if is_redis and "${" not in value}
        self._alter({**options, "connector": "redis", "url": "redis://127.0.0.1:6379/0"})

    def read_redis(self, url: str) -> None:
        """Leaves it a Redis table, in a Redis of the test's, with a table of files beside it for the rows that it has.

        Flink has no lookup into files; so a table that is looked up in has its own connector.
        """
        own = {name: value for name, value in self._options.items() if "${" not in value}
        self._alter({**own, "url": url})
        if not self._catalog.tableExists(self._rows_path):
            self.folder.mkdir(parents=True, exist_ok=True)
            options = {"connector": "filesystem", "path": self.folder.as_uri(), "format": "json"}
            options["json.timestamp-format.standard"] = "ISO-8601"
            self._catalog.createTable(self._rows_path, self._table(options), False)

    def insert_statement(self) -> str:
        """The statement that copies the rows of the file into the Redis table."""
        columns = ", ".join(f"`{column.name}`" for column in self.columns)
        conflict = " ON CONFLICT DO DEDUPLICATE" if self.key else ""
        rows = self._rows_path.getObjectName()
        return f"INSERT INTO `{self.name}` ({columns}) SELECT {columns} FROM `{rows}`{conflict}"  # noqa: S608

    def write_rows(self, lines: list[str]) -> None:
        """Puts rows, one JSON object each, into the file that `insert_statement` reads."""
        (self.folder / "rows.json").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def write(self, lines: list[str], settings: CaseSettings) -> None:
        """Puts messages into the table, in this order.

        Raises:
            CaseError: the table's format or metadata is one that a file cannot stand for.
        """
        with (self.folder / "messages.json").open("w", encoding="utf-8") as out:
            for offset, line in enumerate(lines):
                out.write(self._message(offset, line, settings) + "\n")

    def read(self) -> list[Row]:
        """The rows that were written: of a table with a primary key the last one of each key."""
        rows: dict[Any, Row] = {}
        files = sorted(self.folder.glob("part-*"), key=lambda file: int(file.name.rsplit("-", 1)[1]))
        lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n") if line]
        for number, line in enumerate(lines):
            entry = json.loads(line)
            if not self.key:
                rows[number] = self._readable(entry)
                continue
            row = self._readable(entry["data"])
            key = tuple(row[column] for column in self.key)
            rows.pop(key, None)
            if entry["type"] != "delete":
                rows[key] = row
        return list(rows.values())

    def clear(self) -> None:
        """Removes its files."""
        for file in self.folder.rglob("*"):
            if file.is_file():
                file.unlink()

    def _message(self, offset: int, line: str, settings: CaseSettings) -> str:
        metadata = {c.name: self._metadata(c, offset, settings) for c in self.columns if c.metadata}
        format_ = self._options.get("format", self._options.get("value.format"))
        if format_ == "raw":
            [payload] = [column.name for column in self.columns if not column.metadata]
            # The `raw` format reads an empty message as NULL.
            return json.dumps({payload: line or None, **metadata}, ensure_ascii=False)
        if format_ == "json":
            try:
                return json.dumps({**json.loads(line), **metadata}, ensure_ascii=False)
            except (json.JSONDecodeError, TypeError):
                return line
        raise CaseError(
            f"table {self.name}: its format is {format_!r}, and cases know 'raw' and 'json'. "
            "Use one of them, or teach headrace/testing/tables.py another."
        )

    def _metadata(self, column: Column, offset: int, settings: CaseSettings) -> Any:
        if column.metadata not in _METADATA:
            raise CaseError(
                f"table {self.name}: column {column.name} holds the metadata '{column.metadata}', and cases know "
                f"{', '.join(_METADATA)}. Teach headrace/testing/tables.py another."
            )
        return _METADATA[column.metadata](self.name, offset, settings)

    def _readable(self, row: Row) -> Row:
        """The row with its bytes as text; files hold them in Base64."""
        types = {column.name: column.type for column in self.columns}
        return {name: _text_of_bytes(value) if "BINARY" in types[name] else value for name, value in row.items()}

    def _format_options(self) -> dict[str, str]:
        return {name.removeprefix("json."): value for name, value in self._options.items() if name.startswith("json.")}

    @property
    def _rows_path(self) -> Any:
        return get_gateway().jvm.org.apache.flink.table.catalog.ObjectPath("default", f"{self.name}_rows")

    def _alter(self, options: dict[str, str]) -> None:
        self._catalog.alterTable(self._path, self._table(options), False)

    def _table(self, options: dict[str, str]) -> Any:
        """The table as Flink's object, with other options."""
        api = get_gateway().jvm.org.apache.flink.table
        schema = api.api.Schema.newBuilder()
        for column in self._schema.getColumns():
            if column.getClass().getSimpleName() == "UnresolvedComputedColumn":
                schema.columnByExpression(column.getName(), column.getExpression())
            else:  # metadata is a field of the file's rows like any other
                schema.column(column.getName(), column.getDataType())
        for watermark in self._schema.getWatermarkSpecs():
            schema.watermark(watermark.getColumnName(), watermark.getWatermarkExpression())
        if self.key:
            schema.primaryKey(self.key)
        return api.catalog.CatalogTable.newBuilder().schema(schema.build()).options(options).build()


def _is_metadata(column: Any) -> bool:
    return bool(column.getClass().getSimpleName() == "MetadataColumn")


def _column(column: Any) -> Column:
    metadata = column.getMetadataKey().orElse(column.getName()) if _is_metadata(column) else None
    return Column(column.getName(), column.getDataType().getLogicalType().asSerializableString(), metadata)


def _text_of_bytes(value: Any) -> Any:
    if isinstance(value, str):
        return base64.b64decode(value).decode("utf-8")
    if isinstance(value, dict):
        return {name: _text_of_bytes(inner) for name, inner in value.items()}
    return [_text_of_bytes(inner) for inner in value] if isinstance(value, list) else value
