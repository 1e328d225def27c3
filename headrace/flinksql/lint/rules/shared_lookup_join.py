"""`shared-lookup-join`: a lookup join that several features of a job share."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.rule import Rule


class SharedLookupJoin(Rule):
    """Several features of a job read a view with a lookup join.

    Flink 2.3 does not plan a lookup join that two INSERTs of one job share.

    Remedy: Give the features jobs of their own, or let each INSERT look up for itself.
    """

    wrong = "sql/a/one.sql and sql/a/two.sql, both FROM a view with JOIN … FOR SYSTEM_TIME AS OF …"
    right = "one of them in sql/b/"
    flink_says = "Processing-time temporal join is not supported yet"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for job in sorted({query.job for query in project.inserts if query.job}):
            seen: dict[str, Query] = {}
            for query in [each for each in project.inserts if each.job == job]:
                for view in project.views_of(query):
                    if view.tree.find(exp.Version) is None:
                        continue
                    first = seen.setdefault(view.name, query)
                    if first is not query:
                        fact = f"{first.name} and {query.name} share the lookup join of {view.name}"
                        yield self.of(query, query.tree.this, fact)
                        break
