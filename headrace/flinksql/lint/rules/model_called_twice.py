"""`model-called-twice`: the same call of a model in several places of a job."""

from __future__ import annotations

from collections.abc import Iterator

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject, Query
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.lint.targets import call_text


class ModelCalledTwice(Rule):
    """The same call of a model is written twice.

    Flink computes each of them: twice the time of the model.

    Remedy: Call it once, in a view or subquery, give the result a name, and use the name.
    """

    wrong = """
SELECT sentiment(content) AS score, sentiment(content) > 0.5 AS good
FROM parsed_comments
"""
    right = """
SELECT score, score > 0.5 AS good
FROM (SELECT sentiment(content) AS score FROM parsed_comments)
"""

    def check(self, project: LintProject) -> Iterator[Finding]:
        for query in project.queries:
            seen = set()
            for call in query.model_calls():
                text = call_text(call)
                if text in seen:
                    yield self.of(query, call.node, f"{text} is written twice in this statement")
                seen.add(text)
        for job in sorted({query.job for query in project.inserts if query.job}):
            yield from self._in_job(project, [query for query in project.inserts if query.job == job])

    def _in_job(self, project: LintProject, inserts: list[Query]) -> Iterator[Finding]:
        """Calls of equal text over the same tables in several statements of a job."""
        statements = {id(query.tree): query for insert in inserts for query in [insert, *project.views_of(insert)]}
        seen: dict[tuple[str, frozenset[str]], Query] = {}
        for query in statements.values():
            for call in query.model_calls():
                scope = query.resolution.scope_of(call.node)
                tables = (
                    frozenset(each.object.name for each in scope.relations if each.object) if scope else frozenset()
                )
                text = call_text(call)
                first = seen.setdefault((text, tables), query)
                if first is not query and tables:
                    fact = f"{text} is called here and in {first.file.name}, over the same rows, in one job"
                    yield self.of(query, call.node, fact, "Call it in a view that both read.")
