"""The record of deployments, beside the catalog: for each job a history, for the catalog what the last one left.

deployments/catalog.json                the catalog's objects, with the statements that made them
deployments/<job>/0001.json             the first deployment of a job: who, when, from which commit, its SQL …
deployments/<job>/0001.plan.json        the plan that Flink executes
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from headrace.deploy.compiled_plan import CompiledPlan
from headrace.errors import DeployError
from headrace.settings import Settings

_Record = TypeVar("_Record", bound=BaseModel)
Outcome = Literal["starting", "running", "stopped", "replaced", "removed", "failed"]


class SqlStatement(BaseModel):
    """A statement as it stood in a file."""

    model_config = ConfigDict(frozen=True)

    file: str
    text: str


class StoredObject(BaseModel):
    """An object of the catalog.

    Attributes:
        content: what the catalog keeps of it.
        statement: what created it.
    """

    model_config = ConfigDict(frozen=True)

    content: dict[str, Any]
    statement: SqlStatement


class Deployment(BaseModel):
    """One deployment of one job.

    Attributes:
        number: counts from 1 in each job.
        at: when it was started.
        by: the user who did.
        commit: of git; None outside a repository.
        dirty: whether files differed from that commit.
        fingerprint: of all that the job is made from.
        inserts, settings: the job's SQL.
        objects: the catalog's objects that it depends on, by `kind name`.
        code: the files of its Python functions, by their path.
        highest_id: of a node in any plan of this job so far.
        rolled_back_to: the number of the deployment that it repeats.
        job_id: Flink's id of its last run.
        started_from: the savepoint or checkpoint that its last run began with.
        savepoint: where it was stopped.
        outcome: what became of it.
        reason: why it failed.
        downtime_seconds: from the end of the former job's savepoint to the first moment in which all tasks ran.
    """

    model_config = ConfigDict(frozen=True)

    job: str
    number: int
    at: datetime
    by: str
    commit: str | None
    dirty: bool
    fingerprint: str
    inserts: tuple[SqlStatement, ...] = ()
    settings: tuple[SqlStatement, ...] = ()
    objects: dict[str, StoredObject] = {}
    code: dict[str, str] = {}
    highest_id: int = 0
    rolled_back_to: int | None = None
    job_id: str | None = None
    started_from: str | None = None
    savepoint: str | None = None
    outcome: Outcome = "running"
    reason: str | None = None
    downtime_seconds: float | None = None

    @property
    def sql_hash(self) -> str:
        """Of the job's statements, as they stood in their files."""
        texts = "\n".join(f"{statement.file}\n{statement.text}" for statement in (*self.settings, *self.inserts))
        return hashlib.sha256(texts.encode()).hexdigest()

    @property
    def options(self) -> dict[str, dict[str, str]]:
        """The options of its tables, by name."""
        return table_options({key: stored.content for key, stored in self.objects.items()})

    def short_commit(self) -> str:
        """As people write it, `+` where files differed from it."""
        return f"{self.commit[:8]}{'+' if self.dirty else ''}" if self.commit else "no commit"


def table_options(objects: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The options of tables by name, from what the catalog keeps of objects, by `kind name`."""
    return {
        key.removeprefix("table "): content.get("options", {})
        for key, content in objects.items()
        if key.startswith("table ")
    }


class CatalogRecord(BaseModel):
    """The catalog as the last deployment left it, by `kind name`."""

    objects: dict[str, StoredObject] = {}


class Records:
    """The record of one stack, in its folder."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.stack / "deployments"

    def job_names(self) -> list[str]:
        return sorted({file.parent.name for file in self.folder.glob("*/*.json")})

    def history(self, job: str) -> list[Deployment]:
        """Every deployment of a job, the oldest first.

        Raises:
            DeployError: a file is not as this version of Headrace writes it.
        """
        files = sorted(file for file in (self.folder / job).glob("*.json") if not file.name.endswith(".plan.json"))
        remedy = "Correct it by hand (it names the job's savepoint), or go on with the Headrace that wrote it."
        return [_read(file, Deployment, remedy) for file in files]

    def current(self, job: str) -> Deployment | None:
        """The deployment that runs, or ran last; those that failed leave none."""
        return next(
            (one for one in reversed(self.history(job)) if one.outcome not in {"starting", "failed", "replaced"}), None
        )

    def all_current(self) -> dict[str, Deployment]:
        found = {job: self.current(job) for job in self.job_names()}
        return {job: deployment for job, deployment in found.items() if deployment}

    def next_number(self, job: str) -> int:
        return max((one.number for one in self.history(job)), default=0) + 1

    def highest_id(self, job: str) -> int:
        return max((one.highest_id for one in self.history(job)), default=0)

    def plan_file(self, deployment: Deployment) -> Path:
        return self._file(deployment, ".plan.json")

    def plan(self, deployment: Deployment) -> CompiledPlan:
        return CompiledPlan(self.plan_file(deployment).read_text(encoding="utf-8"))

    def save(self, deployment: Deployment, plan: CompiledPlan | None = None) -> Deployment:
        """Writes a deployment; with a plan when it is a new one."""
        if plan:
            _write(self.plan_file(deployment), plan.to_json())
        _write(self._file(deployment, ".json"), deployment.model_dump_json(indent=2) + "\n")
        return deployment

    def update(self, deployment: Deployment, **changes: Any) -> Deployment:
        """Writes a deployment with some of its attributes changed."""
        return self.save(deployment.model_copy(update=changes))

    def catalog(self) -> dict[str, StoredObject]:
        """The catalog as the last deployment left it; empty where there was none.

        Raises:
            DeployError: the file is not as this version of Headrace writes it.
        """
        file = self.folder / "catalog.json"
        remedy = (
            "Move it away; the next deployment writes it anew. Until then what the project no longer has stays in the "
            "catalog, and what was changed there by hand is not noticed."
        )
        return _read(file, CatalogRecord, remedy).objects if file.exists() else {}

    def save_catalog(self, objects: dict[str, StoredObject]) -> None:
        _write(self.folder / "catalog.json", CatalogRecord(objects=objects).model_dump_json(indent=2) + "\n")

    def _file(self, deployment: Deployment, suffix: str) -> Path:
        return self.folder / deployment.job / f"{deployment.number:04}{suffix}"


def depends_on(texts: Iterable[str], objects: dict[str, StoredObject]) -> dict[str, StoredObject]:
    """The objects that statements name, with those that their views name in turn, in the order of `objects`."""
    found: set[str] = set()
    waiting = list(texts)
    while waiting:
        words = set(re.findall(r"\w+", waiting.pop()))
        for key, stored in objects.items():
            if key not in found and key.partition(" ")[2] in words:
                found.add(key)
                if key.startswith("view "):
                    waiting.append(stored.statement.text)
    return {key: stored for key, stored in objects.items() if key in found}


def _read(file: Path, kind: type[_Record], remedy: str) -> _Record:
    try:
        return kind.model_validate_json(file.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        fact = f"{place}: {first['msg']}" if place else first["msg"]
        raise DeployError(f"{file}: not a record of this version of Headrace: {fact}. {remedy}") from error


def _write(file: Path, text: str) -> None:
    """Whole or not at all: a deployment may be interrupted."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)
