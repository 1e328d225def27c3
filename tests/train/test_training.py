"""A run: repeatable, resumable, and its best model is a checkpoint to start from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from train.ernie.loop import Step
from train.ernie.model import ErnieClassifier
from train.ernie.settings import Settings, TrainingError, begin_run
from train.ernie.texts import Sources
from train.ernie.training import BEST_FOLDER, train


class StoppedError(Exception):
    """Ends a run in the middle."""


def run(folder: Path, settings: Settings, sources: Sources, stop_at: Step | None = None) -> ErnieClassifier:
    def show(step: Step) -> None:
        if stop_at is not None and (step.phase, step.number) == (stop_at.phase, stop_at.number):
            raise StoppedError

    return train(folder, settings, sources, show, lambda epoch, accuracy: None)


def assert_equal(one: ErnieClassifier, other: ErnieClassifier) -> None:
    state = other.network.state_dict()
    for name, tensor in one.network.state_dict().items():
        np.testing.assert_array_equal(tensor.numpy(), state[name].numpy(), err_msg=name)


def test_two_runs_give_the_same_weights(tmp_path: Path, settings: Settings, sources: Sources) -> None:
    assert_equal(run(tmp_path / "a", settings, sources), run(tmp_path / "b", settings, sources))


@pytest.mark.parametrize("stop_at", [Step("pretraining", 8, 0, 0), Step("fine-tuning", 17, 0, 0)], ids=str)
def test_a_resumed_run_gives_the_weights_of_an_uninterrupted_one(
    tmp_path: Path, settings: Settings, sources: Sources, stop_at: Step
) -> None:
    with pytest.raises(StoppedError):
        run(tmp_path / "a", settings, sources, stop_at)
    assert_equal(run(tmp_path / "a", settings, sources), run(tmp_path / "b", settings, sources))


def test_the_best_model_is_a_checkpoint_to_start_from(tmp_path: Path, settings: Settings, sources: Sources) -> None:
    first = run(tmp_path / "a", settings, sources)
    start = str(tmp_path / "a" / BEST_FOLDER)
    tuned = run(tmp_path / "b", settings.model_copy(update={"start": start, "pretraining_epochs": 0}), sources)
    assert tuned.tokenizer.to_str() == first.tokenizer.to_str()
    assert tuned.network.config.hidden_size == settings.shape.hidden
    assert not np.array_equal(tuned.network.classifier.weight.numpy(), first.network.classifier.weight.numpy())


def test_a_folder_without_a_checkpoint_is_refused(tmp_path: Path, settings: Settings, sources: Sources) -> None:
    with pytest.raises(TrainingError, match="Name a folder with"):
        run(tmp_path / "a", settings.model_copy(update={"start": str(tmp_path)}), sources)


def test_a_checkpoint_that_is_too_short_is_refused(tmp_path: Path, settings: Settings, sources: Sources) -> None:
    run(tmp_path / "a", settings, sources)
    longer = settings.model_copy(update={"start": str(tmp_path / "a" / BEST_FOLDER), "max_tokens": 99})
    with pytest.raises(TrainingError, match="--max-tokens 16"):
        run(tmp_path / "b", longer, sources)


def test_a_run_is_resumed_with_its_own_options_only(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(TrainingError, match="no training run"):
        begin_run(tmp_path, settings, resume=True)
    begin_run(tmp_path, settings, resume=False)
    with pytest.raises(TrainingError, match="--resume"):
        begin_run(tmp_path, settings, resume=False)
    begin_run(tmp_path, settings, resume=True)
    with pytest.raises(TrainingError, match="seed 0, now 1"):
        begin_run(tmp_path, settings.model_copy(update={"seed": 1}), resume=True)
