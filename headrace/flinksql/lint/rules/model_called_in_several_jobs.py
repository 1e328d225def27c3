"""`model-called-in-several-jobs`: a model that several jobs run over one source."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import sources


class ModelCalledInSeveralJobs(Rule):
    """Several jobs run the same model over the same source.

    Each job computes it for itself: the model's time, and its answers while versions change, are not shared.

    Remedy: Put the features into one job, or let one job write the scores to a topic that the others read.
    """

    wrong = "sql/a/one.sql and sql/b/two.sql: SELECT … sentiment(content) … FROM comments"
    right = "sql/a/one.sql and sql/a/two.sql, over one view"

    def check(self, project: LintProject) -> Iterator[Finding]:
        first: dict[tuple[str, str], str] = {}
        for job in sorted({query.job for query in project.inserts if query.job}):
            inserts = [query for query in project.inserts if query.job == job]
            statements = {id(query.tree): query for insert in inserts for query in [insert, *project.views_of(insert)]}
            for query in statements.values():
                for call in query.model_calls():
                    for table in sorted(project.uses(query) & project.schema.tables.keys()):
                        if not any(
                            file.name == project.schema.tables[table].statement.file for file in sources(project)
                        ):
                            continue
                        other = first.setdefault((call.name, table), job)
                        if other != job and project.schema.tables[table].watermark is not None:
                            fact = f"{call.name} runs over {table} in the jobs {other} and {job}"
                            yield self.of(query, call.node, fact)
