"""Flink's own planner and, for what it notices only then, a run: the oracle for the linter and the schema."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pyflink.java_gateway import get_gateway
from pyflink.util.java_utils import get_field

from headrace.errors import DeployError, StatementError
from headrace.flinksql.lint.project import LintProject, settings_in
from headrace.flinksql.lint.source_file import SourceFile
from headrace.project import CATALOG_FOLDERS, creation_order
from headrace.settings import PROJECT, Settings
from headrace.testing.mini_cluster import mini_cluster, refused, start_java, table_environment
from headrace.testing.problems import CaseError
from headrace.testing.worker_threads import worker_threads

_OPTIONS = {
    "table.catalog-store.kind": "generic_in_memory",
    "parallelism.default": "1",
    "python.client.executable": sys.executable,
}


class PlannerSession:
    """A session of Flink SQL, with a catalog of its own and the options of flink/conf/ that concern planning."""

    def __init__(self, settings: Settings, folder: Path, options: Mapping[str, str] | None = None) -> None:
        """Opens it; the first one of a process starts the JVM.

        Args:
            settings: where Flink's jars are.
            folder: an existing folder, for compiled plans and Flink's log.
            options: what the session sets.
        """
        start_java(settings, folder)
        self._folder = folder
        self.environment = table_environment()
        shared = yaml.safe_load((PROJECT / "flink" / "conf" / "config.yaml").read_text(encoding="utf-8"))
        planning = {key: str(value) for key, value in shared.items() if key.startswith("table.")}
        for key, value in {**planning, **_OPTIONS, **(options or {})}.items():
            self.environment.get_config().set(key, value.lower() if value in {"True", "False"} else value)
        self.execute("CREATE CATALOG headrace WITH ('type' = 'generic_in_memory')")
        self.execute("USE CATALOG headrace")

    def execute(self, statement: str, place: str = "") -> None:
        """Executes a statement.

        Raises:
            CaseError: Flink refuses it.
        """
        try:
            self.environment.execute_sql(statement)
        except Exception as error:
            raise refused(place or statement, error) from error

    def explain(self, query: str, place: str = "") -> str:
        """The plan of a query or an INSERT, as text.

        Raises:
            CaseError: Flink refuses it.
        """
        try:
            return str(self.environment.explain_sql(query))
        except Exception as error:
            raise refused(place or query, error) from error

    def columns(self, query: str) -> list[tuple[str, str]]:
        """Names and types of a query's columns, as Flink writes them.

        Raises:
            CaseError: Flink refuses it.
        """
        try:
            columns = self.environment.sql_query(query)._j_table.getResolvedSchema().getColumns()
        except Exception as error:
            raise refused(query, error) from error
        return [(column.getName(), str(column.getDataType().getLogicalType().asSummaryString())) for column in columns]

    def plan(self, inserts: Sequence[str], place: str, run: bool = False) -> None:
        """Compiles INSERTs together, as a deployment does, and makes a job of the compiled plan.

        Args:
            inserts: the statements.
            place: what the error calls them.
            run: whether the job is run to its end too; its sources have to be bounded.

        Raises:
            CaseError: Flink refuses them, or the job fails.
        """
        statements = "".join(f"{insert};\n" for insert in inserts)
        file = self._folder / f"{uuid.uuid4()}.json"
        self.execute(f"COMPILE PLAN '{file}' FOR STATEMENT SET BEGIN\n{statements}END", place)
        java = self.environment._j_tenv
        api = get_gateway().jvm.org.apache.flink.table.api
        if run:
            self.environment.get_config().set("python.executable", str(worker_threads().python))
        try:
            operators = java.getPlanner().translatePlan(
                java.getPlanner().loadPlan(api.PlanReference.fromJsonString(file.read_text(encoding="utf-8")))
            )
        except Exception as error:
            raise refused(place, error) from error
        if run:
            executor = get_field(java.getClass(), "execEnv").get(java)
            hooks = get_gateway().jvm.java.util.ArrayList()
            configuration = java.getConfig().getConfiguration()
            environment = dict(os.environ)
            try:
                graph = executor.createPipeline(operators, configuration, place, hooks).getJobGraph()
                mini_cluster().run(graph, place)
            finally:
                os.environ.clear()
                os.environ.update(environment)


def why_refused(settings: Settings, root: Path, folder: Path, run: str = "") -> str:
    """What Flink has against a project's files; empty if it takes all of them.

    Args:
        settings: where Flink's jars are.
        root: a folder with `catalog/` and `sql/`.
        folder: an existing folder, for compiled plans and Flink's log.
        run: a job that is run to its end too.
    """
    project = LintProject(root)
    options = {key: value for file in project.of_kind("session") for key, value in settings_in(file).items()}
    try:
        session = PlannerSession(settings, folder, options)
        for kind in CATALOG_FOLDERS:
            for path in creation_order(root, [root / file.name for file in project.of_kind(kind)]):
                for text in _texts(project.file(path.relative_to(root).as_posix())):
                    session.execute(text, path.name)
        for job in sorted({file.job for file in project.of_kind("job")}):
            for file in [file for file in project.of_kind("settings") if file.job == job]:
                for key, value in settings_in(file).items():
                    session.environment.get_config().set(key, value)
            inserts = [text for file in project.of_kind("job") if file.job == job for text in _texts(file)]
            if inserts:
                session.plan(inserts, f"sql/{job}", run == job)
    except (CaseError, DeployError, StatementError) as error:
        return str(error)
    return ""


def _texts(file: SourceFile) -> list[str]:
    return [each.statement.text for each in file.statements] or ([file.text] if file.error else [])
