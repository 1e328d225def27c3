"""Has Flink check and compile the whole project in a catalog of its own, so that nothing running is touched."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from headrace.deploy.catalog_objects import CatalogObject, created_object, read_objects
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.functions import check_functions, code_of, python_functions
from headrace.deploy.records import SqlStatement, StoredObject
from headrace.deploy.script import Script
from headrace.deploy.sql_client import StatementRefusedError, run_script
from headrace.deploy.topics import KafkaTable, kafka_table
from headrace.errors import DeployError
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


def compile_project(settings: Settings, project: Project) -> CompiledProject:
    """Creates all objects and compiles all jobs in a scratch catalog, in one session of the SQL client.

    Raises:
        DeployError: Flink refuses a statement; the message names the file, the line and Flink's reason.
    """
    check_functions(project)
    with tempfile.TemporaryDirectory(dir=settings.stack / "tmp", prefix="compile-") as name:
        folder = Path(name)
        conf = _scratch_configuration(settings, folder)
        script = _catalog_script(project)
        for job in project.jobs:
            for setting in job.settings:
                script.add(setting)
            script.add_statement_set(f"COMPILE PLAN '{folder / job.name}.json' FOR", list(job.inserts))
            script.add_own("RESET")
        try:
            run_script(settings, script, conf)
        except StatementRefusedError as error:
            raise DeployError(_message(settings, project, error, conf, folder / "catalog")) from error
        objects = read_objects(folder / "catalog")
        jobs = [
            _compiled(job, CompiledPlan((folder / f"{job.name}.json").read_text(encoding="utf-8")), objects)
            for job in project.jobs
        ]
    return CompiledProject(project, objects, tuple(jobs))


def _catalog_script(project: Project) -> Script:
    script = Script()
    for statement in (*project.session, *project.catalog):
        script.add(statement)
    return script


def _scratch_configuration(settings: Settings, folder: Path) -> Path:
    """The stack's configuration, but with a catalog and a catalog store of our own."""
    conf = folder / "conf"
    shutil.copytree(settings.flink_conf, conf)
    file = conf / "config.yaml"
    options = yaml.safe_load(file.read_text())
    (folder / "catalog-store").mkdir()
    options["table.catalog-store.file.path"] = str(folder / "catalog-store")
    options["headrace.catalog.path"] = (folder / "catalog").as_uri()
    file.write_text(yaml.safe_dump(options, sort_keys=False, width=10_000))
    return conf


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


def _message(settings: Settings, project: Project, error: StatementRefusedError, conf: Path, catalog: Path) -> str:
    """The error's text; where Flink names no line, its table tells the feature, else the features are tried alone."""
    if error.place:
        return str(error)
    inserts = [insert for job in project.jobs for insert in job.inserts]
    for insert in inserts:
        table = insert.text.split(maxsplit=3)[2].strip("`")
        if re.search(rf"\b{re.escape(table)}\b", error.reason):
            return f"{insert.file}:{insert.line}: Flink refuses it: {error.reason}"
    for insert in inserts:
        shutil.rmtree(catalog, ignore_errors=True)
        script = _catalog_script(project)
        script.add_statement_set("EXPLAIN", [insert])
        try:
            run_script(settings, script, conf)
        except StatementRefusedError as refused:
            return f"{refused.place or f'{insert.file}:{insert.line}'}: Flink refuses it: {refused.reason}"
    return str(error)
