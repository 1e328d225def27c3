"""Learning the labels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import paddle
from numpy.typing import NDArray

from headrace.inference.word_piece import TokenRows
from train.ernie.batches import padded
from train.ernie.checkpoints import Phase


class FineTuning:
    """Cross-entropy of all labels, on the texts of all sources alike."""

    phase: Phase = "fine-tuning"

    def __init__(
        self,
        network: paddle.nn.Layer,
        rows: TokenRows,
        labels: NDArray[np.int64],
        token_dropout: float,
        special_ids: NDArray[np.int64],
        mask_id: int,
        epochs: int,
        learning_rate: float,
        validate: Callable[[], float],
        keep: Callable[[], None],
    ) -> None:
        """Prepare the phase.

        Args:
            network: token ids to logits.
            rows: of all texts.
            labels: of the rows, int64.
            token_dropout: share of the tokens that each step hides, so that no word alone decides.
            special_ids: never hidden.
            mask_id: stands for a hidden token.
            epochs: at most.
            learning_rate: the highest one.
            validate: as in train.ernie.loop.Task.
            keep: likewise.
        """
        self.network = network
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.validate = validate
        self.keep = keep
        self._rows = rows
        self._labels = labels
        self._token_dropout = token_dropout
        self._special_ids = special_ids
        self._mask_id = mask_id

    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each row."""
        return self._rows.lengths

    def loss(self, rows: NDArray[np.int64], random: np.random.Generator) -> paddle.Tensor:
        """Cross-entropy of the rows' labels."""
        ids = padded(self._rows, rows)
        hidden = (random.random(ids.shape) < self._token_dropout) & ~np.isin(ids, self._special_ids)
        logits = self.network(paddle.to_tensor(np.where(hidden, self._mask_id, ids)))
        return paddle.nn.functional.cross_entropy(logits, paddle.to_tensor(self._labels[rows]))
