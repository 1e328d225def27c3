"""What becomes of state that cannot be carried over: nobody but the user decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from headrace.deploy.compile import CompiledProject
from headrace.deploy.plan import JobPlan, Plan
from headrace.errors import DeployError

REPLAY_OPTION = "scan.startup.timestamp-millis"
REPLAY_PLACEHOLDER = "${kafka.startup.timestamp-millis}"


@dataclass(frozen=True)
class StateChoice:
    """What the user allows.

    Attributes:
        allow_loss: operators whose state fits no more may begin empty.
        replay_from: jobs that would lose state read their topics again from this time on instead.
    """

    allow_loss: bool = False
    replay_from: datetime | None = None

    def replay_milliseconds(self) -> int | None:
        """Since 1970."""
        return int(self.replay_from.timestamp() * 1000) if self.replay_from else None


def check_choice(plan: Plan, choice: StateChoice, compiled: CompiledProject) -> None:
    """Makes sure that a plan can be put into effect and that no state is lost unasked.

    Raises:
        DeployError: it cannot, or it would; nothing has been changed.
    """
    for job in plan.jobs:
        if job.stranger:
            raise DeployError(
                f"job {job.name}: one of that name runs already ({job.stranger}), and no deployment started it. "
                f"Cancel it on Flink's page (headrace status), then deploy again."
            )
        if not job.loses_state:
            continue
        if choice.replay_from is not None:
            _check_replay(job, compiled)
        elif not choice.allow_loss:
            raise DeployError(_refusal(job))


def _refusal(job: JobPlan) -> str:
    alignment = job.alignment
    lost = "\n".join(f"  {operator}" for operator in (alignment.loses if alignment else ()))
    return (
        f"sql/{job.name}: this change cannot keep the state of\n{lost}\n"
        "Nothing was changed. Either let it begin empty (--allow-state-loss): windows that are open give partial "
        "results; or let the job read its topics again (--replay-from 2026-11-21T08:00:00Z), from a time before the "
        "oldest open window; or give the new query another table, so that both run for a while."
    )


def _check_replay(job: JobPlan, compiled: CompiledProject) -> None:
    """A source must say where the time of a replay goes."""
    if job.compiled is None:
        return
    sources = job.compiled.plan.source_table_names()
    for key, content in compiled.objects.items():
        options = content.get("options", {})
        can_replay = options.get(REPLAY_OPTION) == REPLAY_PLACEHOLDER
        if key.name in sources and options.get("connector") == "kafka" and not can_replay:
            raise DeployError(
                f"table {key.name}: it cannot be read from a given time on. "
                f"Write '{REPLAY_OPTION}' = '{REPLAY_PLACEHOLDER}' into its WITH clause."
            )
