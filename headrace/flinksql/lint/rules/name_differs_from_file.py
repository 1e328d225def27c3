"""`name-differs-from-file`: a file that is called otherwise than what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import created_kind, created_name, name_node
from headrace.project import CATALOG_FOLDERS


class NameDiffersFromFile(Rule):
    """A file's name differs from what is in it.

    A feature, table, view or function is found by the name of its file.

    Remedy: Give both the same name.
    """

    wrong = "catalog/views/scored.sql: CREATE VIEW scored_comments AS …"
    right = "catalog/views/scored_comments.sql: CREATE VIEW scored_comments AS …"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for file in project.of_kind(*CATALOG_FOLDERS):
            for each in file.statements:
                if each.tree is None or not created_kind(each.tree):
                    continue
                name = created_name(each.tree)
                if name and name != file.stem:
                    remedy = f"Call the file {name}.sql, or what is in it {file.stem}."
                    yield self.at(file, each.statement, name_node(each.tree), f"{name} is in {file.name}", remedy)
        for query in project.inserts:
            if query.file.kind == "job" and query.name and query.name != query.file.stem:
                remedy = f"Call the file {query.name}.sql: a feature's file has the name of its table."
                yield self.of(query, query.tree.this, f"{query.name} is written by {query.file.name}", remedy)
