"""Records cases from the local stack."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from headrace.project import read_project
from headrace.stack.secrets import password_file
from headrace.stack.stack import Stack
from headrace.testing.case import CaseError
from headrace.testing.recording import SEARCHED, Recorded, Wanted, read_messages, record_case
from headrace.testing.runner import Runner


def record_from_stack(root: Path, wanted: Wanted, name: str | None = None) -> Recorded:
    """Records a case into `tests/sql/<job>/<name>/` of a project.

    Args:
        root: the project's folder.
        wanted: what to record.
        name: the case's; by default `recorded_` and the time.

    Raises:
        CaseError: no job writes the feature, or there is nothing to record.
        StackError: the stack is not up.
    """
    project, stack = read_project(root), Stack()
    addresses, settings = stack.addresses, stack.settings
    jobs = {Path(insert.file).stem: job.name for job in project.jobs for insert in job.inserts}
    if wanted.feature not in jobs:
        raise CaseError(f"sql/: no job writes {wanted.feature}. The features are {', '.join(sorted(jobs))}.")
    job_name = jobs[wanted.feature]
    folder = root / "tests" / "sql" / job_name / (name or f"recorded_{datetime.now(UTC):%Y_%m_%d_%H%M%S}")
    number = SEARCHED if wanted.where else wanted.messages
    with tempfile.TemporaryDirectory(prefix="headrace-test-") as temporary:
        job = Runner(settings, project, Path(temporary)).job(job_name)
        return record_case(
            job,
            wanted,
            folder,
            lambda topic: read_messages(addresses.kafka_bootstrap_servers, topic, number),
            lambda table: job.rows_in_redis(table, addresses.redis_url, password_file(settings, "redis")),
        )
