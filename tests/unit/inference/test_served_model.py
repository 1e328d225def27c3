"""Versions come and go while rows are answered; what is broken never answers one."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
import weakref
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from served_models import LABELS, await_true, serve, write_route

from headrace.inference.errors import FileChangedError, LoadTimeoutError, ModelNotFoundError
from headrace.inference.metrics import MemoryMetrics
from headrace.inference.repository import ModelRepository
from headrace.inference.routed_classifier import RoutedClassifier
from headrace.inference.served_model import ServedModel
from headrace.testing.models import change_manifest, copy_version, sign, turn_labels

TEXTS = [f"第{number}条，很好" for number in range(40)]


def versions(classifier: RoutedClassifier) -> set[str]:
    return set(classifier.classify(TEXTS).model_version)


def failures(served: ServedModel, version: int) -> Counter[str]:
    return Counter(
        {
            dict(labels)["error"]: count
            for (name, labels), count in served.events.counts.items()
            if name == "model_swap_failures_total" and dict(labels)["version"] == str(version)
        }
    )


def test_a_swap_under_load(models: Path) -> None:
    """Each call has as many answers as texts, in their order, and all of a key from the version of one route."""
    copy_version(models, "sentiment", 1, 2)
    calls: list[list[str]] = []
    ends = threading.Event()
    with serve(models) as served:
        metrics = MemoryMetrics()

        def call() -> None:
            classifier = RoutedClassifier(served, metrics)
            while not ends.is_set():
                result = classifier.classify([f"{text}{len(calls)}" for text in TEXTS])
                assert set(result.status) == {"ok"}
                calls.append(result.model_version.tolist())

        with ThreadPoolExecutor() as pool:
            callers = [pool.submit(call) for _ in range(2)]
            try:
                for version in (2, 1, 2):
                    write_route(models, f"weights: {{{version}: 100}}")
                    await_true(lambda version=version: calls[-1:] == [[str(version)] * len(TEXTS)])
            finally:
                ends.set()
        for caller in callers:
            caller.result()
    assert {frozenset(call) for call in calls} == {frozenset("1"), frozenset("2")}
    assert {len(call) for call in calls} == {len(TEXTS)}
    rows = {version: metrics.value("model_rows_total", **LABELS, version=version, status="ok") for version in "12"}
    assert rows == Counter(version for call in calls for version in call)


def test_shares_in_one_call(models: Path) -> None:
    turn_labels(copy_version(models, "sentiment", 1, 2))
    write_route(models, "weights: {1: 50, 2: 50}")
    with serve(models) as served:
        classifier = RoutedClassifier(served, MemoryMetrics())
        by_text = classifier.classify(["非常好，很满意"] * 2 + ["太差了", None, "", "太差了"])
        assert by_text.model_version[0] == by_text.model_version[1]
        keys = [f"u{number}" for number in range(200)]
        by_key = classifier.classify(["非常好，很满意"] * 200, keys)
        again = classifier.classify(["太差了，再也不买了"] * 200, keys)
        # Version 2 says the contrary of version 1, so a label shows which one has answered.
        answered_by = {"positive": "1", "negative": "2"}
        assert by_key.model_version.tolist() == [answered_by[label] for label in by_key.label]
        assert again.model_version.tolist() == by_key.model_version.tolist()
        assert 70 < Counter(by_key.model_version)["2"] < 130
        without_keys = classifier.classify(TEXTS, [None] * len(TEXTS))
        assert without_keys.model_version.tolist() == classifier.classify(TEXTS).model_version.tolist()


def missing_file(folder: Path) -> None:
    (folder / "vocabulary.txt").unlink()


def changed_file(folder: Path) -> None:
    with (folder / "inference.pdiparams").open("ab") as out:
        out.write(b" ")


def wrong_golden_row(folder: Path) -> None:
    file = folder / "golden.jsonl"
    file.write_text(file.read_text().replace('"negative"', '"positive"', 1))
    sign(folder, "golden.jsonl")


def broken_program(folder: Path) -> None:
    (folder / "inference.json").write_text("{}")
    sign(folder, "inference.json")


def broken_manifest(folder: Path) -> None:
    (folder / "manifest.yaml").write_text("name: [")


def other_manifest(folder: Path) -> None:
    change_manifest(folder, {"version": 3})


def nothing(folder: Path) -> None:
    shutil.rmtree(folder)


def endless_file(folder: Path) -> None:
    """A pipe that nobody writes to: who opens it waits for ever."""
    (folder / "manifest.yaml").unlink()
    os.mkfifo(folder / "manifest.yaml")


BREAK = {
    missing_file: "ModelNotFoundError",
    changed_file: "FileChangedError",
    wrong_golden_row: "GoldenRowError",
    broken_program: "PredictorError",
    broken_manifest: "ManifestError",
    other_manifest: "ManifestError",
    nothing: "ModelNotFoundError",
    endless_file: "LoadTimeoutError",
}


@pytest.mark.parametrize("break_it", BREAK, ids=lambda function: function.__name__)
def test_a_broken_version_never_serves(
    models: Path, break_it: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    break_it(copy_version(models, "sentiment", 1, 2))
    copy_version(models, "sentiment", 1, 3)
    with caplog.at_level(logging.ERROR), serve(models) as served:
        metrics = MemoryMetrics()
        classifier = RoutedClassifier(served, metrics)
        before = classifier.classify(TEXTS)
        if break_it is endless_file:
            # It does not hold up the test; the good ones have the usual time, for a busy machine.
            served._load_seconds = 0.5
        write_route(models, "weights: {1: 10, 2: 80, 3: 10}")
        await_true(lambda: failures(served, 2))
        served._load_seconds = 60
        after = classifier.classify(TEXTS)
        assert served.serving.route.weights == {1: 100}
        assert [column.tolist() for column in after] == [column.tolist() for column in before]
        assert failures(served, 2) == {BREAK[break_it]: 1}
        # The function counts it, too, where Flink sees it.
        labels = {**LABELS, "version": "2", "error": BREAK[break_it]}
        assert metrics.value("model_swap_failures_total", **labels) == 1
        await_true(lambda: "model sentiment version 2" in caplog.text)
        [record] = [record for record in caplog.records if "model sentiment version 2" in record.getMessage()]
        assert "does not load and does not serve" in record.getMessage()
        # Another route without it takes effect, however long its load still takes.
        write_route(models, "weights: {1: 50, 3: 50}")
        await_true(lambda: served.serving.route.weights == {1: 50, 3: 50})
        assert versions(classifier) == {"1", "3"}
        assert failures(served, 2) == {BREAK[break_it]: 1}


def test_a_version_is_tried_again_when_its_files_change(models: Path) -> None:
    folder = copy_version(models, "sentiment", 1, 2)
    good = (folder / "manifest.yaml").read_bytes()
    endless_file(folder)
    with serve(models) as served:
        served._load_seconds = 0.5
        write_route(models, "weights: {2: 1}")
        await_true(lambda: failures(served, 2) == {"LoadTimeoutError": 1})
        (folder / "manifest.yaml").unlink()
        (folder / "manifest.yaml").write_bytes(b"name: [")
        await_true(lambda: failures(served, 2) == {"LoadTimeoutError": 1, "ManifestError": 1})
        served._load_seconds = 60
        (folder / "manifest.yaml").write_bytes(good)
        await_true(lambda: served.serving.route.weights == {2: 1})


def test_a_version_is_tried_again_after_a_while(models: Path) -> None:
    nothing(copy_version(models, "sentiment", 1, 2))
    with serve(models, retry_seconds=0.05) as served:
        write_route(models, "weights: {2: 1}")
        await_true(lambda: failures(served, 2)["ModelNotFoundError"] >= 3)


def test_a_route_that_cannot_be_read_leaves_the_one_before(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    copy_version(models, "sentiment", 1, 2)
    with caplog.at_level(logging.ERROR), serve(models) as served:
        for number, content in enumerate(("weights: {1: 50, 2", "", "weights: {2: 0}", "\ufffd: 1"), start=1):
            write_route(models, content)
            await_true(
                lambda count=number: (
                    served.events.value("model_route_errors_total", **LABELS, error="RouteError") == count
                )
            )
        (models / "sentiment" / "route.yaml").unlink()
        await_true(lambda: served.events.value("model_route_errors_total", **LABELS, error="ModelNotFoundError") == 1)
        assert served.serving.route.weights == {1: 100}
        assert len([record for record in caplog.records if "the route before goes on" in record.getMessage()]) == 5
        write_route(models, "weights: {2: 1}")
        await_true(lambda: served.serving.route.weights == {2: 1})


def test_a_version_that_does_not_serve_any_more_leaves_the_memory(models: Path) -> None:
    copy_version(models, "sentiment", 1, 2)
    with serve(models) as served:
        classifier = RoutedClassifier(served, MemoryMetrics())
        gone = weakref.ref(served.serving.versions[1].model)
        write_route(models, "weights: {2: 1}")
        await_true(lambda: versions(classifier) == {"2"})
        gc.collect()
        assert gone() is None


def test_a_start_without_one_of_the_versions(models: Path) -> None:
    missing_file(copy_version(models, "sentiment", 1, 2))
    changed_file(copy_version(models, "sentiment", 1, 3))
    copy_version(models, "sentiment", 1, 4)
    write_route(models, "weights: {1: 10, 2: 60, 4: 30}\nshadow: [3]")
    with serve(models) as served:
        metrics = MemoryMetrics()
        assert versions(RoutedClassifier(served, metrics)) == {"1", "4"}
        assert served.serving.route.share(4) == 0.75
        assert failures(served, 2) == {"ModelNotFoundError": 1}
        assert failures(served, 3) == {"FileChangedError": 1}
        weights = {v: metrics.value("model_serving_weight", **LABELS, version=v) for v in "1234"}
        assert weights == {"1": 10, "2": 0, "3": 0, "4": 30}


def test_a_start_without_any_version(models: Path) -> None:
    write_route(models, "weights: {2: 60, 3: 40}")
    with pytest.raises(ModelNotFoundError, match=r"sentiment/2/manifest.yaml: there is no such file"):
        ServedModel(ModelRepository(models), "sentiment")
    changed_file(models / "sentiment" / "1")
    write_route(models, "weights: {1: 60}")
    with pytest.raises(FileChangedError):
        ServedModel(ModelRepository(models), "sentiment")
    endless_file(models / "sentiment" / "1")
    with pytest.raises(LoadTimeoutError, match="model sentiment version 1: is not loaded after 0 s"):
        ServedModel(ModelRepository(models), "sentiment", load_seconds=0.2)


def test_gauges_follow_the_route(models: Path) -> None:
    copy_version(models, "sentiment", 1, 2)
    with serve(models) as served:
        metrics = MemoryMetrics()
        classifier = RoutedClassifier(served, metrics)
        write_route(models, "weights: {1: 80, 2: 20}")
        await_true(lambda: versions(classifier) == {"1", "2"})
        write_route(models, "weights: {2: 100}")
        await_true(lambda: versions(classifier) == {"2"})
        assert [metrics.value("model_serving_weight", **LABELS, version=version) for version in "12"] == [0, 100]
        assert metrics.value("model_load_milliseconds", **LABELS, version="2") > 0
        assert metrics.value("model_load_milliseconds", **LABELS, version="1") == 0
        classifier.classify(TEXTS)
        assert metrics.value("model_swaps_total", **LABELS) == 2
