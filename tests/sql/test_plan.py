"""What the planner makes of each job."""

from __future__ import annotations

import re

import pytest

from headrace.project import read_project
from headrace.settings import PROJECT
from headrace.testing.runner import Runner

JOBS = [job.name for job in read_project(PROJECT).jobs]
FUNCTIONS = {
    "cards": ["ocr_detail", "sentiment_detail"],
    "comments": ["sentiment_detail"],
    "holidays": ["sentiment_detail"],
    "invoices": ["invoice_fields"],
}
CALLS = re.compile("|".join(sorted({name for names in FUNCTIONS.values() for name in names})))


@pytest.mark.parametrize("job", JOBS)
def test_job_passes_over_its_models_once(job: str, runner: Runner) -> None:
    """However many features read what a model gave, it is asked once, and each topic is read once."""
    descriptions = [str(node["description"]) for node in runner.job(job).plan.nodes]
    calls = [call for text in descriptions if text.startswith("PythonCalc(") for call in CALLS.findall(text)]
    assert sorted(calls) == sorted(FUNCTIONS[job]), "\n".join(descriptions)
    scans = [text.partition("metadata")[0] for text in descriptions if text.startswith("TableSourceScan(")]
    assert len(scans) == len(set(scans)), "\n".join(descriptions)


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
