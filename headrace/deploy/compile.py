"""Has Flink check and compile the whole project in a catalog of its own, so that nothing running is touched."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headrace.deploy.catalog_objects import CatalogObject, created_object, read_objects
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.functions import check_functions, code_of, python_functions
from headrace.deploy.records import SqlStatement, StoredObject
from headrace.deploy.script import Script
from headrace.deploy.sql_gateway import StatementRefusedError, run_in_gateway
from headrace.deploy.topics import KafkaTable, kafka_table
from headrace.errors import DeployError
from headrace.flinksql.statements import Statement
from headrace.project import JobFiles, Project
from headrace.settings import Settings


@dataclass(frozen=True)
class CompiledJob:
    """A job that Flink has planned, the hash of all that it is made from, and the files of its Python functions."""

    files: JobFiles
    plan: CompiledPlan
    fingerprint: str
    code: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CompiledProject:
    """The project as Flink understands it."""

    project: Project
    objects: dict[CatalogObject, dict[str, Any]]
    jobs: tuple[CompiledJob, ...]

    def stored_objects(self) -> dict[str, StoredObject]:
        """The catalog's objects as the record keeps them, in the order in which they can be created."""
        found = {}
        for statement in self.project.catalog:
            key = created_object(statement.text)
            created_by = SqlStatement(file=statement.file, text=statement.text)
            found[str(key)] = StoredObject(content=self.objects[key], statement=created_by)
        return found

    def kafka_tables(self) -> list[KafkaTable]:
        """Its tables over Kafka."""
        files = {str(created_object(statement.text)): statement.file for statement in self.project.catalog}
        found = [
            kafka_table(key.name, files.get(str(key), str(key)), content.get("options", {}))
            for key, content in self.objects.items()
            if key.kind == "TABLE"
        ]
        return [table for table in found if table]

    def used_tables(self) -> set[str]:
        """Names of the tables that its jobs read or write."""
        return {name for job in self.jobs for name in job.plan.table_names()}


def compile_project(settings: Settings, gateway_url: str, project: Project) -> CompiledProject:
    """Creates all objects and compiles all jobs in a scratch catalog, in sessions of the SQL gateway.

    Raises:
        DeployError: Flink refuses a statement; the message names the file, the line and Flink's reason.
        GatewayError: the gateway does not answer.
    """
    check_functions(project)
    with tempfile.TemporaryDirectory(dir=settings.stack / "tmp", prefix="compile-") as name:
        scratch = Scratch(gateway_url, Path(name))
        scratch.create_objects(project)
        plans = {job.name: scratch.compile_job(project, job) for job in project.jobs}
        objects = read_objects(scratch.catalog)
    jobs = tuple(_compiled(job, plans[job.name], objects) for job in project.jobs)
    return CompiledProject(project, objects, jobs)


class Scratch:
    """A catalog of our own, with a catalog store of its own, in the gateway that serves all."""

    def __init__(self, gateway_url: str, folder: Path) -> None:
        self.catalog = folder / "catalog"
        self._gateway_url, self._folder = gateway_url, folder
        store = folder / "catalog-store"
        store.mkdir()
        self._configuration = {
            "table.catalog-store.file.path": str(store),
            "headrace.catalog.path": self.catalog.as_uri(),
        }

    def create_objects(self, project: Project) -> None:
        """Executes catalog/."""
        self._run(_script(*project.session, *project.catalog))

    def compile_job(self, project: Project, job: JobFiles) -> CompiledPlan:
        """Compiles a job, in a session of its own: its settings are nobody else's."""
        file = self._folder / f"{job.name}.json"
        script = _script(*project.session, *job.settings)
        script.add_statement_set(f"COMPILE PLAN '{file}' FOR", list(job.inserts))
        try:
            self._run(script)
        except StatementRefusedError as error:
            raise DeployError(self._message(project, job, error)) from error
        return CompiledPlan(file.read_text(encoding="utf-8"))

    def _run(self, script: Script) -> None:
        run_in_gateway(self._gateway_url, script, self._configuration)

    def _message(self, project: Project, job: JobFiles, error: StatementRefusedError) -> str:
        """The error's text; where Flink names no line, its table tells the feature, else features are tried alone."""
        if error.place:
            return str(error)
        for insert in job.inserts:
            table = insert.text.split(maxsplit=3)[2].strip("`")
            if re.search(rf"\b{re.escape(table)}\b", error.reason):
                return f"{insert.file}:{insert.line}: Flink refuses it: {error.reason}"
        for insert in job.inserts:
            script = _script(*project.session, *job.settings)
            script.add_statement_set("EXPLAIN", [insert])
            try:
                self._run(script)
            except StatementRefusedError as refused:
                return f"{refused.place or f'{insert.file}:{insert.line}'}: Flink refuses it: {refused.reason}"
        return str(error)


def _script(*statements: Statement) -> Script:
    script = Script()
    for statement in statements:
        script.add(statement)
    return script


def _compiled(job: JobFiles, plan: CompiledPlan, objects: dict[CatalogObject, dict[str, Any]]) -> CompiledJob:
    used = {("TABLE", name) for name in plan.table_names()} | {("FUNCTION", name) for name in plan.function_names()}
    depends = {str(key): content for key, content in objects.items() if (key.kind, key.name) in used}
    code = code_of(python_functions(depends))
    made_from = {
        "plan": plan.without_ids(),
        "objects": depends,
        "settings": [statement.text for statement in job.settings],
        "code": code,
    }
    fingerprint = hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()
    return CompiledJob(job, plan, fingerprint, code)
