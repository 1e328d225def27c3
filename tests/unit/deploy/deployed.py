"""A home folder with a catalog and a record, and a JobManager that answers from a list."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx

from headrace.deploy.catalog_objects import CatalogObject
from headrace.deploy.compile import CompiledJob, CompiledProject
from headrace.deploy.compiled_plan import CompiledPlan
from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.plan import Plan, make_plan
from headrace.deploy.records import Deployment, Records, SqlStatement, StoredObject
from headrace.deploy.upgrade import now
from headrace.flinksql.statements import Statement
from headrace.project import JobFiles, Project
from headrace.settings import Settings
from tests.unit.deploy.plans import plan_of

COMMENTS = plan_of({"scores": {}})


def compiled_job(name: str = "comments", plan: CompiledPlan = COMMENTS, sql: str = "") -> CompiledJob:
    """A job whose fingerprint is that of its plan."""
    text = sql or f"INSERT INTO scores SELECT 1 FROM {name}"  # noqa: S608  (nobody executes it)
    files = JobFiles(name, (), (Statement(text, f"sql/{name}/scores.sql", 1),))
    return CompiledJob(files, plan, "".join(plan.without_ids()))


def compiled_project(*jobs: CompiledJob, objects: dict[CatalogObject, dict[str, Any]] | None = None) -> CompiledProject:
    objects = objects or {}
    catalog = tuple(Statement(f"CREATE {key.kind} `{key.name}` …", f"catalog/{key.name}.sql", 1) for key in objects)
    return CompiledProject(Project((), catalog, jobs_files(jobs)), objects, jobs)


def jobs_files(jobs: tuple[CompiledJob, ...]) -> tuple[JobFiles, ...]:
    return tuple(job.files for job in jobs)


def deployment(job: CompiledJob, **other: Any) -> Deployment:
    """As if a job had been deployed; by default it runs as Flink's job `a`."""
    inserts = tuple(SqlStatement(file=one.file, text=one.text) for one in job.files.inserts)
    fields = {"number": 1, "at": now(), "by": "ada", "commit": None, "dirty": False, "job_id": "a", **other}
    return Deployment(job=job.files.name, fingerprint=job.fingerprint, inserts=inserts, **fields)


class Deployed:
    """What a deployment meets."""

    def __init__(self, own_settings: Settings) -> None:
        self.settings = own_settings
        self.records = Records(own_settings)
        self.jobs: list[dict[str, Any]] = []
        self.rest = FlinkRest("http://job-manager")
        self.rest._http = httpx.Client(base_url=self.rest.url, transport=httpx.MockTransport(self._answer))

    def has_object(self, key: CatalogObject, content: dict[str, Any], recorded: bool = True) -> None:
        folder = self.settings.stack / "catalog" / "default" / f"{key.kind.lower()}s"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{quote(key.name)}.json").write_text(json.dumps(content))
        if recorded:
            stored = StoredObject(content=content, statement=SqlStatement(file="f", text="CREATE …"))
            self.records.save_catalog({**self.records.catalog(), str(key): stored})

    def has_job(self, name: str, job_id: str, state: str = "RUNNING") -> None:
        self.jobs.append({"jid": job_id, "name": name, "state": state, "duration": 1000, "start-time": len(self.jobs)})

    def has_checkpoint(self, job_id: str, number: int, is_whole: bool = True) -> str:
        folder = self.settings.stack / "checkpoints" / job_id / f"chk-{number}"
        folder.mkdir(parents=True)
        if is_whole:
            (folder / "_metadata").touch()
        return folder.as_uri()

    def plan(self, *jobs: CompiledJob, objects: dict[CatalogObject, dict[str, Any]] | None = None) -> Plan:
        return make_plan(compiled_project(*jobs, objects=objects), self.records, self.rest, self.settings)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/jobs/overview":
            return httpx.Response(200, json={"jobs": self.jobs})
        found = [job for job in self.jobs if request.url.path == f"/jobs/{job['jid']}"]
        return httpx.Response(200, json=found[0]) if found else httpx.Response(404)
