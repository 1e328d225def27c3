"""Steps of an optimizer through the epochs of a phase: seeded, with checkpoints, and with an early stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import paddle
from numpy.typing import NDArray

from train.ernie.batches import Limits, plan_batches
from train.ernie.checkpoints import Checkpoints, Phase, Position
from train.ernie.settings import Settings

WARM_UP = 0.1  # share of a phase's steps in which the learning rate rises
WEIGHT_DECAY = 0.01
MAX_GRADIENT_NORM = 1.0


class Task(Protocol):
    """What a phase learns."""

    phase: Phase
    network: paddle.nn.Layer
    epochs: int
    learning_rate: float

    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each row."""

    def loss(self, rows: NDArray[np.int64], random: np.random.Generator) -> paddle.Tensor:
        """The mean loss over some rows."""

    def validate(self) -> float | None:
        """How good the network is, the more the better; None where the last epoch is as good as any."""

    def keep(self) -> None:
        """Keep the network as the best one so far."""


@dataclass(frozen=True)
class Step:
    """What is shown of a step: its number from 1 among the phase's steps, and its loss."""

    phase: Phase
    number: int
    of: int
    loss: float


def run_phase(
    task: Task,
    settings: Settings,
    checkpoints: Checkpoints,
    show: Callable[[Step], None],
    show_validation: Callable[[int, float], None],
) -> None:
    """Train from the latest checkpoint, if it is of this phase, or from the phase's beginning.

    All randomness of a step follows from the seed, the phase, the epoch and the batch, so a resumed run gives the
    same weights as one that was never interrupted.
    """
    # Paddle numbers the optimizer's tensors in each process: from 0 again, so that a checkpoint's fit those of a phase
    # that other phases or runs came before.
    with paddle.utils.unique_name.guard():
        _run_phase(task, settings, checkpoints, show, show_validation)


def _run_phase(
    task: Task,
    settings: Settings,
    checkpoints: Checkpoints,
    show: Callable[[Step], None],
    show_validation: Callable[[int, float], None],
) -> None:
    parameters = [parameter for parameter in task.network.parameters() if not parameter.stop_gradient]
    optimizer = paddle.optimizer.AdamW(
        learning_rate=task.learning_rate,
        parameters=parameters,
        weight_decay=WEIGHT_DECAY,
        apply_decay_param_fun=lambda name: not (name.endswith("bias") or "norm" in name),
        grad_clip=paddle.nn.ClipGradByGlobalNorm(MAX_GRADIENT_NORM),
    )
    position = checkpoints.position()
    if position is not None and position.phase == task.phase:
        checkpoints.restore(task.network, optimizer)
    else:
        position = Position(phase=task.phase)
    limits = Limits(settings.batch_rows, settings.batch_tokens)
    phase_number = ("pretraining", "fine-tuning").index(task.phase)
    lengths = task.lengths()
    while position.epoch < task.epochs:
        batches = plan_batches(lengths, limits, np.random.default_rng([settings.seed, phase_number, position.epoch]))
        steps = len(batches) * task.epochs
        task.network.train()
        while position.batch < len(batches):
            number = position.epoch * len(batches) + position.batch
            random = np.random.default_rng([settings.seed, phase_number, position.epoch, position.batch])
            paddle.seed(int(random.integers(2**31)))  # for dropout
            loss = task.loss(batches[position.batch], random)
            loss.backward()
            optimizer.set_lr(task.learning_rate * _schedule(number, steps))
            optimizer.step()
            optimizer.clear_grad()
            position.batch += 1
            show(Step(task.phase, number + 1, steps, float(loss)))
            if (number + 1) % settings.checkpoint_steps == 0:
                checkpoints.save(position, task.network, optimizer)
        task.network.eval()
        validation = task.validate()
        if validation is not None:
            show_validation(position.epoch, validation)
            if position.best is None or validation > position.best:
                position.best, position.best_epoch = validation, position.epoch
                task.keep()
        position.epoch, position.batch = position.epoch + 1, 0
        if position.best_epoch is not None and position.epoch - position.best_epoch > settings.patience:
            position.epoch = task.epochs
        checkpoints.save(position, task.network, optimizer)


def _schedule(step: int, steps: int) -> float:
    """Share of the highest learning rate at a step (from 0): up to 1, then down to nearly 0."""
    rise = max(1.0, WARM_UP * steps)
    return min((step + 1) / rise, (steps - step) / max(1.0, steps - rise))
