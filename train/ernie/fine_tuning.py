"""Learning the labels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import paddle
from numpy.typing import NDArray

from headrace.inference.word_piece import TokenRows
from train.ernie.checkpoints import Phase


class FineTuning:
    """Cross-entropy of all labels, on the texts of all sources alike."""

    phase: Phase = "fine-tuning"

    def __init__(
        self,
        network: paddle.nn.Layer,
        rows: TokenRows,
        labels: NDArray[np.int64],
        epochs: int,
        learning_rate: float,
        validate: Callable[[], float],
        keep: Callable[[], None],
    ) -> None:
        """Prepare the phase; `validate` and `keep` as in train.ernie.loop.Task."""
        self.network = network
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.validate = validate
        self.keep = keep
        self._rows = rows
        self._labels = labels

    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each row."""
        return self._rows.lengths

    def loss(self, rows: NDArray[np.int64], random: np.random.Generator) -> paddle.Tensor:
        """Cross-entropy of the rows' labels; the network's dropout is the only randomness."""
        logits = self.network(paddle.to_tensor(self._rows.padded(rows)))
        return paddle.nn.functional.cross_entropy(logits, paddle.to_tensor(self._labels[rows]))
