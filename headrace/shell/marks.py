"""What the lint rules say of a statement before it is sent."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from headrace.errors import HeadraceError

if TYPE_CHECKING:
    from headrace.flinksql.lint.finding import Finding

# Of the rules for features, those that count for a question too: what Flink refuses, and a model that runs twice.
ALSO = frozenset({"model-called-twice"})
# The shell says it itself, when Flink's parser has refused the statement.
TOLD_ANYWAY = frozenset({"syntax"})
UNKNOWN_TABLE = "unknown-table"


class Marks:
    """The rules, and the project's files that they read.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._loaded = threading.Event()

    def load_soon(self) -> None:
        """Reads rules and functions, in a thread of its own: the signatures of Python functions take seconds."""
        threading.Thread(target=self._load, name="lint", daemon=True).start()

    def findings(self, statement: str, tables: Collection[str], wait: bool) -> list[Finding]:
        """What the rules find in a statement.

        Args:
            statement: one.
            tables: that the session knows; one that no file has is somebody's own, and the rules know nothing of it.
            wait: for the rules to be read; else there are no findings yet.
        """
        if not wait and not self._loaded.is_set():
            return []
        with tempfile.TemporaryDirectory(prefix="headrace-sql-") as folder:
            file = Path(folder) / "statement.sql"
            file.write_text(f"{statement};\n", encoding="utf-8")
            try:
                found = self._check(file)
            except HeadraceError:  # a file of the project is wrong: that is `headrace lint`'s to tell
                return []
        others = {
            name for finding in found if finding.rule == UNKNOWN_TABLE for name in re.findall(r"\w+", finding.fact)
        }
        return [] if others & set(tables) else found

    def _check(self, file: Path) -> list[Finding]:
        from headrace.flinksql.lint.project import LintProject
        from headrace.flinksql.lint.rule import all_rules

        project = LintProject(self._root, [file])
        rules = [
            rule for rule in all_rules() if (rule.flink_refuses or rule.name in ALSO) and rule.name not in TOLD_ANYWAY
        ]
        return sorted(finding for rule in rules for finding in rule.check(project) if finding.file.endswith(file.name))

    def _load(self) -> None:
        self.findings("SELECT 1", (), wait=True)
        self._loaded.set()
