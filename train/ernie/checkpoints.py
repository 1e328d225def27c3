"""Where a run stands: weights, the optimizer's state and the position, so that it goes on as if never interrupted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

import paddle
from pydantic import BaseModel

POSITION_FILE = "position.json"
NETWORK_FILE = "network.pdparams"
OPTIMIZER_FILE = "optimizer.pdopt"

Phase = Literal["pretraining", "fine-tuning"]


class Position(BaseModel):
    """The next step of a run."""

    phase: Phase
    epoch: int = 0
    batch: int = 0
    best: float | None = None
    """The best validation so far, of the phases that validate."""
    best_epoch: int | None = None


class Checkpoints:
    """The checkpoints of a run; only the latest one is kept."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist."""
        self._folder = folder

    def save(self, position: Position, network: paddle.nn.Layer, optimizer: paddle.optimizer.Optimizer) -> None:
        """Write a checkpoint; one that is not whole never has a checkpoint's name."""
        earlier = self._all()
        number = int(earlier[-1].name) + 1 if earlier else 0
        unfinished = self._folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        paddle.save(network.state_dict(), str(unfinished / NETWORK_FILE))
        paddle.save(optimizer.state_dict(), str(unfinished / OPTIMIZER_FILE))
        (unfinished / POSITION_FILE).write_text(position.model_dump_json() + "\n", encoding="utf-8")
        unfinished.rename(self._folder / f"{number:06d}")
        for folder in earlier:
            shutil.rmtree(folder)

    def position(self) -> Position | None:
        """The position of the latest checkpoint, None without one."""
        folders = self._all()
        if not folders:
            return None
        return Position.model_validate_json((folders[-1] / POSITION_FILE).read_text(encoding="utf-8"))

    def restore(self, network: paddle.nn.Layer, optimizer: paddle.optimizer.Optimizer) -> None:
        """Give network and optimizer the state of the latest checkpoint."""
        folder = self._all()[-1]
        network.set_state_dict(paddle.load(str(folder / NETWORK_FILE)))
        optimizer.set_state_dict(paddle.load(str(folder / OPTIMIZER_FILE)))

    def _all(self) -> list[Path]:
        if not self._folder.exists():
            return []
        return sorted(folder for folder in self._folder.iterdir() if folder.name.isdigit())
