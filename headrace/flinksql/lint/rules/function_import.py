"""`function-import`: a Python function that Flink cannot load."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from headrace.flinksql.lint.finding import Finding
from headrace.flinksql.lint.project import LintProject
from headrace.flinksql.lint.rule import Rule
from headrace.flinksql.schema.definitions import name_node


class FunctionImport(Rule):
    """A Python function cannot be imported.

    Flink's client imports a function's module to plan each query that calls it.

    Remedy: Make the module importable from the project's folder: `python -c "import udf.…"` shows the whole
    error.
    """

    wrong = "CREATE FUNCTION sentiment AS 'udf.sentimnt.sentiment' LANGUAGE PYTHON"
    right = "CREATE FUNCTION sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON"
    flink_says = r"ModuleNotFoundError|AttributeError"

    def check(self, project: LintProject) -> Iterator[Finding]:
        for function in project.schema.functions.values():
            if function.error:
                file = project.file(function.statement.file)
                literal = next((node for node in function.tree.find_all(exp.Literal) if "start" in node.meta), None)
                fact = f"{function.class_name} cannot be imported: {function.error}"
                yield self.at(
                    file, function.statement, literal if literal is not None else name_node(function.tree), fact
                )
