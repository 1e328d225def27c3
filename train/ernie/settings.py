"""What a training run is asked to do; stands in its folder, so that it can only be resumed as it was begun."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from headrace.errors import HeadraceError
from headrace.settings import ModelSettings

SETTINGS_FILE = "settings.json"


def default_folder() -> Path:
    """Where a run is kept unless said otherwise: `train/ernie` in HEADRACE_HOME (default: `.headrace`)."""
    return ModelSettings().home / "train" / "ernie"


class TrainingError(HeadraceError):
    """A model cannot be trained, exported or compared as asked; the message names place, fact and remedy."""


class Shape(BaseModel):
    """The configuration of a model from scratch; intermediate layers are four times as wide as hidden ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: int = Field(2, ge=1)
    hidden: int = Field(128, ge=1)
    heads: int = Field(4, ge=1)
    min_frequency: int = Field(3, ge=1, description="Of a word in the training texts, to stand in the vocabulary")


class Settings(BaseModel):
    """Everything that decides about the weights that come out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: str | None = Field(description="Folder or hub name of the checkpoint to start from; None: from scratch")
    shape: Shape
    max_tokens: int = Field(128, ge=3, description="Longest row, special tokens included")
    batch_rows: int = Field(64, ge=1)
    batch_tokens: int = Field(8192, ge=1)
    pretraining_epochs: int = Field(ge=0, description="Of masked-language modelling on the training texts")
    pretraining_learning_rate: float = Field(1e-3, gt=0)
    epochs: int = Field(ge=1, description="Of fine-tuning, at most")
    learning_rate: float = Field(gt=0, description="The highest one: it rises, then falls to 0, both linearly")
    token_dropout: float = Field(0.1, ge=0, lt=1, description="Share of tokens that are hidden while fine-tuning")
    patience: int = Field(2, ge=1, description="Epochs without a better validation after which fine-tuning stops")
    checkpoint_steps: int = Field(200, ge=1)
    seed: int = 0


def begin_run(folder: Path, settings: Settings, resume: bool) -> None:
    """Make the folder of a run, or check that it is the folder of this run.

    Raises:
        TrainingError: there is a run already, or none to resume, or one with other settings.
    """
    path = folder / SETTINGS_FILE
    if not resume:
        if path.exists():
            raise TrainingError(f"{folder}: holds a training run. Take --resume, another --folder, or remove it.")
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
        return
    if not path.exists():
        raise TrainingError(f"{folder}: holds no training run to resume. Leave out --resume.")
    begun = Settings.model_validate_json(path.read_text(encoding="utf-8"))
    differences = [
        f"{name} {was!r}, now {now!r}" for (name, was), (_, now) in zip(begun, settings, strict=True) if was != now
    ]
    if differences:
        raise TrainingError(
            f"{path}: the run was begun with {'; '.join(differences)}. Resume it with its own options, or take "
            "another --folder."
        )
