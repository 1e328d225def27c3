"""Records cases from the local stack."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from headrace.project import read_project
from headrace.stack.secrets import password_file
from headrace.stack.stack import Stack
from headrace.testing.messages import read_messages
from headrace.testing.problems import CaseError, meant
from headrace.testing.recording import Recorded, Wanted, record_case, refuse_existing
from headrace.testing.runner import Runner


def record_from_stack(root: Path, wanted: Wanted, name: str | None = None) -> Recorded:
    """Records a case into `tests/sql/<job>/<name>/` of a project. This process gets a JVM.

    Args:
        root: the project's folder.
        wanted: what to record.
        name: the case's; by default `recorded_` and the time.

    Raises:
        CaseError: no job writes the feature, the case exists, or there is nothing to record.
        StackError: the stack is not up.
    """
    project = read_project(root)
    jobs = {Path(insert.file).stem: job.name for job in project.jobs for insert in job.inserts}
    if wanted.feature not in jobs:
        raise CaseError(f"{wanted.feature}: no job in sql/ writes it. {meant(wanted.feature, jobs)}")
    name = name or f"recorded_{datetime.now(UTC):%Y_%m_%d_%H%M%S}"
    if not re.fullmatch(r"[\w-]+", name):
        raise CaseError(f"--case {name}: it becomes a folder's name. Use letters, digits, _ and - only.")
    job_name = jobs[wanted.feature]
    folder = root / "tests" / "sql" / job_name / name
    refuse_existing(folder)
    stack = Stack()
    addresses, settings = stack.addresses, stack.settings
    with tempfile.TemporaryDirectory(prefix="headrace-test-") as temporary:
        job = Runner(settings, project, Path(temporary)).job(job_name)
        return record_case(
            job,
            wanted,
            folder,
            lambda topic: read_messages(addresses.kafka_bootstrap_servers, topic, wanted.selection),
            lambda table: job.rows_in_redis(table, addresses.redis_url, password_file(settings, "redis")),
        )
