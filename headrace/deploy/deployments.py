"""The record of what was deployed: the jobs with their plans, and the catalog's objects. One folder, one file a job."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from headrace.settings import Settings


class DeployedJob(BaseModel):
    """One job as it was last started.

    Attributes:
        name: the folder's name in `sql/`.
        job_id: Flink's id of its last run.
        fingerprint: hash of all that the job is made from.
        savepoint: where it was stopped with a savepoint; None while it runs.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    job_id: str
    fingerprint: str
    savepoint: str | None = None


class CatalogRecord(BaseModel):
    """The objects that the last deployment made, as `kind name`."""

    objects: list[str] = []


class Deployments:
    """The record of one stack, in its folder."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.stack / "deployments"

    def plan_file(self, job: str) -> Path:
        """Where the compiled plan of a deployed job is kept."""
        return self._folder / f"{job}.plan.json"

    def jobs(self) -> dict[str, DeployedJob]:
        found = [DeployedJob.model_validate_json(file.read_text()) for file in sorted(self._folder.glob("*.job.json"))]
        return {job.name: job for job in found}

    def save(self, job: DeployedJob) -> None:
        self._write(f"{job.name}.job.json", job.model_dump_json(indent=2))

    def forget(self, job: str) -> None:
        (self._folder / f"{job}.job.json").unlink(missing_ok=True)
        self.plan_file(job).unlink(missing_ok=True)

    def catalog_objects(self) -> list[str]:
        file = self._folder / "catalog.json"
        return CatalogRecord.model_validate_json(file.read_text()).objects if file.exists() else []

    def save_catalog_objects(self, objects: list[str]) -> None:
        self._write("catalog.json", CatalogRecord(objects=objects).model_dump_json(indent=2))

    def save_plan(self, job: str, plan: str) -> None:
        self._write(self.plan_file(job).name, plan)

    def _write(self, name: str, text: str) -> None:
        """Whole or not at all: a deployment may be interrupted."""
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f".{name}.new"
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(self._folder / name)
