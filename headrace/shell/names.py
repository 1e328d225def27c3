"""The names that a session knows: tables with their columns, and functions."""

from __future__ import annotations

import contextlib
import re
import threading

from headrace.errors import GatewayError
from headrace.sql_gateway.client import Column, GatewaySession


class CatalogNames:
    """Names as the gateway tells them, remembered until something may have changed them.

    Completion asks from another thread than statements do, so each access takes a lock.

    Args:
        session: is asked for them.
    """

    def __init__(self, session: GatewaySession) -> None:
        self._session = session
        self._lock = threading.RLock()
        self._tables: tuple[str, ...] | None = None
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._user_functions: tuple[str, ...] | None = None
        self._all_functions: tuple[str, ...] | None = None

    def forget(self, session: GatewaySession) -> None:
        """Asks again next time.

        Args:
            session: is asked from now on: one that has temporary views, or another database, knows other names.
        """
        with self._lock:
            self._session = session
            self._tables = self._user_functions = None
            self._columns.clear()

    def load_soon(self) -> None:
        """Asks for names and columns now, in a thread of its own, so that completion does not wait."""
        threading.Thread(target=self._load, name="names", daemon=True).start()

    def tables(self) -> tuple[str, ...]:
        """Tables and views."""
        with self._lock:
            if self._tables is None:
                self._tables = tuple(str(row[0]) for row in self._rows("SHOW TABLES"))
            return self._tables

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table or view; none if there is no such table."""
        with self._lock:
            if table not in self._columns and table in self.tables():
                rows = self._rows(f"DESCRIBE `{table}`")
                self._columns[table] = tuple(Column(str(row[0]), str(row[1]).split(" *")[0]) for row in rows)
            return self._columns.get(table, ())

    def is_column(self, name: str, statement: str = "") -> bool:
        """Whether a table or view has such a column; those that a statement mentions are asked first."""
        mentioned = set(re.findall(r"\w+", statement))
        tables = sorted(self.tables(), key=lambda table: table not in mentioned)
        return any(name == column.name for table in tables for column in self.columns(table))

    def user_functions(self) -> tuple[str, ...]:
        """Those that the project and its users have created."""
        with self._lock:
            if self._user_functions is None:
                self._user_functions = tuple(str(row[0]) for row in self._rows("SHOW USER FUNCTIONS"))
            return self._user_functions

    def all_functions(self) -> tuple[str, ...]:
        """Flink's own ones, too."""
        with self._lock:
            if self._all_functions is None:
                names = {str(row[0]) for row in self._rows("SHOW FUNCTIONS")}
                self._all_functions = tuple(sorted(name for name in names if name.isidentifier()))
            return tuple(sorted({*self._all_functions, *self.user_functions()}))

    def _rows(self, statement: str) -> list[tuple[object, ...]]:
        # A table that was dropped meanwhile, a gateway that is away: nothing to complete.
        with contextlib.suppress(GatewayError):
            return self._session.rows(statement)
        return []

    def _load(self) -> None:
        self.all_functions()
        for table in self.tables():
            self.columns(table)
