"""What the planner makes of each job."""

from __future__ import annotations

import pytest

from headrace.project import read_project
from headrace.settings import PROJECT
from headrace.testing.runner import Runner

JOBS = [job.name for job in read_project(PROJECT).jobs]


@pytest.mark.parametrize("job", JOBS)
def test_job_passes_over_its_models_once(job: str, runner: Runner) -> None:
    """However many features read a score, it is computed once: one source, one PythonCalc."""
    descriptions = [str(node["description"]) for node in runner.job(job).plan.nodes]
    assert len([text for text in descriptions if text.startswith("PythonCalc(")]) == 1, "\n".join(descriptions)
    assert len([text for text in descriptions if text.startswith("TableSourceScan(")]) == 1, "\n".join(descriptions)


def test_model_sees_only_comments_with_a_topic(runner: Runner) -> None:
    """Each once: topics are looked up, a comment's further topics dropped, and only then the model is asked."""
    steps = [str(node["description"]).split("(")[0] for node in runner.job("holidays").plan.nodes]
    first_lookup, second_lookup = (number for number, step in enumerate(steps) if step == "LookupJoin")
    assert first_lookup < steps.index("Deduplicate") < steps.index("PythonCalc") < second_lookup


@pytest.mark.parametrize("job", JOBS)
def test_upserts_need_no_state_in_the_sink(job: str, runner: Runner) -> None:
    """The sinks take the last row of each key as it comes, without a materializer that keeps every key for ever."""
    sinks = [node for node in runner.job(job).plan.nodes if node["description"].startswith("Sink(")]
    assert sinks
    assert [sink["description"] for sink in sinks if sink.get("requireUpsertMaterialize")] == []
